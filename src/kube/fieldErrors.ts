// Mistakes in fields, in the words and with the values that Kubernetes prints.
// Models apimachinery/pkg/util/validation/field/errors.go and apimachinery/pkg/api/validation/generic.go.
import type { FieldError } from './errors.ts';

/** A value as an error shows it: texts quoted, the rest as JSON. */
function shown(value: unknown): string {
  return JSON.stringify(value ?? null) ?? 'null';
}

export const required = (field: string, detail = ''): FieldError => ({
  type: 'Required value',
  field,
  text: detail ? `Required value: ${detail}` : 'Required value',
});

export const invalid = (field: string, value: unknown, detail: string): FieldError => ({
  type: 'Invalid value',
  field,
  text: `Invalid value: ${shown(value)}: ${detail}`,
});

export const duplicate = (field: string, value: unknown): FieldError => ({
  type: 'Duplicate value',
  field,
  text: `Duplicate value: ${shown(value)}`,
});

export const notSupported = (field: string, value: unknown, supported: readonly string[]): FieldError => ({
  type: 'Unsupported value',
  field,
  text: `Unsupported value: ${shown(value)}: supported values: ${supported.map((each) => JSON.stringify(each)).join(', ')}`,
});

export const forbidden = (field: string, detail: string): FieldError => ({ type: 'Forbidden', field, text: `Forbidden: ${detail}` });

export const notFound = (field: string, value: unknown): FieldError => ({
  type: 'Not found',
  field,
  text: `Not found: ${shown(value)}`,
});

export const tooLong = (field: string, bytes: number): FieldError => ({
  type: 'Too long',
  field,
  text: `Too long: may not be more than ${bytes} bytes`,
});

export const tooMany = (field: string, count: number, max: number): FieldError => ({
  type: 'Too many',
  field,
  text: `Too many: ${count}: must have at most ${max} items`,
});

export const NEGATIVE = 'must be greater than or equal to 0';
const NOT_POSITIVE = 'must be greater than zero';

export function nonNegative(field: string, value: number | undefined): FieldError[] {
  return value !== undefined && value < 0 ? [invalid(field, value, NEGATIVE)] : [];
}

export function positive(field: string, value: number | undefined): FieldError[] {
  return value !== undefined && value <= 0 ? [invalid(field, value, NOT_POSITIVE)] : [];
}

/** One error for each thing that a rule finds wrong with a text. */
export function allInvalid(field: string, value: string, problems: readonly string[]): FieldError[] {
  return problems.map((problem) => invalid(field, value, problem));
}

export const IMMUTABLE = 'field is immutable';

export const BAD_IP = 'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)';

export function isIP(text: string): boolean {
  const isV4 = /^(\d{1,3})(\.(0|[1-9]\d{0,2})){3}$/.test(text) && text.split('.').every((part) => Number(part) <= 255);
  return isV4 || (/^[\da-f:]+$/i.test(text) && text.includes('::')) || /^([\da-f]{1,4}:){7}[\da-f]{1,4}$/i.test(text);
}
