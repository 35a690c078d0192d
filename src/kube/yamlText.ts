// Objects as YAML text, byte for byte as `kubectl get -o yaml` prints them.
// Models sigs.k8s.io/yaml with its emitter goyaml.v2 (encode.go, emitterc.go, resolve.go, sorter.go).
// Leaves out keys longer than 128 letters and text that is no UTF-8.

const BEST_WIDTH = 80;
const INDENT = 2;

/** The YAML text of a plain JSON value: keys sorted, lists not indented under their key. */
export function toYaml(value: unknown): string {
  const writer = new YamlWriter();
  writer.value(value, 0, 'start');
  return writer.text.endsWith('\n') ? writer.text : `${writer.text}\n`;
}

/** Where a value stands: at the start of the text, after `key:`, or after `-`. */
type Place = 'start' | 'key' | 'item';

class YamlWriter {
  text = '';
  private lineStart = 0;
  /** Asked of the whole text, it would make one string of all its parts, for each line anew. */
  private endsWithBreak = false;

  value(value: unknown, indent: number, place: Place): void {
    if (Array.isArray(value)) this.list(value, indent, place);
    else if (typeof value === 'object' && value !== null) this.map(value as Record<string, unknown>, indent, place);
    else {
      if (place !== 'start') this.put(' ');
      this.scalar(value, indent + INDENT);
    }
  }

  private map(map: Readonly<Record<string, unknown>>, indent: number, place: Place): void {
    const keys = Object.keys(map)
      .filter((key) => map[key] !== undefined)
      .sort(compareKeys);
    if (keys.length === 0) return this.put(place === 'start' ? '{}' : ' {}');
    const own = place === 'key' ? indent + INDENT : indent;
    for (const [i, key] of keys.entries()) {
      if (i > 0 || place === 'key') this.line(own);
      else if (place === 'item') this.put(' ');
      this.put(`${scalarText(key, 0, 0, true)}:`);
      this.value(map[key], own, 'key');
    }
  }

  private list(list: readonly unknown[], indent: number, place: Place): void {
    if (list.length === 0) return this.put(place === 'start' ? '[]' : ' []');
    for (const [i, item] of list.entries()) {
      if (i > 0 || place === 'key') this.line(indent);
      else if (place === 'item') this.put(' ');
      this.put('-');
      this.value(item, indent + INDENT, 'item');
    }
  }

  private scalar(value: unknown, indent: number): void {
    if (typeof value === 'string') this.put(scalarText(value, this.text.length - this.lineStart, indent, false));
    else this.put(value === null || value === undefined ? 'null' : String(value));
  }

  private put(text: string): void {
    const breakAt = text.lastIndexOf('\n');
    if (breakAt >= 0) this.lineStart = this.text.length + breakAt + 1;
    this.text += text;
    if (text !== '') this.endsWithBreak = text.endsWith('\n');
  }

  private line(indent: number): void {
    this.put(`${this.endsWithBreak ? '' : '\n'}${' '.repeat(indent)}`);
  }
}

/** A string as a scalar that begins at `column` and goes on at `indent`. */
function scalarText(text: string, column: number, indent: number, isKey: boolean): string {
  const allowed = stylesFor(text);
  if (text.includes('\n') && allowed.literal && !isKey) return literalText(text, indent);
  const canBePlain = !text.includes('\n') && !isOtherType(text);
  const wrap = isKey ? undefined : { column, indent };
  if (canBePlain && allowed.plain) return wrapped(text, wrap, false);
  if (canBePlain && allowed.single) return `'${wrapped(text.replaceAll("'", "''"), wrap && { ...wrap, column: column + 1 }, true)}'`;
  return doubleQuoted(text, wrap);
}

interface Wrap {
  readonly column: number;
  readonly indent: number;
}

/** Breaks lines at single blanks beyond the best width. */
function wrapped(text: string, wrap: Wrap | undefined, isQuoted: boolean): string {
  if (!wrap || wrap.column + text.length <= BEST_WIDTH) return text;
  let result = '';
  let { column } = wrap;
  let wasSpace = false;
  for (let i = 0; i < text.length; i++) {
    const letter = text[i] as string;
    const isInside = !isQuoted || (i > 0 && i < text.length - 1);
    if (letter === ' ' && !wasSpace && column > BEST_WIDTH && text[i + 1] !== ' ' && isInside) {
      result += `\n${' '.repeat(wrap.indent)}`;
      column = wrap.indent;
    } else {
      result += letter;
      column++;
    }
    wasSpace = letter === ' ';
  }
  return result;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\0': '\\0',
  '\x07': '\\a',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\v': '\\v',
  '\f': '\\f',
  '\r': '\\r',
  '\x1b': '\\e',
  '"': '\\"',
  '\\': '\\\\',
  '\u0085': '\\N',
  '\u00a0': '\\_',
  '\u2028': '\\L',
  '\u2029': '\\P',
};

function doubleQuoted(text: string, wrap: Wrap | undefined): string {
  let result = '"';
  let column = (wrap?.column ?? 0) + 1;
  let wasSpace = false;
  const letters = [...text];
  for (const [i, letter] of letters.entries()) {
    if (letter === ' ' && wrap && !wasSpace && column > BEST_WIDTH && i > 0 && i < letters.length - 1) {
      result += `\n${' '.repeat(wrap.indent)}${letters[i + 1] === ' ' ? '\\' : ''}`;
      column = wrap.indent;
    } else {
      const written = ESCAPES[letter] ?? (isPrintable(letter) ? letter : hexEscape(letter));
      result += written;
      column += written.length;
    }
    wasSpace = letter === ' ';
  }
  return `${result}"`;
}

function hexEscape(letter: string): string {
  const code = letter.codePointAt(0) as number;
  const hex = code.toString(16).toUpperCase();
  if (code <= 0xff) return `\\x${hex.padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}

function literalText(text: string, indent: number): string {
  const indentHint = text.startsWith(' ') || text.startsWith('\n') ? String(INDENT) : '';
  const chomp = !text.endsWith('\n') ? '-' : text === '\n' || text.endsWith('\n\n') ? '+' : '';
  const lines = (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n');
  const body = lines.map((line) => (line === '' ? '' : `${' '.repeat(indent)}${line}`)).join('\n');
  return `|${indentHint}${chomp}\n${body}${text.endsWith('\n') ? '\n' : ''}`;
}

function isPrintable(letter: string): boolean {
  const code = letter.codePointAt(0) as number;
  if (code === 0x0a || (code >= 0x20 && code <= 0x7e)) return true;
  return code >= 0xa0 && code !== 0xfeff && !(code >= 0xd800 && code <= 0xdfff) && code !== 0xfffe && code !== 0xffff;
}

/** Which styles can hold a text. Models yaml_emitter_analyze_scalar, block context only. */
function stylesFor(text: string): { readonly plain: boolean; readonly single: boolean; readonly literal: boolean } {
  if (text === '') return { plain: true, single: true, literal: false };
  const hasSpecial = [...text].some((letter) => !isPrintable(letter)) || / \n/.test(text);
  if (hasSpecial) return { plain: false, single: false, literal: false };
  const hasIndicator =
    /^(---|\.\.\.)/.test(text) ||
    /^[#,[\]{}&*!|>'"%@`]/.test(text) ||
    /^[-?:](\s|$)/.test(text) ||
    /.:(\s|$)/s.test(text) ||
    /\s#/.test(text);
  const hasEdge = /^[ \n]|[ \n]$/.test(text);
  const hasBreakSpace = /\n /.test(text);
  return {
    plain: !hasIndicator && !hasEdge && !text.includes('\n'),
    single: !hasBreakSpace,
    literal: !text.endsWith(' '),
  };
}

const WORDS = new Set(
  [
    ['', '~', 'null', 'Null', 'NULL', '<<'],
    ['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'],
    ['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'],
    ['.nan', '.NaN', '.NAN', '.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF', '-.inf', '-.Inf', '-.INF'],
  ].flat(),
);

/** Whether a text left bare would be read as something other than a string. Models goyaml.v2 resolve.go. */
function isOtherType(text: string): boolean {
  if (WORDS.has(text)) return true;
  if (!/^[-+.\d]/.test(text)) return false;
  if (/^[-+]?\d[\d_]*(:[0-5]?\d)+(\.[\d_]*)?$/.test(text)) return true;
  if (/^\d{4}-\d{1,2}-\d{1,2}(([Tt]\d{1,2}:\d{1,2}:\d{1,2}(\.\d+)?(Z|[-+]\d\d:\d\d))|( \d{1,2}:\d{1,2}:\d{1,2}(\.\d+)?))?$/.test(text))
    return true;
  const bare = text.replaceAll('_', '');
  return /^[-+]?(0x[\da-fA-F]+|0o?[0-7]+|0b[01]+|(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?)$/.test(bare);
}

const isLetter = (letter: string) => /\p{L}/u.test(letter);
const isDigit = (letter: string | undefined) => letter !== undefined && letter >= '0' && letter <= '9';

/** Letters by code, numbers inside names by value: `a2` stands before `a10`. Models goyaml.v2 sorter.go. */
function compareKeys(a: string, b: string): number {
  let wasDigit = false;
  for (let i = 0; i < a.length && i < b.length; i++) {
    const left = a[i] as string;
    const right = b[i] as string;
    if (left === right) {
      wasDigit = isDigit(left);
      continue;
    }
    const isLeftLetter = isLetter(left);
    const isRightLetter = isLetter(right);
    if (isLeftLetter && isRightLetter) return left < right ? -1 : 1;
    if (isLeftLetter || isRightLetter) return (wasDigit ? isLeftLetter : isRightLetter) ? -1 : 1;
    const numbers = [numberAt(a, i), numberAt(b, i)] as const;
    if (numbers[0] !== numbers[1]) return numbers[0] - numbers[1];
    return left < right ? -1 : 1;
  }
  return a.length - b.length;
}

function numberAt(text: string, start: number): number {
  let from = start;
  while (isDigit(text[from - 1])) from--;
  let end = start;
  while (isDigit(text[end])) end++;
  return Number(text.slice(from, end) || '0');
}
