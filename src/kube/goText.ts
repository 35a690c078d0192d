// Plain values as Go writes them: JSON, `%v` and `%#v`. Models Go's encoding/json and fmt.

export type GoMap = Readonly<Record<string, unknown>>;

export function isMap(value: unknown): value is GoMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** JSON as Go writes it: sorted keys, and `<`, `>`, `&` escaped. */
export function goJson(value: unknown, indent?: number): string {
  return JSON.stringify(sorted(value), undefined, indent)
    .replaceAll('<', '\\u003c')
    .replaceAll('>', '\\u003e')
    .replaceAll('&', '\\u0026')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');
}

/** A value as Go's `%v` writes it. */
export function goText(value: unknown): string {
  if (value === null || value === undefined) return '<nil>';
  if (Array.isArray(value)) return `[${value.map(goText).join(' ')}]`;
  if (isMap(value))
    return `map[${sortedKeys(value)
      .map((key) => `${key}:${goText(value[key])}`)
      .join(' ')}]`;
  return String(value as string | number | boolean);
}

/** A value as Go's `%#v` writes it: what kubectl shows for debugging a template. */
export function goSyntax(value: unknown): string {
  if (value === null || value === undefined) return 'interface {}(nil)';
  if (Array.isArray(value)) return `[]interface {}{${value.map(goSyntax).join(', ')}}`;
  if (isMap(value))
    return `map[string]interface {}{${sortedKeys(value)
      .map((key) => `${JSON.stringify(key)}:${goSyntax(value[key])}`)
      .join(', ')}}`;
  return typeof value === 'string' ? JSON.stringify(value) : String(value as number | boolean);
}

/** The name of a value's type after decoding from JSON. */
export function goType(value: unknown): string {
  if (isMap(value)) return 'map[string]interface {}';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int64' : 'float64';
  return typeof value === 'boolean' ? 'bool' : typeof value;
}

export function sortedKeys(value: GoMap): string[] {
  return Object.keys(value)
    .filter((key) => value[key] !== undefined)
    .sort();
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  return isMap(value) ? Object.fromEntries(sortedKeys(value).map((key) => [key, sorted(value[key])])) : value;
}
