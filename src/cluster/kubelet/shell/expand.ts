// From the words of a script to the words of a command: variables, the output of commands, calculations, field splitting, patterns.
import { calculate, type Variables } from './arithmetic.ts';
import { elementName, elementsOf, indexesOf, isKeyed, namesOfElements } from './arrays.ts';
import { braceExpanded } from './braces.ts';
import { absolutePath } from './disk.ts';
import type { Files } from './files.ts';
import { calculationComplaint } from './grammarComplaint.ts';
import { own } from './own.ts';
import { escapedPattern, hasPattern, isMatching, unescapedPattern } from './pattern.ts';
import type { Shell } from './process.ts';
import { ScriptError } from './scriptError.ts';
import type { Part, Word } from './syntax.ts';
import { inCase, replaced, trimmed } from './trimming.ts';
import { homeOf } from './users.ts';

/** A variable that is not there and has to be. */
export class MissingError extends ScriptError {}

/** Thrown where the words cannot be had before this command has run, or was begun: no mistake, and so no Error with its stack. */
export class CommandNeeded {
  readonly part: Command;

  constructor(part: Command) {
    this.part = part;
  }
}

/** `$(…)`, `<(…)` or `>(…)`. */
export type Command = Extract<Part, { type: 'command' | 'process' }>;

const PIPE_STATUSES = 'PIPESTATUS';
/** What a text may become by expansion: more is an error. */
const LETTERS_MAX = 1 << 20;

interface Field {
  text: string;
  /** The text with what was quoted escaped. */
  pattern: string;
  /** Something stood here, if only empty quotes. */
  isThere: boolean;
}

type Variable = Extract<Part, { type: 'variable' }>;

export class Expander {
  private readonly shell: Shell;
  private readonly directory: string;
  private readonly files: Files;
  private readonly random: () => number;
  /** The output of the commands in the words, in order, as far as they ran. */
  private readonly outputs: readonly string[];
  private outputCount = 0;
  private fields: Field[] = [];
  private letters = 0;
  /** What `${x:=…}` and calculations set; it counts when all words could be had. */
  readonly assigned = new Map<string, string>();
  readonly assignedArrays = new Map<string, readonly string[]>();

  constructor(shell: Shell, directory: string, files: Files, random: () => number, outputs: readonly string[] = []) {
    this.shell = shell;
    this.directory = directory;
    this.files = files;
    this.random = random;
    this.outputs = outputs;
  }

  /** All words, split into fields where nothing was quoted, with the names of the files that their patterns match. */
  words(words: readonly Word[]): string[] {
    const all = this.shell.kind === 'bash' ? words.flatMap(braceExpanded) : words;
    return all.flatMap((word) => {
      const plain = plainText(word);
      if (plain !== undefined) return [plain];
      this.fields = [newField()];
      this.split(tildeExpanded(word, this.value('HOME') ?? '', this.files), false);
      return this.fields.filter(({ isThere }) => isThere).flatMap((field) => this.fileNames(field));
    });
  }

  /** One word as one text. */
  text(word: Word): string {
    return this.field(word).text;
  }

  /** A regular expression: what was quoted means itself. */
  expression(word: Word): string {
    return word.map((part) => (isLiteral(part) ? this.text([part]).replaceAll(/[.*+?^$(){}|[\]\\]/g, '\\$&') : this.text([part]))).join('');
  }

  private pattern(word: Word): string {
    return this.field(word).pattern;
  }

  isMatching(pattern: Word, text: string): boolean {
    return isMatching(this.pattern(pattern), text);
  }

  private field(word: Word): Field {
    const before = this.fields;
    this.fields = [newField()];
    this.split(tildeExpanded(word, this.value('HOME') ?? '', this.files), true);
    const field = this.fields.reduce((a, b) => ({ text: `${a.text} ${b.text}`, pattern: `${a.pattern} ${b.pattern}`, isThere: true }));
    this.fields = before;
    return field;
  }

  private fileNames({ text, pattern }: Field): string[] {
    if (this.shell.options.includes('f') || !hasPattern(pattern)) return [text];
    const found = this.files.matching(pattern, this.directory, (part, name) =>
      hasPattern(part) ? isMatching(part, name) : unescapedPattern(part) === name,
    );
    return found.length > 0 || this.shell.switches?.includes('nullglob') ? found : [text];
  }

  // Parts -------------------------------------------------------------------------------------------------------------

  private split(word: Word, isWhole: boolean): void {
    for (const part of word) {
      switch (part.type) {
        case 'text':
          this.add(part.text, part.isQuoted);
          break;
        case 'command':
          this.addResult(this.output(part), part.isQuoted || isWhole);
          break;
        case 'process':
          this.add(this.output(part), true);
          break;
        case 'arithmetic':
          this.addResult(String(this.calculate(part.expression)), part.isQuoted || isWhole);
          break;
        case 'variable':
          this.addVariable(part, isWhole);
          break;
      }
    }
  }

  private output(part: Command): string {
    const output = this.outputs[this.outputCount++];
    if (output === undefined) throw new CommandNeeded(part);
    return output;
  }

  private add(text: string, isQuoted: boolean): void {
    this.append(text, isQuoted ? escapedPattern(text) : text, isQuoted || text !== '');
  }

  private append(text: string, pattern: string, isThere: boolean): void {
    this.letters += text.length;
    if (this.letters > LETTERS_MAX) throw new ScriptError('out of memory');
    const field = this.fields.at(-1) as Field;
    field.text += text;
    field.pattern += pattern;
    if (isThere) field.isThere = true;
  }

  /** The result of an expansion: split where it was not quoted. */
  private addResult(text: string, isQuoted: boolean): void {
    if (isQuoted) {
      this.add(text, true);
      return;
    }
    let isBetween = false;
    for (const piece of pieces(text, this.value('IFS') ?? ' \t\n')) {
      if (piece === undefined) {
        isBetween = true;
        continue;
      }
      if (isBetween) this.nextField();
      isBetween = false;
      this.append(piece, piece.replaceAll('\\', '\\\\'), true);
    }
    if (isBetween) this.nextField();
  }

  private nextField(): void {
    if ((this.fields.at(-1) as Field).isThere) this.fields.push(newField());
  }

  private addVariable(part: Variable, isWhole: boolean): void {
    const { operator, operand, isQuoted } = part;
    const list = this.listOf(part);
    if (list && operator !== 'length') return this.addList(list, part, isWhole);
    const name = list ? part.name : this.nameMeant(part);
    const value = list?.join(' ') ?? this.value(name);
    const isMissing = value === undefined || (value === '' && operator?.startsWith(':'));
    switch (operator) {
      case undefined:
        if (value === undefined && this.shell.options.includes('u'))
          throw new MissingError(`${name}: ${this.shell.kind === 'bash' ? 'unbound variable' : 'parameter not set'}`);
        return this.addResult(value ?? '', isQuoted || isWhole);
      case ':-':
      case '-':
        return isMissing ? this.split(operand, isWhole || isQuoted) : this.addResult(value ?? '', isQuoted || isWhole);
      case ':+':
      case '+':
        if (!isMissing) this.split(operand, isWhole || isQuoted);
        if (isQuoted) this.add('', true);
        return;
      case ':=':
      case '=':
        if (isMissing) this.assigned.set(name, this.text(operand));
        return this.addResult(this.value(name) ?? '', isQuoted || isWhole);
      case ':?':
      case '?':
        if (isMissing)
          throw new MissingError(
            `${name}: ${this.text(operand) || (operator === ':?' ? 'parameter not set or null' : 'parameter not set')}`,
          );
        return this.addResult(value ?? '', isQuoted || isWhole);
      case 'length':
        return this.addResult(String((list ?? value ?? '').length), isQuoted || isWhole);
      default:
        return this.addResult(this.cut(value ?? '', operator, operand), isQuoted || isWhole);
    }
  }

  /** What stands for several values: `$@`, `${name[*]}`, `${!name[@]}`. */
  private listOf({ name, index, isIndirect }: Variable): readonly string[] | undefined {
    if (name === '@' || name === '*') return this.shell.parameters;
    if (!index || wholeOf(index) === undefined) return undefined;
    if (name === PIPE_STATUSES) return this.pipeStatuses();
    return isIndirect ? namesOfElements(this.shell, name) : elementsOf(this.shell, name);
  }

  private addList(list: readonly string[], { name, index, operator, operand, isQuoted }: Variable, isWhole: boolean): void {
    const isOne = isWhole || (isQuoted && (index ? wholeOf(index) : name) === '*');
    const values = this.listAfter(list, operator, operand, index ? 0 : 1);
    if (isOne) return this.addResult(values.join((this.value('IFS') ?? ' ').slice(0, 1)), true);
    values.forEach((value, i) => {
      if (i > 0) this.fields.push(newField());
      this.addResult(value, isQuoted);
    });
  }

  /** What an operator makes of each value, or which of them `:1:2` takes; the parameters count from 1. */
  private listAfter(list: readonly string[], operator: string | undefined, operand: Word, start: number): readonly string[] {
    if (operator === undefined) return list;
    if (operator === ':') {
      const [first = 0, count] = this.text(operand)
        .split(':')
        .map((number) => this.number(number));
      const from = first < 0 ? Math.max(0, list.length + first) : Math.max(0, first - start);
      return list.slice(from, count === undefined ? undefined : from + count);
    }
    if (/^:?[-=+?]$/.test(operator)) {
      const isMissing = list.length === 0;
      return isMissing === (operator.at(-1) !== '+') ? [this.text(operand)] : list;
    }
    return list.map((value) => this.cut(value, operator, operand));
  }

  /** The variable that is meant by `name`, `name[index]` or `!name`. */
  private nameMeant({ name, index, isIndirect }: Variable): string {
    return isIndirect ? (this.value(name) ?? '') : this.nameOf(name, index);
  }

  private pipeStatuses(): string[] {
    const { status, pipeStatuses = [status] } = this.shell;
    return pipeStatuses.map(String);
  }

  nameOf(name: string, index: Word | undefined): string {
    if (!index) return name;
    if (isKeyed(this.shell, name)) return elementName(name, this.text(index).replace(/^(["'])(.*)\1$/, '$2'));
    const number = this.number(this.text(index));
    const last = number < 0 ? (indexesOf(this.shell.variables, name).at(-1) ?? -1) + 1 : 0;
    return elementName(name, number + last);
  }

  /** `${x#…}`, `${x##…}`, `${x%…}`, `${x%%…}`, `${x/…/…}`, `${x//…/…}`, `${x:1:2}`, `${x^^}` and `${x,,}`. */
  private cut(value: string, operator: string, operand: Word): string {
    if (operator === ':') return this.part(value, this.text(operand));
    if (/^[\^,]/.test(operator)) {
      if (this.shell.kind !== 'bash') throw new ScriptError('syntax error: bad substitution');
      return inCase(value, operator);
    }
    const pattern = this.pattern(operand);
    if (!operator.startsWith('/')) return trimmed(value, operator, pattern);
    const [first = '', replacement = ''] = splitOnce(pattern);
    return replaced(value, first, unescapedPattern(replacement), { isEverywhere: operator === '//', isBash: this.shell.kind === 'bash' });
  }

  private part(value: string, operand: string): string {
    const [first = '', count] = operand.split(':');
    const start = this.number(first);
    const from = start < 0 ? Math.max(0, value.length + start) : start;
    if (count === undefined) return value.slice(from);
    const length = this.number(count);
    return length < 0 ? value.slice(from, length) : value.slice(from, from + length);
  }

  private number(expression: string): number {
    return Number(calculate(expression, this.variables));
  }

  // Values ------------------------------------------------------------------------------------------------------------

  value(name: string): string | undefined {
    const { shell } = this;
    if (/^[1-9]/.test(name)) return shell.parameters[Number(name) - 1];
    if (name.startsWith(`${PIPE_STATUSES}[`)) return this.pipeStatuses()[Number(name.slice(PIPE_STATUSES.length + 1, -1))];
    switch (name) {
      case '?':
        return String(shell.status);
      case '#':
        return String(shell.parameters.length);
      case '$':
        return String(shell.shellPid);
      case '!':
        return shell.lastBackground ? String(shell.lastBackground) : '';
      case '-':
        return shell.options;
      case '0':
        return shell.scriptName;
      case 'LINENO':
        return String(shell.line + shell.lineFirst);
      case PIPE_STATUSES:
        return shell.kind === 'bash' ? this.pipeStatuses()[0] : own(shell.variables, name);
      case 'RANDOM':
        return shell.kind === 'dash' ? own(shell.variables, name) : String(Math.floor(this.random() * 32768));
      default:
        return this.assigned.get(name) ?? own(shell.variables, name) ?? this.firstOf(name);
    }
  }

  /** A variable and the first element of the array of its name are the same. */
  private firstOf(name: string): string | undefined {
    const { variables } = this.shell;
    return own(variables, name.endsWith('[0]') ? name.slice(0, -'[0]'.length) : elementName(name, 0));
  }

  private get variables(): Variables {
    return { get: (name) => this.value(name), set: (name, value) => this.assigned.set(name, value) };
  }

  /** The value of `((…))`. */
  calculate(expression: Word): bigint {
    const text = this.text(expression);
    if (this.shell.kind === 'dash') refuseBeyondDash(text, (name) => own(this.shell.variables, name));
    try {
      return calculate(text, this.variables);
    } catch (error) {
      if (!(error instanceof ScriptError)) throw error;
      throw new ScriptError(calculationComplaint(this.shell.kind, text, error.message));
    }
  }
}

/** dash counts with numbers only, has no powers, and changes variables by `=` alone. */
function refuseBeyondDash(expression: string, valueOf: (name: string) => string | undefined): void {
  const say = (problem: string) => new ScriptError(`arithmetic expression: ${problem}: "${expression}"`);
  if (/^\s*$/.test(expression) || /\*\*|\w\s*(\+\+|--)\s*($|[-+*/%)])/.test(expression)) throw say('expecting primary');
  if (/,|(^|[^\w])0\d*[89]/.test(expression)) throw say('expecting EOF');
  const wrong = expression
    .match(/[A-Za-z_]\w*(?!\s*=[^=])/g)
    ?.find((name) => !/^\s*([-+]?(0[xX][0-9a-fA-F]+|\d*))\s*$/.test(valueOf(name) ?? ''));
  if (wrong !== undefined) throw new ScriptError(`Illegal number: ${valueOf(wrong)}`);
}

/** What stands between quotes or after a backslash. */
function isLiteral(part: Part): boolean {
  return 'isQuoted' in part && part.isQuoted;
}

/** `@` or `*` as an index. */
function wholeOf(index: Word): string | undefined {
  const [part, ...rest] = index;
  return part?.type === 'text' && rest.length === 0 && (part.text === '@' || part.text === '*') ? part.text : undefined;
}

/** The text of a word in which nothing is to be expanded; undefined: something is. */
function plainText([part, ...rest]: Word): string | undefined {
  if (part?.type !== 'text' || rest.length > 0) return undefined;
  return part.isQuoted || !/[*?[~]/.test(part.text) ? part.text : undefined;
}

function newField(): Field {
  return { text: '', pattern: '', isThere: false };
}

function splitOnce(text: string): readonly string[] {
  const at = text.search(/(?<!\\)\//);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

/** The fields of a text; undefined stands for what separates them. */
function pieces(text: string, separators: string): (string | undefined)[] {
  if (separators === '') return [text];
  const out: (string | undefined)[] = [];
  let piece = '';
  let isAfterText = false;
  for (const letter of text) {
    if (!separators.includes(letter)) {
      piece += letter;
      isAfterText = true;
      continue;
    }
    const isBlank = ' \t\n'.includes(letter);
    if (isAfterText || !isBlank) out.push(piece, undefined);
    else if (out.length === 0) out.push(undefined);
    piece = '';
    isAfterText = false;
  }
  if (isAfterText) out.push(piece);
  return out;
}

/** `~` is one's own home, `~name` that of a user who is known. */
function tildeExpanded(word: Word, home: string, files: Files): Word {
  const [first, ...rest] = word;
  if (first?.type !== 'text' || first.isQuoted) return word;
  const [tilde, name] = /^~([\w-]*)(?=\/|$)/.exec(first.text) ?? [];
  const folder = name ? homeOf(files, name) : home;
  if (tilde === undefined || folder === undefined) return word;
  return [{ ...first, text: absolutePath(folder, '') + first.text.slice(tilde.length) }, ...rest];
}
