// One kubectl command from its line to its exit code: split, find the verb, parse, run, and word what went wrong.
// Models kubectl/pkg/cmd/cmd.go and spf13/cobra command.go; leaves out plugins and configuration files.
import { assert } from '../base/assert.ts';
import { Late } from '../base/late.ts';
import type { Client, CommandStep, Running } from './command.ts';
import type * as completing from './complete.ts';
import { CommandError, textOfError, usageError } from './errors.ts';
import type * as helping from './help.ts';
import { defaultNamespace } from './kubeconfig.ts';
import { parseArgs } from './parse.ts';
import { recording } from './recording.ts';
import { splitLine } from './split.ts';
import { err, globalFlags, type Verb, type VerbContext } from './verb.ts';
import { allVerbs, findVerb } from './verbs/index.ts';

/** What only a person at a terminal asks for. */
export const help = new Late<typeof helping>('kubectl');
export const completion = new Late<typeof completing>('kubectl');

/** Starts a command: a line as typed, or words. `kubectl` at its start may be left out. */
export function* startKubectl(input: string | readonly string[], stdin: string | undefined, client: Client): Running {
  const warnings: string[] = [];
  const warn = (text: string) => void warnings.push(text);
  try {
    const running = run(typeof input === 'string' ? splitLine(input) : input, stdin, client, warn);
    return yield* withWarnings(running, () => [...warnings.splice(0), ...(client.warnings?.() ?? [])]);
  } catch (error) {
    const text = textOfError(error);
    if (text === undefined) throw error;
    yield { type: 'stderr', text };
    return error instanceof CommandError ? error.exitCode : 1;
  }
}

/** By which name kubectl writes: `kubectl-label`, `kubectl-set`. */
function managerOf(path: string): string {
  const [, verb = ''] = path.split(' ');
  if (verb === 'apply') return 'kubectl-client-side-apply';
  return verb === 'scale' ? 'kubectl' : `kubectl-${verb}`;
}

/** The same client, whose changes are signed by a manager of fields. */
function managing(client: Client, fieldManager: string): Client {
  return {
    ...client,
    request: (asked) =>
      client.request(['create', 'update', 'patch'].includes(asked.verb) ? ({ fieldManager, ...asked } as typeof asked) : asked),
    get nowMs() {
      return client.nowMs;
    },
  };
}

/** What the server tells beside its answers comes before what the command makes of them; each thing once. */
function* withWarnings(running: Running, warnings: () => readonly string[]): Running {
  const told = new Set<string>();
  for (;;) {
    let next: IteratorResult<CommandStep, number> | undefined;
    try {
      next = running.next();
    } finally {
      for (const text of warnings()) {
        if (!told.has(text)) yield err(`Warning: ${text}`);
        told.add(text);
      }
    }
    if (next.done) return next.value;
    yield next.value;
  }
}

function* run(given: readonly string[], stdin: string | undefined, client: Client, warn: VerbContext['warn']): Running {
  const words = given[0] === 'kubectl' ? given.slice(1) : given;
  const found = resolve(words);
  if ('help' in found) {
    yield { type: found.exitCode === 0 ? 'stdout' : 'stderr', text: found.help };
    return found.exitCode;
  }
  const { verb, path, rest } = found;
  const args = parseArgs(verb.isTakingAnyFlags ? [] : rest, [...verb.flags, ...globalFlags], path);
  if (args.isOn('help')) {
    yield { type: 'stdout', text: help.get().helpOf(verb, path) };
    return 0;
  }
  const inContext = path.startsWith('kubectl config ') ? 'default' : defaultNamespace(client, args.text('context'));
  const namespace = args.text('namespace') || inContext;
  assert(verb.run !== undefined, `${path} is no group of verbs`);
  if (args.has('record')) yield err('Flag --record has been deprecated, --record will be removed in the future');
  const writer = args.isOn('record') ? recording(client, [path, ...args.words, ...args.flags].join(' ')) : client;
  const manager = args.text('field-manager') || managerOf(path);
  return yield* verb.run(args, {
    client: managing(writer, manager),
    stdin,
    namespace,
    isNamespaceGiven: args.has('namespace'),
    path,
    warn,
  });
}

interface Found {
  readonly verb: Verb;
  readonly path: string;
  readonly rest: readonly string[];
}

/** Help in place of what was asked; a group of verbs named without one of them ends with 1. */
interface Help {
  readonly help: string;
  readonly exitCode: number;
}

/** The verb that the words name and the words left for it, or the help they ask for. */
function resolve(given: readonly string[]): Found | Help {
  const rest = [...given];
  if (rest[0] === 'options') return { help: help.get().helpOfOptions(), exitCode: 0 };
  const isHelp = rest[0] === 'help';
  if (isHelp) rest.shift();
  let path = 'kubectl';
  let verb: Verb | undefined;
  // Of all, to begin with.
  let among: readonly Verb[] | undefined;
  do {
    const at = verbAt(rest);
    const word: string | undefined = rest[at];
    const next: Verb | undefined = word === undefined ? undefined : findVerb(word, among);
    if (word !== undefined && !next && !verb) throw new CommandError(unknownText(word, path, among ?? allVerbs.get().verbs));
    if (!next) break;
    rest.splice(at, 1);
    path = `${path} ${next.name}`;
    verb = next;
    among = next.verbs;
  } while (among);
  if (!verb) {
    const stray = rest.find((word) => word.startsWith('-') && !['-h', '--help'].includes(word));
    if (stray) parseArgs(rest, globalFlags, 'kubectl');
    return { help: help.get().helpOfAll(), exitCode: 0 };
  }
  if (isHelp) return { help: help.get().helpOf(verb, path), exitCode: 0 };
  if (verb.mistakeAlone && rest.length === 0)
    return { help: `Error: ${verb.mistakeAlone}\n\n${help.get().helpOf(verb, path)}`, exitCode: 1 };
  if (!verb.verbs || verb.run) return { verb, path, rest };
  const words = rest.filter((word) => !word.startsWith('-'));
  if (words.length === 0)
    return { help: help.get().helpOf(verb, path), exitCode: rest.some((word) => word === '-h' || word === '--help') ? 0 : 1 };
  throw usageError(path, `unknown command "${words.join(' ')}"`);
}

/** Where the verb's name stands: global flags such as `-n shop` may come before it. */
function verbAt(words: readonly string[]): number {
  let at = 0;
  while (at < words.length && (words[at] as string).startsWith('-') && words[at] !== '--') {
    const isWithValue = words[at] === '-n' || words[at] === '--namespace' || words[at] === '--context' || words[at] === '-v';
    at += isWithValue ? 2 : 1;
  }
  return at;
}

function unknownText(word: string, path: string, among: readonly Verb[]): string {
  const near = among
    .filter(({ name }) => distance(word, name) <= 2 || name.toLowerCase().startsWith(word.toLowerCase()))
    .map(({ name }) => name);
  const hint = near.length > 0 ? `\n\nDid you mean this?\n${near.map((name) => `\t${name}\n`).join('')}` : '';
  return `unknown command "${word}" for "${path}"${hint}`;
}

/** Levenshtein's distance, as cobra's suggestions use it. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next[j] =
        a[i - 1] === b[j - 1] ? (row[j - 1] as number) : 1 + Math.min(row[j - 1] as number, row[j] as number, next[j - 1] as number);
    }
    row = next;
  }
  return row[b.length] as number;
}
