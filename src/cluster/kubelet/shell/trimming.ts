// What the operators of a parameter make of its text: `${x#…}`, `${x/…/…}`, `${x^^}` and those like them.
import { prefixLength, suffixLength } from './pattern.ts';

/** `#` and `%` cut the shortest fit off the beginning or the end, `##` and `%%` the longest. */
export function trimmed(value: string, operator: string, pattern: string): string {
  const isLongest = operator.length === 2;
  if (operator.startsWith('#')) return value.slice(Math.max(0, prefixLength(pattern, value, isLongest)));
  return value.slice(0, value.length - Math.max(0, suffixLength(pattern, value, isLongest)));
}

/** `^^` `,,` `^` `,` of bash. */
export function inCase(value: string, operator: string): string {
  const change = (text: string) => (operator.startsWith('^') ? text.toUpperCase() : text.toLowerCase());
  return operator.length === 2 ? change(value) : change(value.slice(0, 1)) + value.slice(1);
}

/** `@Q` quotes a text so that a shell reads it again; `@U`, `@u` and `@L` are letters of the other size. */
export function reshaped(value: string, operator: string): string {
  if (operator === '@Q') return `'${value.replaceAll("'", `'\\''`)}'`;
  return inCase(value, operator === '@L' ? ',,' : operator === '@U' ? '^^' : '^');
}

/** `/` replaces the first fit, `//` all; in bash a pattern that begins with `#` or `%` fits only at the beginning or the end. */
export function replaced(
  value: string,
  pattern: string,
  replacement: string,
  { isEverywhere, isBash }: { readonly isEverywhere: boolean; readonly isBash: boolean },
): string {
  const place = isBash && !isEverywhere ? /^[#%]/.exec(pattern)?.[0] : undefined;
  if (place) return replacedAt(value, place, pattern.slice(1), replacement);
  if (pattern === '') return value;
  let out = '';
  let i = 0;
  for (let isDone = false; i < value.length && !isDone; ) {
    const length = prefixLength(pattern, value.slice(i), true);
    if (length > 0) {
      out += replacement;
      i += length;
      isDone = !isEverywhere;
    } else out += value[i++];
  }
  return out + value.slice(i);
}

function replacedAt(value: string, place: string, pattern: string, replacement: string): string {
  const length = place === '#' ? prefixLength(pattern, value, true) : suffixLength(pattern, value, true);
  if (length < 0) return value;
  return place === '#' ? replacement + value.slice(length) : value.slice(0, value.length - length) + replacement;
}
