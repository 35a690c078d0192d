// find: what below folders answers to questions of name, kind, size, age and depth, joined by `!`, `-o` and brackets; it is printed,
// deleted, or given to a command, each for itself or all together.
import type { FileEntry } from '../../../../kube/inside.ts';
import type { Call, Outcome } from '../call.ts';
import { sizeOf } from '../disk.ts';
import { isMatching } from '../pattern.ts';
import type { Program } from '../program.ts';
import { endOf, startChild } from '../spawn.ts';

type Action =
  | { readonly type: 'print'; readonly separator: string }
  | { readonly type: 'delete' }
  | { readonly type: 'exec'; readonly command: readonly string[]; readonly isTogether: boolean };

/** Something that was found, and the number of the action that is for it. */
interface Deed {
  readonly path: string;
  readonly action: number;
}

interface Candidate {
  readonly call: Call;
  readonly path: string;
  readonly entry: FileEntry;
  readonly deeds: Deed[];
}

type Question = (candidate: Candidate) => boolean;

interface Memory {
  readonly deeds: readonly Deed[];
  next: number;
  child: number | undefined;
  status: number;
}

export const find: Program = {
  run(call) {
    const reader = new Reader(call);
    try {
      const question = reader.read();
      const memory = call.remember<Memory>(() => new Search(call, reader, question).memory());
      return perform(call, reader.actions, memory);
    } catch (error) {
      if (!(error instanceof FindMistake)) throw error;
      return call.fail(error.message);
    }
  },
};

function perform(call: Call, actions: readonly Action[], memory: Memory): Outcome {
  for (;;) {
    if (memory.child !== undefined) {
      const status = endOf(call, memory.child);
      if (status === undefined) return { children: [memory.child] };
      memory.child = undefined;
      if (status !== 0 && !call.isBusybox) memory.status = 1;
    }
    const deed = memory.deeds[memory.next++];
    if (!deed) return memory.status;
    const action = actions[deed.action] as Action;
    if (action.type === 'print') call.out(`${deed.path}${action.separator}`);
    else if (action.type === 'delete') call.attempt(deed.path, () => call.files.remove(call.path(deed.path)));
    else memory.child = startChild(call, commandFor(action, deed, memory));
  }
}

/** One command for one file; or for all: it runs for the first, and the others are done with it. */
function commandFor({ command, isTogether }: Extract<Action, { type: 'exec' }>, { path, action }: Deed, memory: Memory): string[] {
  if (!isTogether) return command.map((word) => word.replaceAll('{}', path));
  memory.next = memory.deeds.length;
  const paths = memory.deeds.filter((deed) => deed.action === action).map((deed) => deed.path);
  return command.flatMap((word) => (word === '{}' ? paths : [word]));
}

class Search {
  private readonly call: Call;
  private readonly reader: Reader;
  private readonly question: Question;
  private readonly deeds: Deed[] = [];
  private status = 0;

  constructor(call: Call, reader: Reader, question: Question) {
    this.call = call;
    this.reader = reader;
    this.question = question;
  }

  memory(): Memory {
    const { call, reader } = this;
    for (const root of reader.roots) {
      if (call.files.linkStat(call.path(root))) this.walk(root, 0);
      else this.status = call.fail(call.isBusybox ? `${root}: No such file or directory` : `'${root}': No such file or directory`);
    }
    return { deeds: this.deeds, next: 0, child: undefined, status: this.status };
  }

  private walk(path: string, depth: number): void {
    const { call, reader } = this;
    const entry = call.files.linkStat(call.path(path));
    if (!entry || depth > reader.depthMax) return;
    const ask = () => {
      if (depth >= reader.depthMin) this.question({ call, path, entry, deeds: this.deeds });
    };
    if (!reader.isDepthFirst) ask();
    if (entry.type === 'folder')
      for (const name of call.files.list(call.path(path))) this.walk(`${path.replace(/\/$/, '')}/${name}`, depth + 1);
    if (reader.isDepthFirst) ask();
  }
}

class FindMistake extends Error {}

const KINDS: Readonly<Record<string, string>> = { f: 'file', d: 'folder', l: 'link', p: 'pipe' };
const UNITS: Readonly<Record<string, number>> = { '': 512, b: 512, c: 1, w: 2, k: 1024, M: 2 ** 20, G: 2 ** 30 };

const isEmpty = ({ call, path, entry }: Candidate): boolean =>
  entry.type === 'folder' ? call.files.list(call.path(path)).length === 0 : sizeOf(entry) === 0;

/** The questions that take a value. */
const QUESTIONS: Readonly<Record<string, (value: string, call: Call) => Question>> = {
  '-name': (pattern) => (candidate) => isMatching(pattern, nameOf(candidate)),
  '-iname': (pattern) => (candidate) => isMatching(pattern.toLowerCase(), nameOf(candidate).toLowerCase()),
  '-path': (pattern) => (candidate) => isMatching(pattern, candidate.path),
  '-type':
    (kind) =>
    ({ entry }) =>
      entry.type === KINDS[kind],
  '-newer': (path, call) => {
    const atMs = call.files.stat(call.path(path))?.atMs ?? 0;
    return ({ entry }) => entry.atMs > atMs;
  },
  '-mmin':
    (minutes) =>
    ({ call, entry }) =>
      isCount(minutes, Math.floor((call.nowMs - entry.atMs) / 60_000)),
  '-mtime':
    (days) =>
    ({ call, entry }) =>
      isCount(days, Math.floor((call.nowMs - entry.atMs) / 86_400_000)),
  '-size': (size) => {
    const [, count = '', unit = ''] = /^([-+]?\d+)([bcwkMG]?)$/.exec(size) ?? [];
    return ({ entry }) => isCount(count, Math.ceil(sizeOf(entry) / (UNITS[unit] as number)));
  },
  '-perm':
    (mode) =>
    ({ entry }) =>
      (entry.mode & 0o7777) === Number.parseInt(mode.replace(/^[-/]/, ''), 8),
};

const nameOf = ({ path }: Candidate) => path.slice(path.lastIndexOf('/') + 1);

/** `+5`: more than five; `-5`: less. */
function isCount(wanted: string, count: number): boolean {
  const number = Number(wanted.replace(/^[-+]/, ''));
  return wanted.startsWith('+') ? count > number : wanted.startsWith('-') ? count < number : count === number;
}

/** Reads the words of a call. */
class Reader {
  readonly roots: string[] = [];
  readonly actions: Action[] = [];
  depthMax = Number.POSITIVE_INFINITY;
  depthMin = 0;
  isDepthFirst = false;
  private readonly call: Call;
  private readonly words: string[];

  constructor(call: Call) {
    this.call = call;
    this.words = [...call.args];
    while (this.words.length > 0 && !/^[-!(]/.test(this.words[0] as string)) this.roots.push(this.words.shift() as string);
    if (this.roots.length === 0) this.roots.push('.');
  }

  read(): Question {
    const question = this.words.length > 0 ? this.either() : () => true;
    if (this.words.length > 0) throw new FindMistake(`unrecognized: ${this.words[0]}`);
    if (this.actions.length > 0) return question;
    const print = this.action({ type: 'print', separator: '\n' });
    return (candidate) => question(candidate) && print(candidate);
  }

  private either(): Question {
    let left = this.all();
    while (this.words[0] === '-o' || this.words[0] === '-or') {
      this.words.shift();
      const [first, second] = [left, this.all()];
      left = (candidate) => first(candidate) || second(candidate);
    }
    return left;
  }

  private all(): Question {
    let left = this.one();
    for (let word = this.words[0]; word !== undefined && word !== '-o' && word !== '-or' && word !== ')'; word = this.words[0]) {
      if (word === '-a' || word === '-and') this.words.shift();
      const [first, second] = [left, this.one()];
      left = (candidate) => first(candidate) && second(candidate);
    }
    return left;
  }

  private one(): Question {
    const word = this.words.shift() ?? '';
    if (word === '!' || word === '-not') {
      const question = this.one();
      return (candidate) => !question(candidate);
    }
    if (word === '(') {
      const question = this.either();
      this.words.shift();
      return question;
    }
    const made = QUESTIONS[word];
    return made ? made(this.value(word), this.call) : this.other(word);
  }

  private value(word: string): string {
    const value = this.words.shift();
    if (value === undefined) throw new FindMistake(`${word} requires an argument`);
    return value;
  }

  private other(word: string): Question {
    const always = () => true;
    switch (word) {
      case '-empty':
        return isEmpty;
      case '-maxdepth':
        this.depthMax = Number(this.value(word));
        return always;
      case '-mindepth':
        this.depthMin = Number(this.value(word));
        return always;
      case '-depth':
        this.isDepthFirst = true;
        return always;
      case '-xdev':
      case '-follow':
      case '-true':
        return always;
      case '-print':
        return this.action({ type: 'print', separator: '\n' });
      case '-print0':
        return this.action({ type: 'print', separator: '\0' });
      case '-delete':
        this.isDepthFirst = true;
        return this.action({ type: 'delete' });
      case '-exec':
        return this.exec();
      default:
        throw new FindMistake(`unrecognized: ${word}`);
    }
  }

  private exec(): Question {
    const end = this.words.findIndex((each) => each === ';' || each === '+');
    if (end < 0) throw new FindMistake("missing argument to '-exec'");
    const isTogether = this.words[end] === '+';
    return this.action({ type: 'exec', command: this.words.splice(0, end + 1).slice(0, -1), isTogether });
  }

  private action(action: Action): Question {
    const number = this.actions.push(action) - 1;
    return ({ path, deeds }) => {
      deeds.push({ path, action: number });
      return true;
    };
  }
}
