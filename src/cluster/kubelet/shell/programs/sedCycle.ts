// What the commands of sed do to a line.
import type { Action, Address, Command } from './sedScript.ts';

/** What is remembered from line to line: plain data. */
export interface Editing {
  line: number;
  /** Ranges that have begun, by the number of their command. */
  open: Record<number, true>;
  isQuitting: boolean;
  /** The hold space. */
  held: string;
  /** `n` and `N` wait for the next line: with which command it goes on, and what the line is added to. */
  waiting: { readonly at: number; readonly text: string | undefined } | undefined;
}

export function newEditing(): Editing {
  return { line: 0, open: {}, isQuitting: false, held: '', waiting: undefined };
}

/** Jumps in a script that goes round and round. */
const STEPS_MAX = 10_000;

/** What one line becomes, with all that is printed before and after it. */
export function apply(line: string, isLast: boolean, editing: Editing, commands: readonly Command[], isQuiet: boolean): string {
  return new Cycle(line, isLast, editing, commands, isQuiet).run();
}

/** The way of one line through the script; a line that another one waited for goes on where that stopped. */
class Cycle {
  private readonly isLast: boolean;
  private readonly editing: Editing;
  private readonly commands: readonly Command[];
  private readonly isQuiet: boolean;
  /** The pattern space. */
  private text: string;
  /** The number of the next command. */
  private at: number;
  private out = '';
  private after = '';
  private hasChanged = false;

  constructor(line: string, isLast: boolean, editing: Editing, commands: readonly Command[], isQuiet: boolean) {
    const { waiting } = editing;
    editing.waiting = undefined;
    editing.line++;
    this.isLast = isLast;
    this.editing = editing;
    this.commands = commands;
    this.isQuiet = isQuiet;
    this.text = waiting?.text === undefined ? line : `${waiting.text}\n${line}`;
    this.at = waiting?.at ?? 0;
  }

  run(): string {
    for (let steps = 0; this.at < this.commands.length && steps < STEPS_MAX; steps++) {
      const index = this.at++;
      const command = this.commands[index] as Command;
      if (isChosen(command, index, this.text, this.isLast, this.editing) === command.isNot) {
        if (command.action.type === '{') this.at = command.action.end;
        continue;
      }
      const end = this.act(command.action);
      if (end === 'deleted') return this.out + this.after;
      if (end === 'ended') break;
    }
    return `${this.out}${this.isQuiet ? '' : `${this.text}\n`}${this.after}`;
  }

  /** Whether the line is at its end: printed, or not. */
  private act(action: Action): 'ended' | 'deleted' | undefined {
    const { editing, text } = this;
    switch (action.type) {
      case 's':
        this.substitute(action);
        return undefined;
      case 'y':
        this.text = [...text].map((letter) => action.to[action.from.indexOf(letter)] ?? letter).join('');
        return undefined;
      case 'p':
        this.say(text);
        return undefined;
      case 'P':
        this.say(text.split('\n', 1)[0] as string);
        return undefined;
      case '=':
        this.say(String(editing.line));
        return undefined;
      case 'i':
        this.say(action.text);
        return undefined;
      case 'a':
        this.after += `${action.text}\n`;
        return undefined;
      case 'c':
        this.after += `${action.text}\n`;
        return 'deleted';
      case 'd':
        return 'deleted';
      case 'D':
        return this.deleteFirstLine();
      case 'q':
        editing.isQuitting = true;
        return 'ended';
      case 'n':
        if (this.isLast) return 'ended';
        if (!this.isQuiet) this.say(text);
        return this.waitForLine(undefined);
      case 'N':
        return this.isLast ? 'ended' : this.waitForLine(text);
      case 't':
        if (this.hasChanged) this.jump(action.label);
        this.hasChanged = false;
        return undefined;
      case 'b':
        this.jump(action.label);
        return undefined;
      case 'h':
        editing.held = text;
        return undefined;
      case 'H':
        editing.held += `\n${text}`;
        return undefined;
      case 'g':
        this.text = editing.held;
        return undefined;
      case 'G':
        this.text += `\n${editing.held}`;
        return undefined;
      case 'x':
        [this.text, editing.held] = [editing.held, text];
        return undefined;
      default:
        return undefined;
    }
  }

  private say(line: string): void {
    this.out += `${line}\n`;
  }

  private substitute(action: Extract<Action, { type: 's' }>): void {
    const changed = substitute(this.text, action);
    if (changed === undefined) return;
    this.text = changed;
    this.hasChanged = true;
    if (action.isPrinting) this.say(changed);
  }

  /** What is left begins again from the first command. */
  private deleteFirstLine(): 'deleted' | undefined {
    const end = this.text.indexOf('\n');
    if (end < 0) return 'deleted';
    this.text = this.text.slice(end + 1);
    this.at = 0;
    return undefined;
  }

  private waitForLine(text: string | undefined): 'deleted' {
    this.editing.waiting = { at: this.at, text };
    return 'deleted';
  }

  private jump(label: string): void {
    const place = this.commands.findIndex(({ action }) => action.type === ':' && action.label === label);
    this.at = label === '' || place < 0 ? this.commands.length : place;
  }
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
