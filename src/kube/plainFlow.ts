// Lists and maps within brackets, JSON among them, as plain YAML: whatever could mean something else is left to the reader of the whole language.
import { DEPTH_MAX, isPlainKey, NotPlain, plainScalar } from './plainScalar.ts';

const QUOTED = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\n]|'')*'/y;
const BARE = /[^,[\]{}'"\s][^,[\]{}\n]*/y;
const KEY = /"(?<quoted>[\w./-]+)"\s*:|(?<bare>[\w./-]+):(?=\s)/y;

/** The value of a text that begins with a bracket and ends with it. */
export function readFlow(text: string): unknown {
  const reader = new FlowReader(text);
  const value = reader.value(0);
  if (!reader.isAtEnd) throw new NotPlain();
  return value;
}

class FlowReader {
  private readonly text: string;
  private at = 0;

  constructor(text: string) {
    this.text = text;
  }

  get isAtEnd(): boolean {
    this.skipBlanks();
    return this.at === this.text.length;
  }

  value(depth: number): unknown {
    if (depth > DEPTH_MAX) throw new NotPlain();
    if (this.takes('[')) return this.list(depth + 1);
    if (this.takes('{')) return this.map(depth + 1);
    return plainScalar((this.take(QUOTED) ?? this.take(BARE) ?? this.stop())[0].trim());
  }

  private list(depth: number): unknown[] {
    const items: unknown[] = [];
    if (this.takes(']')) return items;
    do items.push(this.value(depth));
    while (this.takes(','));
    return this.takes(']') ? items : this.stop();
  }

  private map(depth: number): Record<string, unknown> {
    const map: Record<string, unknown> = {};
    if (this.takes('}')) return map;
    do {
      const { quoted, bare } = (this.take(KEY) ?? this.stop()).groups as Record<string, string | undefined>;
      const key = quoted ?? bare ?? '';
      if (!isPlainKey(key) || Object.hasOwn(map, key)) throw new NotPlain();
      map[key] = this.value(depth);
    } while (this.takes(','));
    return this.takes('}') ? map : this.stop();
  }

  private take(pattern: RegExp): RegExpExecArray | undefined {
    this.skipBlanks();
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text) ?? undefined;
    if (found) this.at += found[0].length;
    return found;
  }

  private takes(letter: string): boolean {
    this.skipBlanks();
    if (this.text[this.at] !== letter) return false;
    this.at++;
    return true;
  }

  private skipBlanks(): void {
    while (this.text[this.at] === ' ' || this.text[this.at] === '\n') this.at++;
  }

  private stop(): never {
    throw new NotPlain();
  }
}
