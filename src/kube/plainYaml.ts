// Reads the plain YAML that kubectl prints and people write (maps and lists, scalars on one line, literal blocks) some fifty times as fast as a reader of
// the whole language, which a text of a whole cluster needs. Whatever is not plain is left to that reader: then the answer is undefined.
import { readFlow } from './plainFlow.ts';
import { DEPTH_MAX, isPlainKey, NotPlain, plainScalar } from './plainScalar.ts';

/** The value that a text holds; undefined where it is not plain, or no YAML. */
export function readPlainYaml(text: string): unknown {
  try {
    return new PlainReader(text).whole();
  } catch (error) {
    if (error instanceof NotPlain) return undefined;
    throw error;
  }
}

class PlainReader {
  private readonly lines: readonly string[];
  private at = 0;

  constructor(text: string) {
    if (text.includes('\t')) throw new NotPlain();
    this.lines = text.split('\n');
  }

  whole(): unknown {
    const { lines } = this;
    if (isFlow(lines[0] as string)) return readFlow(lines.join('\n'));
    const indent = this.nextIndent();
    const value = this.block(indent, 0);
    if (this.nextIndent() >= 0) throw new NotPlain();
    return value;
  }

  /** How far the next line that is not blank is indented; less than none at the end. */
  private nextIndent(): number {
    for (; this.at < this.lines.length; this.at++) {
      const line = this.line();
      let indent = 0;
      while (line[indent] === ' ') indent++;
      if (indent === line.length) continue;
      if (line[indent] === '#') throw new NotPlain();
      return indent;
    }
    return -1;
  }

  private line(): string {
    return this.lines[this.at] as string;
  }

  private block(indent: number, depth: number): unknown {
    if (indent < 0 || depth > DEPTH_MAX) throw new NotPlain();
    return isDash(this.line(), indent) ? this.list(indent, depth) : this.map(indent, this.line().slice(indent), depth);
  }

  private list(indent: number, depth: number): unknown[] {
    const items: unknown[] = [];
    while (this.nextIndent() === indent && isDash(this.line(), indent)) {
      const text = this.line().slice(indent + 2);
      if (text === '' || isDash(text, 0)) throw new NotPlain();
      items.push(isFlow(text) || keyEnd(text) < 0 ? this.scalar(text, indent) : this.map(indent + 2, text, depth + 1));
    }
    return items;
  }

  /** A map whose first entry is `first`, which may stand behind a dash. */
  private map(indent: number, first: string, depth: number): Record<string, unknown> {
    const map: Record<string, unknown> = {};
    for (let text: string | undefined = first; text !== undefined; ) {
      const end = keyEnd(text);
      const key = end < 0 ? '' : unquoted(text.slice(0, end));
      if (!isPlainKey(key)) throw new NotPlain();
      const rest = text.slice(end + 1).trim();
      map[key] = rest === '' ? this.below(indent, depth) : this.scalar(rest, indent);
      text = this.nextIndent() === indent && !isDash(this.line(), indent) ? this.line().slice(indent) : undefined;
    }
    return map;
  }

  /** What stands under a key: a deeper block, a list at the key's own indent, or nothing. */
  private below(indent: number, depth: number): unknown {
    this.at++;
    const next = this.nextIndent();
    if (next > indent) return this.block(next, depth + 1);
    return next === indent && isDash(this.line(), indent) ? this.list(indent, depth + 1) : null;
  }

  /** A scalar, with the line or lines that it takes. */
  private scalar(text: string, indent: number): unknown {
    if (text === '|' || text === '|-') return this.literal(indent, text === '|' ? '\n' : '');
    let whole = text;
    for (this.at++; this.at < this.lines.length; this.at++) {
      // What is indented deeper goes on with it; a blank line in between would be a break.
      const line = this.line();
      if (line.trim() === '' && this.nextIndent() <= indent) break;
      if (line.trim() === '') throw new NotPlain();
      if (this.nextIndent() <= indent) break;
      whole += ` ${line.trim()}`;
    }
    return valueOf(whole);
  }

  private literal(indent: number, tail: string): string {
    this.at++;
    const own = this.nextIndent();
    const start = this.at;
    if (own <= indent || this.lines[start - 1]?.trim() === '') throw new NotPlain();
    const lines: string[] = [];
    for (; this.at < this.lines.length; this.at++) {
      const line = this.line();
      if (line.trim() !== '' && line.slice(0, own).trim() !== '') break;
      lines.push(line.slice(own));
    }
    while (lines.at(-1) === '') lines.pop();
    return lines.join('\n') + tail;
  }
}

function isDash(line: string, at: number): boolean {
  return line[at] === '-' && (line[at + 1] === ' ' || line.length === at + 1);
}

/** Where the colon of a key stands; less than none where the text is no entry of a map. */
function keyEnd(text: string): number {
  const quote = text[0] === '"' || text[0] === "'" ? text.indexOf(text[0], 1) : 0;
  if (quote > 0) return text[quote + 1] === ':' && (text.length === quote + 2 || text[quote + 2] === ' ') ? quote + 1 : -1;
  const colon = text.indexOf(': ');
  return colon >= 0 ? colon : text.endsWith(':') ? text.length - 1 : -1;
}

function unquoted(key: string): string {
  return key[0] === '"' || key[0] === "'" ? key.slice(1, -1) : key;
}

const isFlow = (text: string): boolean => text[0] === '[' || text[0] === '{';

const valueOf = (text: string): unknown => (isFlow(text) ? readFlow(text) : plainScalar(text));
