// What `test` and `[[` ask: of files, texts and numbers.
import { holds } from '../../../base/holds.ts';
import type { Call } from './call.ts';
import { sizeOf } from './disk.ts';
import type { Expander } from './expand.ts';
import { FileError } from './files.ts';
import { isProcessFolder } from './procFiles.ts';
import { RegexError, regexOf } from './regex.ts';
import type { Word } from './syntax.ts';

/** A question that cannot be read. */
export class TestError extends Error {
  /** The message is what should be a number. */
  readonly isNumber: boolean;

  constructor(message: string, isNumber = false) {
    super(message);
    this.isNumber = isNumber;
  }
}

type Unary = (text: string, call: Call) => boolean;

const UNARY: Readonly<Record<string, Unary>> = {
  '-n': (text) => text !== '',
  '-z': (text) => text === '',
  '-e': (text, call) => exists(text, call),
  '-a': (text, call) => exists(text, call),
  '-f': (text, call) => call.files.stat(call.path(text))?.type === 'file' && text !== '',
  '-d': (text, call) => text !== '' && isFolder(call, text),
  '-L': (text, call) => call.files.linkStat(call.path(text))?.type === 'link',
  '-h': (text, call) => call.files.linkStat(call.path(text))?.type === 'link',
  '-s': (text, call) => sizeAt(text, call) > 0,
  '-r': (text, call) => exists(text, call),
  '-w': (text, call) => exists(text, call),
  '-x': (text, call) => ((call.files.stat(call.path(text))?.mode ?? 0) & 0o111) !== 0,
  '-t': () => false,
  '-p': (text, call) => call.files.stat(call.path(text))?.type === 'pipe',
  '-S': () => false,
  '-b': () => false,
  '-c': (text) => text.startsWith('/dev/'),
};

function isFolder(call: Call, path: string): boolean {
  const whole = call.path(path);
  return call.files.stat(whole)?.type === 'folder' || isProcessFolder(call.kernel, call.process, whole);
}

function exists(path: string, call: Call): boolean {
  return path !== '' && (call.files.stat(call.path(path)) !== undefined || path.startsWith('/dev/null') || isFolder(call, path));
}

function sizeAt(path: string, call: Call): number {
  const entry = call.files.stat(call.path(path));
  return entry ? sizeOf(entry) : 0;
}

const BINARY = new Set(['=', '==', '!=', '<', '>', '-eq', '-ne', '-lt', '-le', '-gt', '-ge', '-nt', '-ot', '-ef', '=~']);

function compare(left: string, operator: string, right: string, call: Call): boolean {
  switch (operator) {
    case '=':
    case '==':
    case '!=':
    case '<':
    case '>':
      return holds(left, operator === '=' ? '==' : operator, right);
    case '-nt':
      return isNewer(left, right, call);
    case '-ot':
      return isNewer(right, left, call);
    case '-ef':
      return call.files.real(call.path(left)) === call.files.real(call.path(right));
    default:
      return holds(number(left), NUMERIC[operator] ?? '', number(right));
  }
}

function isNewer(first: string, second: string, call: Call): boolean {
  const [a, b] = [first, second].map((path) => call.files.stat(call.path(path))?.atMs);
  return a !== undefined && b !== undefined && a > b;
}

/** What the operators of numbers are called elsewhere. */
const NUMERIC: Readonly<Record<string, string>> = { '-eq': '==', '-ne': '!=', '-lt': '<', '-le': '<=', '-gt': '>', '-ge': '>=' };

function number(text: string): bigint {
  if (!/^\s*[-+]?\d+\s*$/.test(text)) throw new TestError(text, true);
  return BigInt(text.trim().replace(/^\+/, ''));
}

// `test` and `[` --------------------------------------------------------------------------------------------------------

/** The exit code of `test` with these words. */
export function testWords(words: readonly string[], call: Call): boolean {
  const test = new Test(words, call);
  return words.length > 0 && test.whole();
}

class Test {
  private readonly words: readonly string[];
  private readonly call: Call;
  private at = 0;

  constructor(words: readonly string[], call: Call) {
    this.words = words;
    this.call = call;
  }

  whole(): boolean {
    const is = this.or();
    if (this.at < this.words.length) throw new TestError(`${this.words[this.at]}: unknown operand`);
    return is;
  }

  private or(): boolean {
    let is = this.and();
    while (this.words[this.at] === '-o') {
      this.at++;
      is = this.and() || is;
    }
    return is;
  }

  private and(): boolean {
    let is = this.not();
    while (this.words[this.at] === '-a') {
      this.at++;
      is = this.not() && is;
    }
    return is;
  }

  private not(): boolean {
    if (this.words[this.at] !== '!' || this.words.length - this.at === 1 || this.isBinaryAt(this.at)) return this.primary();
    this.at++;
    return !this.not();
  }

  private isBinaryAt(at: number): boolean {
    return BINARY.has(this.words[at + 1] ?? '') && at + 2 < this.words.length;
  }

  private primary(): boolean {
    const [first, operator, right] = this.words.slice(this.at, this.at + 3);
    if (first === undefined) throw new TestError('argument expected');
    if (this.isBinaryAt(this.at)) {
      this.at += 3;
      return compare(first, operator as string, right as string, this.call);
    }
    if (first === '(' && this.words.length - this.at > 1) {
      this.at++;
      const is = this.or();
      if (this.words[this.at++] !== ')') throw new TestError('closing paren expected');
      return is;
    }
    const unary = UNARY[first];
    this.at++;
    if (operator !== undefined && BINARY.has(operator)) throw new TestError(`${operator}: argument expected`);
    if (!unary || operator === undefined) return first !== '';
    this.at++;
    return unary(operator, this.call);
  }
}

// `[[` ------------------------------------------------------------------------------------------------------------------

/** The exit code of `[[`. */
export function isConditionTrue(words: readonly Word[], expander: Expander, call: Call): number {
  try {
    return new Condition(words, expander, call).whole() ? 0 : 1;
  } catch (error) {
    if (!(error instanceof TestError || error instanceof RegexError || error instanceof FileError)) throw error;
    call.err(`sh: ${error.message}${error instanceof TestError && error.isNumber ? ': bad number' : ''}\n`);
    return 2;
  }
}

class Condition {
  private readonly words: readonly Word[];
  private readonly expander: Expander;
  private readonly call: Call;
  private isReadOver = false;
  private at = 0;

  constructor(words: readonly Word[], expander: Expander, call: Call) {
    this.words = words;
    this.expander = expander;
    this.call = call;
  }

  whole(): boolean {
    return this.or();
  }

  private take(word: string): boolean {
    if (plainText(this.words[this.at]) !== word) return false;
    this.at++;
    return true;
  }

  private or(): boolean {
    let is = this.and();
    while (this.take('||')) is = this.unless(is, () => this.and()) || is;
    return is;
  }

  private and(): boolean {
    let is = this.not();
    while (this.take('&&')) is = this.unless(!is, () => this.not()) && is;
    return is;
  }

  /** What is settled already is read over: nothing in it is expanded. */
  private unless(isSettled: boolean, read: () => boolean): boolean {
    const before = this.isReadOver;
    this.isReadOver ||= isSettled;
    const is = read();
    this.isReadOver = before;
    return is;
  }

  private not(): boolean {
    if (this.take('!')) return !this.not();
    if (!this.take('(')) return this.primary();
    const is = this.or();
    if (!this.take(')')) throw new TestError('closing paren expected');
    return is;
  }

  private primary(): boolean {
    const first = this.words[this.at++];
    if (!first) throw new TestError('argument expected');
    const unary = this.unary(plainText(first) ?? '');
    const next = this.words[this.at];
    if (unary && next && !BINARY.has(plainText(next) ?? '')) {
      this.at++;
      return !this.isReadOver && unary(this.expander.text(next), this.call);
    }
    const operator = plainText(next) ?? '';
    if (!BINARY.has(operator)) return !this.isReadOver && this.expander.text(first) !== '';
    const right = this.words[this.at + 1];
    if (!right) throw new TestError('argument expected');
    this.at += 2;
    return !this.isReadOver && this.compare(this.expander.text(first), operator, right);
  }

  private unary(name: string): Unary | undefined {
    return name === '-v' ? (variable) => this.expander.value(variable) !== undefined : UNARY[name];
  }

  private compare(left: string, operator: string, right: Word): boolean {
    if (operator === '=~') return this.isMatchOf(left, right);
    if (operator === '=' || operator === '==') return this.expander.isMatching(right, left);
    if (operator === '!=') return !this.expander.isMatching(right, left);
    return compare(left, operator, this.expander.text(right), this.call);
  }

  private isMatchOf(text: string, expression: Word): boolean {
    const found = regexOf(this.expander.expression(expression), { isExtended: true }).find(text);
    const groups = found?.flatMap((from, i) => (i % 2 === 0 ? [text.slice(Math.max(0, from), found[i + 1])] : [])) ?? [];
    this.expander.assignedArrays.set(MATCH, groups);
    return found !== undefined;
  }
}

/** What `=~` found, and its groups. */
const MATCH = 'BASH_REMATCH';

function plainText(word: Word | undefined): string | undefined {
  const [part] = word ?? [];
  return word?.length === 1 && part?.type === 'text' && !part.isQuoted ? part.text : undefined;
}
