// The values of the Common Expression Language at run time: JSON as it is, bytes, and what is more than JSON.
// Limitation: numbers are of one sort: a whole one is an int.
import { isMap } from '../goText.ts';
import type { CelType } from './types.ts';

/** What an expression comes to nothing for, in the language's own words: `no such key: replicas`. */
export class CelError extends Error {}

/** An expression uses what is not simulated: nothing can be said of what it comes to. */
export class NotSimulated extends Error {}

/** A duration, a timestamp, a quantity, a type: what has a type by name and is no JSON. */
export class Opaque {
  readonly type: string;
  readonly value: unknown;

  constructor(type: string, value: unknown) {
    this.type = type;
    this.value = value;
  }
}

export const isCelMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  isMap(value) && !(value instanceof Opaque) && !(value instanceof Uint8Array);

/** The name of a value's type, as `type()` gives it. */
export function typeNameOf(value: unknown): string {
  if (value === null || value === undefined) return 'null_type';
  if (value instanceof Opaque) return value.type;
  if (value instanceof Uint8Array) return 'bytes';
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'double';
  return typeof value === 'boolean' ? 'bool' : typeof value === 'string' ? 'string' : 'map';
}

/** Whether a value can be given where a signature wants this type. */
export function isOfType(type: CelType, value: unknown): boolean {
  switch (type.kind) {
    case 'any':
      return true;
    case 'list':
      return Array.isArray(value);
    case 'map':
    case 'object':
      return isCelMap(value);
    case 'optional_type':
      return value instanceof Opaque && value.type === 'optional_type';
    default:
      return isPlain(type.name, value);
  }
}

function isPlain(name: string, value: unknown): boolean {
  switch (name) {
    case 'dyn':
      return true;
    case 'int':
    case 'uint':
      return Number.isInteger(value);
    case 'double':
      return typeof value === 'number';
    case 'null':
      return value === null || value === undefined;
    default:
      return typeNameOf(value) === name;
  }
}

export const NONE = new Opaque('optional_type', []);
export const some = (value: unknown): Opaque => new Opaque('optional_type', [value]);
/** What is in an optional value: nothing, or one. */
export const contentOf = (optional: Opaque): readonly unknown[] => optional.value as readonly unknown[];
