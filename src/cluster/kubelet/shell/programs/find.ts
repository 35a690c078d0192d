// find: files below folders by name, kind, depth and emptiness; -print, -delete, and -exec for each or for all.
import type { Call, Outcome } from '../call.ts';
import { isMatching } from '../pattern.ts';
import type { Program } from '../program.ts';
import { type Children, runEach } from '../spawn.ts';

interface Question {
  readonly name?: string;
  readonly path?: string;
  readonly kind?: string;
  readonly depthMax?: number;
  readonly depthMin?: number;
  readonly isEmpty?: boolean;
  readonly newerMs?: number;
  readonly minutes?: string;
}

interface Wanted {
  readonly roots: readonly string[];
  readonly question: Question;
  readonly isDeleting: boolean;
  readonly separator: string;
  readonly command: readonly string[] | undefined;
  readonly isTogether: boolean;
}

export const find: Program = {
  run(call) {
    const wanted = read(call);
    if (typeof wanted === 'number') return wanted;
    if (wanted.command) return runCommands(call, wanted);
    let status = 0;
    for (const path of pathsOf(call, wanted, () => (status = 1))) {
      if (wanted.isDeleting) call.attempt(path, () => call.files.remove(call.path(path)));
      else call.out(`${path}${wanted.separator}`);
    }
    return status;
  },
};

function runCommands(call: Call, wanted: Wanted): Outcome {
  const memory = call.remember<Children & { paths: string[] }>(() => ({
    paths: pathsOf(call, wanted, () => {}),
    next: 0,
    child: undefined,
    status: 0,
  }));
  const command = wanted.command as readonly string[];
  const argvs = wanted.isTogether
    ? [command.flatMap((word) => (word === '{}' ? memory.paths : [word]))].filter(() => memory.paths.length > 0)
    : memory.paths.map((path) => command.map((word) => word.replaceAll('{}', path)));
  return runEach(call, argvs, memory) ?? 0;
}

function read(call: Call): Wanted | number {
  const rest = [...call.args];
  const roots: string[] = [];
  while (rest.length > 0 && !/^[-!(]/.test(rest[0] as string)) roots.push(rest.shift() as string);
  const question: { -readonly [Key in keyof Question]: Question[Key] } = {};
  let isDeleting = false;
  let separator = '\n';
  let command: string[] | undefined;
  let isTogether = false;
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === '-name' || word === '-iname') question.name = rest.shift();
    else if (word === '-path') question.path = rest.shift();
    else if (word === '-type') question.kind = rest.shift();
    else if (word === '-maxdepth') question.depthMax = Number(rest.shift());
    else if (word === '-mindepth') question.depthMin = Number(rest.shift());
    else if (word === '-empty') question.isEmpty = true;
    else if (word === '-newer') question.newerMs = call.files.stat(call.path(rest.shift() ?? ''))?.atMs ?? 0;
    else if (word === '-mmin') question.minutes = rest.shift();
    else if (word === '-delete') isDeleting = true;
    else if (word === '-print0') separator = '\0';
    else if (word === '-exec') {
      const end = rest.findIndex((each) => each === ';' || each === '+');
      if (end < 0) return call.fail("missing argument to '-exec'");
      isTogether = rest[end] === '+';
      command = rest.splice(0, end + 1).slice(0, -1);
    } else if (word !== '-print' && word !== '-a') return call.fail(`unrecognized: ${word}`);
  }
  return { roots: roots.length > 0 ? roots : ['.'], question, isDeleting, separator, command, isTogether };
}

function pathsOf(call: Call, { roots, question, isDeleting }: Wanted, onMissing: () => void): string[] {
  const out: string[] = [];
  for (const root of roots) {
    if (call.files.linkStat(call.path(root))) walk(call, root, 0, question, out);
    else {
      call.fail(call.isBusybox ? `${root}: No such file or directory` : `'${root}': No such file or directory`);
      onMissing();
    }
  }
  return isDeleting ? out.reverse() : out;
}

function walk(call: Call, path: string, depth: number, question: Question, out: string[]): void {
  if (depth > (question.depthMax ?? Number.POSITIVE_INFINITY)) return;
  if (isMeant(call, path, depth, question)) out.push(path);
  if (call.files.linkStat(call.path(path))?.type !== 'folder') return;
  for (const name of call.files.list(call.path(path))) walk(call, `${path.replace(/\/$/, '')}/${name}`, depth + 1, question, out);
}

const KINDS: Readonly<Record<string, string>> = { f: 'file', d: 'folder', l: 'link' };

function isMeant(call: Call, path: string, depth: number, question: Question): boolean {
  const entry = call.files.linkStat(call.path(path));
  if (!entry || depth < (question.depthMin ?? 0)) return false;
  if (question.kind !== undefined && KINDS[question.kind] !== entry.type) return false;
  if (question.name !== undefined && !isMatching(question.name, path.slice(path.lastIndexOf('/') + 1))) return false;
  if (question.path !== undefined && !isMatching(question.path, path)) return false;
  if (question.newerMs !== undefined && entry.atMs <= question.newerMs) return false;
  if (question.minutes !== undefined && !isOld(call.nowMs - entry.atMs, question.minutes)) return false;
  if (!question.isEmpty) return true;
  return entry.type === 'folder' ? call.files.list(call.path(path)).length === 0 : entry.text === '' && !entry.bytes;
}

/** `+5`: more than five minutes; `-5`: less. */
function isOld(ageMs: number, minutes: string): boolean {
  const age = Math.floor(ageMs / 60_000);
  const number = Number(minutes.replace(/^[-+]/, ''));
  return minutes.startsWith('+') ? age > number : minutes.startsWith('-') ? age < number : age === number;
}
