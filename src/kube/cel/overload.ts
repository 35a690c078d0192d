// Functions and operators as data: what each takes and gives, by a signature as cel-go writes it, and what it does.
import { type CelType, listOf, mapOf, optionalOf, plain } from './types.ts';

export interface Overload {
  /** With what a function of a value is called on in front. */
  readonly params: readonly CelType[];
  readonly isMember: boolean;
  readonly result: CelType;
  readonly run: (...values: never[]) => unknown;
}

export type Library = Readonly<Record<string, readonly Overload[]>>;

/** The overloads of one name: `(string, string) bool`, or `list(A).(A) int` for a function of a value. */
export function overloads(...rows: readonly (readonly [signature: string, run: (...values: never[]) => unknown])[]): readonly Overload[] {
  return rows.map(([signature, run]) => {
    const [, on, given = '', result = ''] = /^(?:(.+)\.)?\((.*)\) (.+)$/.exec(signature) ?? [];
    const params = [...(on ? [on] : []), ...splitTypes(given)].map(typeOf);
    return { params, isMember: on !== undefined, result: typeOf(result), run };
  });
}

/** `string, map(string, int)` at the commas that stand in no brackets. */
function splitTypes(text: string): string[] {
  const types: string[] = [];
  let depth = 0;
  let from = 0;
  for (let i = 0; i <= text.length; i++) {
    if (text[i] === '(') depth++;
    if (text[i] === ')') depth--;
    if (depth > 0 || (i < text.length && text[i] !== ',')) continue;
    const type = text.slice(from, i).trim();
    if (type) types.push(type);
    from = i + 1;
  }
  return types;
}

/** Types whose whole names are longer. */
const FULL: Readonly<Record<string, string>> = {
  Quantity: 'kubernetes.Quantity',
  URL: 'kubernetes.URL',
  NamedFormat: 'kubernetes.NamedFormat',
  IP: 'net.IP',
  CIDR: 'net.CIDR',
  ...Object.fromEntries(
    ['Authorizer', 'PathCheck', 'GroupCheck', 'ResourceCheck', 'Decision'].map((name) => [name, `kubernetes.authorization.${name}`]),
  ),
};

function typeOf(text: string): CelType {
  const [, outer = text, inner = ''] = /^(\w+)\((.*)\)$/.exec(text) ?? [];
  const [first = '', second = ''] = splitTypes(inner);
  if (outer === 'list') return listOf(typeOf(first));
  if (outer === 'optional_type') return optionalOf(typeOf(first));
  if (outer === 'map') return mapOf(typeOf(first), typeOf(second));
  return /^[A-Z]$/.test(outer) ? { kind: 'any', name: outer } : plain(FULL[outer] ?? outer);
}
