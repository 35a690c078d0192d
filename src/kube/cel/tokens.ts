// The words of an expression of the Common Expression Language, each with its place.

/** What is wrong in a text, and where it begins. */
export interface Issue {
  readonly at: number;
  readonly message: string;
}

/** A text that is no expression. */
export class CelSyntaxError extends Error {
  readonly at: number;

  constructor(at: number, message: string) {
    super(`Syntax error: ${message}`);
    this.at = at;
  }
}

export interface Token {
  readonly type: 'double' | 'int' | 'uint' | 'text' | 'bytes' | 'name' | 'sign' | 'end';
  readonly text: string;
  readonly at: number;
}

const TRIPLE = `[rR]?"""[^]*?"""|[rR]?'''[^]*?'''`;
const RAW = `[rR]"[^"\\n]*"|[rR]'[^'\\n]*'`;
const QUOTED = `"(?:[^"\\\\\\n]|\\\\[^])*"|'(?:[^'\\\\\\n]|\\\\[^])*'`;
const TEXT = `${TRIPLE}|${RAW}|${QUOTED}`;
const TOKEN = new RegExp(
  [
    '(?<double>\\d+\\.\\d+(?:[eE][+-]?\\d+)?|\\d+[eE][+-]?\\d+|\\.\\d+(?:[eE][+-]?\\d+)?)',
    '(?<uint>(?:0[xX][\\da-fA-F]+|\\d+)[uU])',
    '(?<int>0[xX][\\da-fA-F]+|\\d+)',
    `(?<bytes>[bB](?:${TEXT}))`,
    `(?<text>${TEXT})`,
    '(?<name>[A-Za-z_]\\w*|`[\\w.\\-/ ]+`)',
    '(?<sign>\\|\\||&&|[=!<>]=|[-+*/%<>!?:.,()[\\]{}])',
  ].join('|'),
  'y',
);
const BLANK = /(?:\s|\/\/[^\n]*)*/y;
const TYPES = ['double', 'uint', 'int', 'bytes', 'text', 'name', 'sign'] as const;

export function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  for (let at = afterBlank(text, 0); at < text.length; at = afterBlank(text, TOKEN.lastIndex)) {
    TOKEN.lastIndex = at;
    const groups = TOKEN.exec(text)?.groups;
    if (!groups) throw new CelSyntaxError(at, `token recognition error at: '${text[at]}'`);
    const type = TYPES.find((each) => groups[each] !== undefined) ?? 'sign';
    const word = groups[type] ?? '';
    tokens.push({ type: word === 'in' ? 'sign' : type, text: word, at });
  }
  return tokens;
}

function afterBlank(text: string, at: number): number {
  BLANK.lastIndex = at;
  BLANK.exec(text);
  return BLANK.lastIndex;
}

const LETTERS: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', a: '\x07', b: '\b', f: '\f', v: '\v' };
const ESCAPE = /\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([0-3][0-7]{2})|([^]))/g;

/** What a text in quotes means. */
export function unquoted(given: string): string {
  const isRaw = /^[rR]/.test(given);
  const text = isRaw ? given.slice(1) : given;
  const quotes = text.startsWith('"""') || text.startsWith("'''") ? 3 : 1;
  const inner = text.slice(quotes, -quotes);
  if (isRaw) return inner;
  return inner.replace(ESCAPE, (_whole, x?: string, u?: string, long?: string, octal?: string, letter?: string) => {
    const hex = x ?? u ?? long;
    if (hex !== undefined) return String.fromCodePoint(Math.min(Number.parseInt(hex, 16), 0x10ffff));
    if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
    return LETTERS[letter ?? ''] ?? letter ?? '';
  });
}
