// grep: lines that match basic (-G), extended (-E) or fixed (-F) expressions.
import type { Call } from '../call.ts';
import { filter } from '../filter.ts';
import { type Options, readOptions } from '../options.ts';
import { type Regex, RegexError, regexOf } from '../regex.ts';

interface Choice {
  readonly options: Options;
  readonly patterns: readonly Regex[];
  readonly files: readonly string[];
  readonly isNamed: boolean;
}

interface Memory {
  /** In this file. */
  count: number;
  line: number;
  hasFound: boolean;
  hasFailed: boolean;
  /** Lines to show after the last match; the last lines before the next. */
  after: number;
  before: string[];
}

export const grep = filter<Choice, Memory>({
  choose,
  operands: ({ files }) => files,
  begin: () => ({ count: 0, line: 0, hasFound: false, hasFailed: false, after: 0, before: [] }),
  line: takeLine,
  endFile(memory, { options, isNamed }, call, file) {
    const name = isNamed ? `${file}:` : '';
    if (options.has('c')) call.out(`${name}${memory.count}\n`);
    if (options.has('l') && memory.count > 0) call.out(`${file}\n`);
    if (options.has('L') && memory.count === 0) call.out(`${file}\n`);
    memory.count = 0;
    memory.line = 0;
    memory.after = 0;
    memory.before = [];
  },
  onMissing(memory, call, file, reason) {
    memory.hasFailed = true;
    call.fail(`${file}: ${reason}`);
  },
  end: ({ hasFound, hasFailed }) => (hasFailed ? 2 : hasFound ? 0 : 1),
});

function takeLine(line: string, memory: Memory, choice: Choice, call: Call, file: string): 'enough' | undefined {
  const { options, isNamed } = choice;
  memory.line++;
  const isQuiet = options.has('q') || options.has('c') || options.has('l') || options.has('L');
  const name = isNamed ? file : '';
  if (isMatch(line, choice) === options.has('v')) {
    if (isQuiet) return undefined;
    if (memory.after > 0) {
      memory.after--;
      show(call, options, name, memory.line, line, '-');
    } else remember(memory, line, Number(options.value('B') ?? options.value('C') ?? 0));
    return undefined;
  }
  memory.count++;
  memory.hasFound = true;
  if (options.has('q')) return 'enough';
  if (!isQuiet) showMatch(line, memory, choice, call, name);
  const isEnough = options.has('m') && memory.count >= Number(options.value('m'));
  return isEnough && choice.files.length <= 1 ? 'enough' : undefined;
}

function showMatch(line: string, memory: Memory, choice: Choice, call: Call, name: string): void {
  const { options } = choice;
  for (const [i, before] of memory.before.entries()) show(call, options, name, memory.line - memory.before.length + i, before, '-');
  memory.before = [];
  memory.after = Number(options.value('A') ?? options.value('C') ?? 0);
  if (options.has('o') && !options.has('v')) {
    for (const part of partsOf(line, choice)) show(call, options, name, memory.line, part, ':');
  } else show(call, options, name, memory.line, line, ':');
}

function remember(memory: Memory, line: string, count: number): void {
  if (count === 0) return;
  memory.before.push(line);
  if (memory.before.length > count) memory.before.shift();
}

function show(call: Call, options: Options, name: string, number: number, line: string, sign: string): void {
  call.out(`${name === '' ? '' : `${name}${sign}`}${options.has('n') ? `${number}${sign}` : ''}${line}\n`);
}

function isMatch(line: string, { options, patterns }: Choice): boolean {
  return patterns.some((pattern) => {
    const match = pattern.find(line);
    if (!match) return false;
    if (options.has('x')) return match[0] === 0 && match[1] === line.length;
    return !options.has('w') || isWord(line, match[0] ?? 0, match[1] ?? 0);
  });
}

function isWord(line: string, from: number, to: number): boolean {
  return !/\w/.test(line[from - 1] ?? ' ') && !/\w/.test(line[to] ?? ' ');
}

/** The parts of a line that match, one after the other. */
function partsOf(line: string, { patterns }: Choice): string[] {
  const parts: string[] = [];
  for (let at = 0; at <= line.length; ) {
    const found = patterns.map((pattern) => pattern.find(line, at)).filter((match) => match !== undefined);
    const first = found.sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0))[0];
    if (!first) break;
    const [from = 0, to = 0] = first;
    if (to > from) parts.push(line.slice(from, to));
    at = Math.max(to, at + 1);
  }
  return parts;
}

const LONG = {
  'regexp=': 'e',
  'ignore-case': 'i',
  'invert-match': 'v',
  count: 'c',
  quiet: 'q',
  silent: 'q',
  'line-number': 'n',
  'only-matching': 'o',
  'extended-regexp': 'E',
  'fixed-strings': 'F',
  recursive: 'r',
  'line-buffered': 'line-buffered',
  'color=': 'color',
  color: 'color',
  'no-messages': 's',
  'max-count=': 'm',
};

function choose(call: Call): Choice | number {
  const options = readOptions(call, 'e:f:ivclLqnoEFGPwxrRHhsm:A:B:C:a', LONG);
  if (typeof options === 'number') return 2;
  const rest = [...options.operands];
  const sources = options.given['e'] ?? rest.splice(0, 1);
  if (sources.length === 0 && call.isBusybox) return call.fail('no pattern given', 2);
  if (sources.length === 0) {
    call.err(`Usage: grep [OPTION]... PATTERNS [FILE]...\n${call.moreHelp}\n`);
    return 2;
  }
  const isRecursive = options.has('r') || options.has('R');
  const files = isRecursive ? (rest.length > 0 ? rest : ['.']).flatMap((path) => filesBelow(call, path)) : rest;
  const kind = {
    isExtended: call.name === 'egrep' || options.has('E') || options.has('P'),
    isFixed: call.name === 'fgrep' || options.has('F'),
    isIgnoringCase: options.has('i'),
  };
  try {
    const patterns = sources.flatMap((source) => source.split('\n')).map((source) => regexOf(source, kind));
    return {
      options,
      patterns,
      files,
      isNamed: (files.length > 1 || (isRecursive && files[0] !== rest[0]) || options.has('H')) && !options.has('h'),
    };
  } catch (error) {
    if (!(error instanceof RegexError)) throw error;
    return call.fail(`bad regex '${sources.join(' ')}': ${error.message}`, 2);
  }
}

function filesBelow(call: Call, path: string): string[] {
  // Links to folders are not followed.
  if (call.files.linkStat(call.path(path))?.type !== 'folder') return [path];
  return call.files.list(call.path(path)).flatMap((name) => filesBelow(call, `${path.replace(/\/$/, '')}/${name}`));
}
