// Arrays of bash: their elements are variables of names that no script can give to another variable, such as `name[0]` or `name[key]`.
import { own } from './own.ts';
import type { Shell } from './process.ts';

type Variables = Readonly<Record<string, string>>;

export function elementName(name: string, key: number | string): string {
  return `${name}[${key}]`;
}

/** The indexes of an array, in their order. */
export function indexesOf(variables: Variables, name: string): number[] {
  return keysOf(variables, name)
    .map(Number)
    .sort((a, b) => a - b);
}

/** The keys of an array, in the order in which they came. */
function keysOf(variables: Variables, name: string): string[] {
  return Object.keys(variables).flatMap((key) => (key.startsWith(`${name}[`) ? [key.slice(name.length + 1, -1)] : []));
}

/** Whether its elements have keys and no indexes (`declare -A`). */
export function isKeyed(shell: Shell, name: string): boolean {
  return own(shell.keyed, name) === true;
}

export function declareKeyed(shell: Shell, name: string): void {
  shell.keyed = { ...shell.keyed, [name]: true };
}

/** What `${!name[@]}` is. */
export function namesOfElements(shell: Shell, name: string): string[] {
  return isKeyed(shell, name) ? keysOf(shell.variables, name) : indexesOf(shell.variables, name).map(String);
}

/** The elements of an array; a plain variable is an array of one. */
export function elementsOf(shell: Shell, name: string): string[] {
  const names = namesOfElements(shell, name);
  const plain = own(shell.variables, name);
  if (names.length === 0) return plain === undefined ? [] : [plain];
  return names.map((key) => shell.variables[elementName(name, key)] ?? '');
}
