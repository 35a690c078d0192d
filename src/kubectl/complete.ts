// Completion of a command line: verbs, flags and their values, kinds, names, labels and namespaces, from the verbs' own records
// and the objects that are there.

import { kindsOf } from '../kube/custom/served.ts';
import type { Kind } from '../kube/kind.ts';
import { type KubeObject, type Snapshot, tableOf } from '../kube/meta.ts';
import type { Flag } from './parse.ts';
import { globalFlags, type Verb } from './verb.ts';
import { verbs } from './verbs/all.ts';
import { findVerb } from './verbs/index.ts';

const OUTPUTS = ['custom-columns=', 'go-template=', 'json', 'jsonpath=', 'kyaml', 'name', 'wide', 'yaml'];
/** No list is longer: nobody reads on. */
const CANDIDATES_MAX = 200;

/** What the word before `cursor` may become, and where it begins; `kubectl` may stand at the start of the line. */
export function complete(
  line: string,
  cursor: number,
  snapshot: Snapshot,
  /** The one of the context. */
  namespace = 'default',
): { readonly from: number; readonly candidates: readonly string[] } {
  const before = line.slice(0, cursor);
  const word = /\S*$/.exec(before)?.[0] ?? '';
  const words = before
    .slice(0, before.length - word.length)
    .split(/\s+/)
    .filter(Boolean);
  const candidates = candidatesFor(words[0] === 'kubectl' ? words.slice(1) : words, word, snapshot, namespace);
  const fitting = candidates.filter((candidate) => candidate.startsWith(word) && candidate !== word);
  return { from: cursor - word.length, candidates: [...new Set(fitting)].slice(0, CANDIDATES_MAX) };
}

function candidatesFor(words: readonly string[], word: string, snapshot: Snapshot, ofContext: string): readonly string[] {
  const namespace = namespaceIn(words, ofContext);
  const { verb, rest, among } = verbOf(words[0] === 'help' ? words.slice(1) : words);
  const flags = [...(verb?.flags ?? []), ...globalFlags];
  const asking = flagAwaiting(words.at(-1), flags);
  if (asking) return valuesOf(asking, '', rest, namespace, snapshot);
  if (word.startsWith('--') && word.includes('=')) {
    const start = word.slice(0, word.indexOf('=') + 1);
    const flag = flags.find(({ name }) => name === start.slice(2, -1));
    return flag ? valuesOf(flag, start, rest, namespace, snapshot) : [];
  }
  if (word.startsWith('-')) return flags.map(({ name, type }) => `--${name}${type === 'bool' ? '' : '='}`).sort();
  if (among) return among.map(({ name }) => name).sort();
  if (!verb || words.includes('--')) return [];
  const given = withoutFlags(rest, flags);
  const own = verb.complete?.(given, snapshot);
  return own ?? resourceCandidates(given, word, namespace, snapshot);
}

/** The verb the words name so far, the words after it, and the verbs that may come next. */
function verbOf(words: readonly string[]): { verb: Verb | undefined; rest: readonly string[]; among: readonly Verb[] | undefined } {
  let rest = withoutFlags(words, globalFlags, true);
  let verb: Verb | undefined;
  let among: readonly Verb[] | undefined = verbs;
  while (among && rest.length > 0) {
    const next: Verb | undefined = findVerb(rest[0] as string, among);
    if (!next) return { verb, rest, among: undefined };
    verb = next;
    rest = rest.slice(1);
    among = next.verbs;
  }
  return { verb, rest, among };
}

/** The words that are no flags and no values of flags. `isLeading` stops at the first of them. */
function withoutFlags(words: readonly string[], flags: readonly Flag[], isLeading = false): readonly string[] {
  const kept: string[] = [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i] as string;
    if (!word.startsWith('-') || word === '-') {
      if (isLeading) return words.slice(i);
      kept.push(word);
    } else if (flagAwaiting(word, flags)) i++;
  }
  return kept;
}

/** The flag whose value comes next. */
function flagAwaiting(word: string | undefined, flags: readonly Flag[]): Flag | undefined {
  if (word === undefined || !/^-[^=]*$/.test(word) || word === '-' || word === '--') return undefined;
  const flag = flags.find(({ name, short }) => word === `--${name}` || word === `-${short}`);
  return flag && flag.type !== 'bool' && flag.alone === undefined ? flag : undefined;
}

function valuesOf(
  flag: Flag,
  start: string,
  rest: readonly string[],
  namespace: string | undefined,
  snapshot: Snapshot,
): readonly string[] {
  const values = ((): readonly string[] => {
    if (flag.name === 'output') return OUTPUTS;
    if (flag.name === 'namespace') return namesOf(snapshot.list('Namespace'));
    if (flag.name === 'filename') return ['-'];
    if (flag.name === 'dry-run') return ['client', 'none', 'server'];
    if (flag.name === 'cascade') return ['background', 'foreground', 'orphan'];
    if (flag.name === 'for') return ['condition=Available', 'condition=Ready', 'create', 'delete', 'jsonpath='];
    if (flag.name === 'selector') return labelsOf(kindsMeant(rest[0] ?? '', snapshot), namespace, snapshot);
    return [];
  })();
  return values.map((value) => `${start}${value}`);
}

/** Undefined where all are meant. */
function namespaceIn(words: readonly string[], ofContext: string): string | undefined {
  if (words.some((word) => word === '-A' || word === '--all-namespaces')) return undefined;
  const joined = words.join(' ');
  return /(?:^| )(?:-n|--namespace)[ =]?(\S+)/.exec(joined)?.[1] ?? ofContext;
}

function resourceCandidates(given: readonly string[], word: string, namespace: string | undefined, snapshot: Snapshot): readonly string[] {
  const slash = word.indexOf('/');
  if (slash > 0) {
    const start = word.slice(0, slash + 1);
    return objectsOf(kindsMeant(word.slice(0, slash), snapshot), namespace, snapshot).map(({ metadata }) => start + metadata.name);
  }
  const [type] = given;
  if (type === undefined) {
    const start = word.slice(0, word.lastIndexOf(',') + 1);
    return [...kindNames(snapshot), ...(start ? [] : ['all'])].map((name) => start + name);
  }
  if (type.includes('/')) return kindNames(snapshot).map((name) => `${name}/`);
  return namesOf(objectsOf(kindsMeant(type, snapshot), namespace, snapshot)).filter((name) => !given.slice(1).includes(name));
}

/** Kinds that are simulated or present, by their plural. */
function kindNames(snapshot: Snapshot): string[] {
  return kindsOf(snapshot)
    .all.filter((kind) => kind.isSimulated || snapshot.list(tableOf(kind)).length > 0)
    .map(({ plural }) => plural)
    .sort()
    .filter((plural, i, all) => plural !== all[i - 1]);
}

function kindsMeant(types: string, snapshot: Snapshot): Kind[] {
  return types.split(',').flatMap((type) => kindsOf(snapshot).findWord(type) ?? []);
}

function objectsOf(asked: readonly Kind[], namespace: string | undefined, snapshot: Snapshot): KubeObject[] {
  return asked.flatMap((kind) =>
    snapshot.list(tableOf(kind)).filter(({ metadata }) => !kind.namespaced || namespace === undefined || metadata.namespace === namespace),
  );
}

function labelsOf(asked: readonly Kind[], namespace: string | undefined, snapshot: Snapshot): string[] {
  const pairs = objectsOf(asked, namespace, snapshot).flatMap(({ metadata }) => Object.entries(metadata.labels ?? {}));
  return [...new Set(pairs.map(([key, value]) => `${key}=${value}`))].sort();
}

const namesOf = (objects: readonly KubeObject[]): string[] => objects.map(({ metadata }) => metadata.name).sort();
