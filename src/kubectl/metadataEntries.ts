// What `kubectl label` and `kubectl annotate` have in common: they set and remove entries of a map in an object's metadata.
import { goJson } from '../kube/goText.ts';
import type { KubeObject, StringMap } from '../kube/meta.ts';
import type { CommandStep } from './command.ts';
import { CommandError } from './errors.ts';
import { fileFlags, isWithFiles } from './files.ts';
import type { Flag, ParsedArgs } from './parse.ts';
import type { Target } from './resources.ts';
import { allFlag, allNamespacesFlag, fieldSelectorFlag, selectorFlag, type VerbContext } from './verb.ts';
import { type DryRun, localFlag, overwriteFlag, sendPatch, writingFlags } from './writing.ts';

export type EntryField = 'labels' | 'annotations';

export interface EntryChange {
  readonly values: ReadonlyMap<string, string>;
  readonly removed: readonly string[];
  readonly version: string;
}

export const ENTRY_USAGE = '[--overwrite] (-f FILENAME | TYPE NAME) KEY_1=VAL_1 ... KEY_N=VAL_N [--resource-version=version]';

export const entryFlags = (field: EntryField): readonly Flag[] => [
  ...fileFlags,
  selectorFlag,
  fieldSelectorFlag,
  allFlag,
  allNamespacesFlag,
  overwriteFlag,
  { name: 'list', type: 'bool', help: `Print the ${field}.` },
  localFlag,
  { name: 'resource-version', type: 'string', help: 'Only this version of the object.' },
  ...writingFlags,
];

/** Throws what kubectl says of flags and words that do not go together; `noun` is one entry's name. */
export function refuseWrongEntries(
  noun: 'label' | 'annotation',
  args: ParsedArgs,
  resources: readonly string[],
  { values, removed }: Pick<EntryChange, 'values' | 'removed'>,
): void {
  if (args.isOn('all') && args.text('selector')) throw new CommandError('cannot set --all and --selector at the same time');
  if (resources.length === 0 && !isWithFiles(args)) {
    throw new CommandError('one or more resources must be specified as <resource> <name> or <resource>/<name>');
  }
  if (values.size === 0 && removed.length === 0 && !args.isOn('list')) throw new CommandError(`at least one ${noun} update is required`);
}

/** Sets and removes entries. Nothing is sent where nothing changes. */
export function changeEntries(target: Target, field: EntryField, change: EntryChange, ctx: VerbContext, dryRun: DryRun): KubeObject {
  const { object } = target;
  const { [field]: old, ...metadata } = object.metadata;
  const next: Record<string, string> = { ...old };
  for (const key of change.removed) delete next[key];
  for (const [key, value] of change.values) next[key] = value;
  const isSame = goJson(next) === goJson(old ?? {});
  if (isSame && !change.version) return object;
  const rest: StringMap | undefined = Object.keys(next).length > 0 ? next : undefined;
  if (dryRun === 'client') return { ...object, metadata: { ...metadata, ...(rest ? { [field]: rest } : {}) } };
  const patch = Object.fromEntries([
    ...change.removed.filter((key) => old?.[key] !== undefined).map((key) => [key, null]),
    ...change.values,
  ]);
  const resourceVersion = change.version ? { resourceVersion: change.version } : {};
  return sendPatch(target, { metadata: { [field]: patch, ...resourceVersion } }, 'merge', ctx, dryRun);
}

/** What `--list` prints of one object. */
export function* listEntries({ kind, name, object }: Target, field: EntryField, isAlone: boolean): Generator<CommandStep, void, void> {
  const group = kind.apiVersion.includes('/') ? kind.apiVersion.split('/')[0] : '';
  if (!isAlone) yield { type: 'stderr', text: `Listing ${field} for ${kind.kind}.${group}/${name}:\n` };
  for (const [key, value] of Object.entries(object.metadata[field] ?? {})) {
    yield { type: 'stdout', text: `${isAlone ? '' : ' '}${key}=${value}\n` };
  }
}
