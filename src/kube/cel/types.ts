// The types of the Common Expression Language: their names as cel-go writes them, and whether one fits where another is wanted.
// Models cel-go's common/types/types.go and checker/types.go.

export type CelType =
  | { readonly kind: 'plain'; readonly name: string }
  | { readonly kind: 'list' | 'optional_type'; readonly of: CelType }
  | { readonly kind: 'map'; readonly key: CelType; readonly of: CelType }
  /** What has fields of its own; one without a type of its own is of any type. */
  | { readonly kind: 'object'; readonly name: string; fieldOf(name: string): CelType | undefined }
  /** Stands for any type, the same wherever it stands in one signature. */
  | { readonly kind: 'any'; readonly name: string };

export const plain = (name: string): CelType => ({ kind: 'plain', name });
export const DYN = plain('dyn');
export const BOOL = plain('bool');
export const INT = plain('int');
export const DOUBLE = plain('double');
export const STRING = plain('string');
export const BYTES = plain('bytes');
export const NULL = plain('null');
export const TIMESTAMP = plain('timestamp');
export const DURATION = plain('duration');
export const listOf = (of: CelType): CelType => ({ kind: 'list', of });
export const mapOf = (key: CelType, of: CelType): CelType => ({ kind: 'map', key, of });
export const optionalOf = (of: CelType): CelType => ({ kind: 'optional_type', of });

export function objectOf(name: string, fields: Readonly<Record<string, CelType>>): CelType {
  return { kind: 'object', name, fieldOf: (field) => (Object.hasOwn(fields, field) ? fields[field] : undefined) };
}

export const isDyn = (type: CelType): boolean => type.kind === 'plain' && type.name === 'dyn';

export function typeText(type: CelType): string {
  switch (type.kind) {
    case 'list':
    case 'optional_type':
      return `${type.kind}(${typeText(type.of)})`;
    case 'map':
      return `map(${typeText(type.key)}, ${typeText(type.of)})`;
    default:
      return type.name;
  }
}

/** What the letters of a signature stand for so far. */
export type Bound = Map<string, CelType>;

/** Values that may be null: all but those that JSON writes plainly. */
const NEVER_NULL = new Set(['bool', 'int', 'uint', 'double', 'string', 'bytes', 'type']);

export function fits(wanted: CelType, given: CelType, bound: Bound): boolean {
  if (wanted.kind === 'any') {
    const known = bound.get(wanted.name);
    if (!known || isDyn(known) || (isNull(known) && mayBeNull(given))) bound.set(wanted.name, given);
    return !known || fits(known, given, bound);
  }
  if (isDyn(wanted) || isDyn(given)) return true;
  if (isNull(given) && mayBeNull(wanted)) return true;
  if (isNull(wanted) && mayBeNull(given)) return true;
  if (wanted.kind === 'map') return given.kind === 'map' && fits(wanted.key, given.key, bound) && fits(wanted.of, given.of, bound);
  if (wanted.kind === 'list' || wanted.kind === 'optional_type') return given.kind === wanted.kind && fits(wanted.of, given.of, bound);
  return given.kind === wanted.kind && typeText(given) === typeText(wanted);
}

const isNull = (type: CelType): boolean => type.kind === 'plain' && type.name === 'null';

const mayBeNull = (type: CelType): boolean => type.kind === 'object' || (type.kind === 'plain' && !NEVER_NULL.has(type.name));

/** The type with its letters filled in. */
export function substituted(type: CelType, bound: Bound): CelType {
  switch (type.kind) {
    case 'any':
      return bound.get(type.name) ?? DYN;
    case 'list':
    case 'optional_type':
      return { kind: type.kind, of: substituted(type.of, bound) };
    case 'map':
      return mapOf(substituted(type.key, bound), substituted(type.of, bound));
    default:
      return type;
  }
}
