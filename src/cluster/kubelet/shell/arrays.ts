// Arrays of bash: their elements are variables of names that no script can give to another variable, such as `name[0]`.
import { own } from './own.ts';

type Variables = Readonly<Record<string, string>>;

export function elementName(name: string, index: number): string {
  return `${name}[${index}]`;
}

/** The indexes of an array, in their order. */
export function indexesOf(variables: Variables, name: string): number[] {
  const indexes = Object.keys(variables).flatMap((key) => (key.startsWith(`${name}[`) ? [Number(key.slice(name.length + 1, -1))] : []));
  return indexes.sort((a, b) => a - b);
}

/** The elements of an array; a plain variable is an array of one. */
export function elementsOf(variables: Variables, name: string): string[] {
  const indexes = indexesOf(variables, name);
  const plain = own(variables, name);
  if (indexes.length === 0) return plain === undefined ? [] : [plain];
  return indexes.map((index) => variables[elementName(name, index)] ?? '');
}
