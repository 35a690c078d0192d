// The script of sed: its commands and what each does to a line.
import { type Regex, regexOf } from '../regex.ts';
import { unescaped } from '../scanner.ts';

export class ScriptMistake extends Error {}

type Address =
  | { readonly type: 'line'; readonly line: number }
  | { readonly type: 'last' }
  | { readonly type: 'match'; readonly regex: Regex };

export interface Command {
  readonly from: Address | undefined;
  readonly to: Address | undefined;
  readonly isNot: boolean;
  readonly action: Action;
}

type Action =
  | {
      readonly type: 's';
      readonly regex: Regex;
      readonly replacement: string;
      readonly isGlobal: boolean;
      readonly isPrinting: boolean;
      readonly nth: number;
    }
  | { readonly type: 'y'; readonly from: string; readonly to: string }
  | { readonly type: 'a' | 'i' | 'c'; readonly text: string }
  | { readonly type: 'd' | 'p' | 'q' | '=' | 'n' | 'h' | 'H' | 'g' | 'G' | 'x' };

/** What is remembered from line to line: plain data. */
export interface Editing {
  line: number;
  /** Ranges that have begun, by the number of their command. */
  open: Record<number, true>;
  isQuitting: boolean;
  /** The hold space. */
  held: string;
}

export function newEditing(): Editing {
  return { line: 0, open: {}, isQuitting: false, held: '' };
}

// Reading -------------------------------------------------------------------------------------------------------------

const cache = new Map<string, readonly Command[]>();
const CACHE_MAX = 64;

export function readScript(script: string, isExtended: boolean): readonly Command[] {
  const key = `${isExtended ? 'E' : ' '}${script}`;
  let commands = cache.get(key);
  if (!commands) {
    if (cache.size >= CACHE_MAX) cache.clear();
    commands = new Reader(script, isExtended).commands();
    cache.set(key, commands);
  }
  return commands;
}

class Reader {
  private readonly text: string;
  private readonly isExtended: boolean;
  private at = 0;

  constructor(text: string, isExtended: boolean) {
    this.text = text;
    this.isExtended = isExtended;
  }

  commands(): Command[] {
    const out: Command[] = [];
    /** The addresses before each open brace. */
    const outer: Pick<Command, 'from' | 'to' | 'isNot'>[] = [];
    for (this.skip(/[\s;]*/y); this.at < this.text.length; this.skip(/[\s;]*/y)) {
      if (this.take('}')) {
        outer.pop();
        continue;
      }
      if (this.text[this.at] === '#') {
        this.skip(/[^\n]*/y);
        continue;
      }
      const addresses = this.addresses() ?? outer.at(-1) ?? { from: undefined, to: undefined, isNot: false };
      if (this.take('{')) outer.push(addresses);
      else out.push({ ...addresses, action: this.action() });
    }
    return out;
  }

  private skip(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0] ?? '';
    this.at += found.length;
    return found;
  }

  private take(letter: string): boolean {
    if (this.text[this.at] !== letter) return false;
    this.at++;
    return true;
  }

  private addresses(): Pick<Command, 'from' | 'to' | 'isNot'> | undefined {
    const from = this.address();
    const to = from && this.take(',') ? this.address() : undefined;
    this.skip(/\s*/y);
    const isNot = this.take('!');
    return from || isNot ? { from, to, isNot } : undefined;
  }

  private address(): Address | undefined {
    const digits = this.skip(/\d+/y);
    if (digits) return { type: 'line', line: Number(digits) };
    if (this.take('$')) return { type: 'last' };
    if (this.take('/')) return { type: 'match', regex: this.regex(this.until('/')) };
    return undefined;
  }

  private regex(source: string, isIgnoringCase = false): Regex {
    return regexOf(source, { isExtended: this.isExtended, isIgnoringCase });
  }

  /** Up to the delimiter, which is read over; escaped ones are part of it. */
  private until(delimiter: string): string {
    let out = '';
    for (; this.at < this.text.length; this.at++) {
      const letter = this.text[this.at] as string;
      if (letter === delimiter) {
        this.at++;
        return out;
      }
      if (letter === '\\') {
        const next = this.text[++this.at] ?? '';
        out += next === delimiter ? next : `\\${next}`;
      } else out += letter;
    }
    throw new ScriptMistake(`unterminated '${delimiter}'`);
  }

  private action(): Action {
    const type = this.text[this.at++];
    switch (type) {
      case 's':
        return this.substitution();
      case 'y': {
        const delimiter = this.text[this.at++] as string;
        return { type, from: unescaped(this.until(delimiter)), to: unescaped(this.until(delimiter)) };
      }
      case 'a':
      case 'i':
      case 'c':
        this.skip(/[ \t]*\\?\n?[ \t]*/y);
        return { type, text: this.skip(/[^\n]*/y) };
      case 'd':
      case 'p':
      case 'q':
      case '=':
      case 'n':
      case 'h':
      case 'H':
      case 'g':
      case 'G':
      case 'x':
        return { type };
      default:
        throw new ScriptMistake(`unsupported command ${type ?? ''}`);
    }
  }

  private substitution(): Action {
    const delimiter = this.text[this.at++];
    if (delimiter === undefined) throw new ScriptMistake("unterminated 's' command");
    const source = this.until(delimiter);
    const replacement = this.until(delimiter);
    const flags = this.skip(/[gpiI0-9]*/y);
    return {
      type: 's',
      regex: this.regex(source, /[iI]/.test(flags)),
      replacement,
      isGlobal: flags.includes('g'),
      isPrinting: flags.includes('p'),
      nth: Number(/\d+/.exec(flags)?.[0] ?? 1),
    };
  }
}

// Doing ---------------------------------------------------------------------------------------------------------------

/** What one line becomes, with all that is printed before and after it. */
export function apply(line: string, isLast: boolean, editing: Editing, commands: readonly Command[], isQuiet: boolean): string {
  editing.line++;
  let text: string | undefined = line;
  let before = '';
  let after = '';
  for (const [i, command] of commands.entries()) {
    if (isChosen(command, i, text, isLast, editing) === command.isNot) continue;
    const { action } = command;
    if (action.type === 's') {
      const changed = substitute(text, action);
      if (changed !== undefined && action.isPrinting) before += `${changed}\n`;
      text = changed ?? text;
    } else if (action.type === 'y') text = [...text].map((letter) => action.to[action.from.indexOf(letter)] ?? letter).join('');
    else if (action.type === 'p') before += `${text}\n`;
    else if (action.type === '=') before += `${editing.line}\n`;
    else if (action.type === 'i') before += `${action.text}\n`;
    else if (action.type === 'a') after += `${action.text}\n`;
    else if (action.type === 'q') editing.isQuitting = true;
    else if (action.type === 'n') break;
    else if (action.type === 'h') editing.held = text;
    else if (action.type === 'H') editing.held += `\n${text}`;
    else if (action.type === 'g') text = editing.held;
    else if (action.type === 'G') text += `\n${editing.held}`;
    else if (action.type === 'x') [text, editing.held] = [editing.held, text];
    else {
      if (action.type === 'c') after += `${action.text}\n`;
      text = undefined;
      break;
    }
    if (editing.isQuitting) break;
  }
  return `${before}${text === undefined || isQuiet ? '' : `${text}\n`}${after}`;
}

function isChosen({ from, to }: Command, index: number, text: string, isLast: boolean, editing: Editing): boolean {
  if (!from) return true;
  if (!to) return isAt(from, text, isLast, editing.line);
  if (editing.open[index]) {
    if (isAt(to, text, isLast, editing.line) || (to.type === 'line' && editing.line > to.line)) delete editing.open[index];
    return to.type !== 'line' || editing.line <= to.line;
  }
  if (!isAt(from, text, isLast, editing.line)) return false;
  if (to.type !== 'line' || to.line > editing.line) editing.open[index] = true;
  return true;
}

function isAt(address: Address, text: string, isLast: boolean, line: number): boolean {
  if (address.type === 'line') return address.line === line;
  return address.type === 'last' ? isLast : address.regex.isIn(text);
}

function substitute(text: string, { regex, replacement, isGlobal, nth }: Extract<Action, { type: 's' }>): string | undefined {
  let out = '';
  let at = 0;
  let count = 0;
  while (at <= text.length) {
    const match = regex.find(text, at);
    if (!match) break;
    const [from = 0, to = 0] = match;
    const isMeant = ++count === nth || (isGlobal && count >= nth);
    out += text.slice(at, from) + (isMeant ? replaced(replacement, text, match) : text.slice(from, to));
    if (to === from) out += text[to] ?? '';
    at = to === from ? to + 1 : to;
    if (isMeant && !isGlobal) return out + text.slice(at);
  }
  return count >= nth ? out + text.slice(at) : undefined;
}

/** `&` and `\1`. */
function replaced(replacement: string, text: string, match: readonly number[]): string {
  return replacement.replace(/\\([^])|&/g, (whole, letter: string | undefined) => {
    if (whole === '&') return text.slice(match[0], match[1]);
    if (letter !== undefined && /\d/.test(letter)) {
      const from = match[2 * Number(letter)] ?? -1;
      return from < 0 ? '' : text.slice(from, match[2 * Number(letter) + 1]);
    }
    return letter === 'n' ? '\n' : letter === 't' ? '\t' : (letter ?? '');
  });
}
