// The scalars of plain YAML: those that every version of the language reads alike.

/** Anything else that a bare word could mean in YAML 1.1: other spellings of numbers, truth and nothing. */
const NUMBER = /^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,12})?$/;
const LIKE_NUMBER = /^[-+]?(?:[\d_]*\.?[\d_]*(?:e[-+]?\d+)?|0[xob][\da-f_]*|\.inf|\.nan)$/i;
const WORDS = /^(?:~|null|true|false|yes|no|on|off|y|n|=|<<|__proto__)$/i;
const KEY = /^[A-Za-z_./][\w./-]*$/;
const INDICATOR = /^(?:[-?:](?:\s|$)|[,[\]{}#&*!|>'"%@`])/;
export const DEPTH_MAX = 60;

/** Thrown where a text may mean more than is read here. */
export class NotPlain extends Error {}

export function isPlainKey(key: string): boolean {
  return KEY.test(key) && !WORDS.test(key);
}

/** What a word, a number or a text in quotes means. */
export function plainScalar(text: string): unknown {
  if (text === 'true') return true;
  if (text === 'false') return false;
  if (text === 'null') return null;
  if (NUMBER.test(text)) return Number(text);
  if (text[0] === '"') return jsonText(text);
  if (text[0] === "'") return singleQuoted(text);
  if (INDICATOR.test(text) || LIKE_NUMBER.test(text) || WORDS.test(text)) throw new NotPlain();
  if (text.includes(': ') || text.includes(' #') || text.endsWith(':')) throw new NotPlain();
  return text;
}

/** Where a text in double quotes is JSON too it means the same. */
function jsonText(text: string): string {
  try {
    return JSON.parse(text) as string;
  } catch {
    throw new NotPlain();
  }
}

function singleQuoted(text: string): string {
  const inner = text.slice(1, -1);
  if (text.length < 2 || !text.endsWith("'") || inner.replaceAll("''", '').includes("'")) throw new NotPlain();
  return inner.replaceAll("''", "'");
}
