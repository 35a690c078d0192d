// kubectl label: set and remove labels.
// Models kubectl/pkg/cmd/label/label.go.

import { goJson } from '../../kube/goText.ts';
import type { KubeObject, StringMap } from '../../kube/meta.ts';
import { isLabelValue } from '../../kube/names.ts';
import type { CommandStep } from '../command.ts';
import { CommandError, CommandErrors, throwAll } from '../errors.ts';
import { fileFlags, isWithFiles } from '../files.ts';
import { findResources, type Target } from '../resources.ts';
import { allFlag, allNamespacesFlag, fieldSelectorFlag, selectorFlag, type Verb, type VerbContext } from '../verb.ts';
import { attempt, type DryRun, dryRunOf, overwriteFlag, reporterOf, sendPatch, writingFlags } from '../writing.ts';
import { splitPairs } from './set/pairs.ts';

export const label: Verb = {
  name: 'label',
  usage: '[--overwrite] (-f FILENAME | TYPE NAME) KEY_1=VAL_1 ... KEY_N=VAL_N [--resource-version=version]',
  summary: 'Update the labels on a resource',
  examples: [
    { why: 'Take a pod away from its owner', line: 'kubectl label pod web-1 app=debug --overwrite' },
    { why: 'Remove a label', line: 'kubectl label node node-1 disk-' },
  ],
  flags: [
    ...fileFlags,
    selectorFlag,
    fieldSelectorFlag,
    allFlag,
    allNamespacesFlag,
    overwriteFlag,
    { name: 'list', type: 'bool', help: 'Print the labels.' },
    { name: 'local', type: 'bool', help: 'Refused: change the text of the manifest instead.' },
    { name: 'resource-version', type: 'string', help: 'Only this version of the object.' },
    ...writingFlags,
  ],

  *run(args, ctx) {
    const { resources, pairs } = splitPairs(args.words, 'label');
    const { values, removed } = parseLabelSpecs(pairs);
    if (args.isOn('all') && args.text('selector')) throw new CommandError('cannot set --all and --selector at the same time');
    if (args.isOn('local')) throw new CommandError('--local is not part of this kubectl: change the text of the manifest');
    if (resources.length === 0 && !isWithFiles(args)) {
      throw new CommandError('one or more resources must be specified as <resource> <name> or <resource>/<name>');
    }
    if (values.size === 0 && removed.length === 0 && !args.isOn('list')) throw new CommandError('at least one label update is required');
    const dryRun = dryRunOf(args);
    const report = reporterOf(args);
    const { targets, errors: missing } = findResources(args, ctx, { words: resources });
    const errors: Error[] = [...missing];
    for (const target of targets) {
      if (args.isOn('list')) {
        yield* listLabels(target, targets.length === 1);
        continue;
      }
      for (const key of removed) {
        if (target.object.metadata.labels?.[key] === undefined) yield { type: 'stdout', text: `label ${JSON.stringify(key)} not found.\n` };
      }
      const isOverwriting = args.isOn('overwrite');
      const labeled = attempt(errors, () =>
        labelOne(target, { values, removed, isOverwriting, version: args.text('resource-version') }, ctx, dryRun),
      );
      if (labeled) yield report(labeled, operationOf(target.object, labeled, isOverwriting));
    }
    throwAll(errors);
    return 0;
  },
};

export interface MapChange {
  readonly values: ReadonlyMap<string, string>;
  readonly removed: readonly string[];
  readonly isOverwriting: boolean;
  readonly version: string;
}

function parseLabelSpecs(specs: readonly string[]): Pick<MapChange, 'values' | 'removed'> {
  const values = new Map<string, string>();
  const removed: string[] = [];
  for (const spec of specs) {
    if (spec.includes('=')) {
      const parts = spec.split('=');
      if (parts.length !== 2) throw new CommandError(`invalid label spec: ${spec}`);
      const [key = '', value = ''] = parts;
      const why = isLabelValue(value);
      if (why.length > 0) throw new CommandError(`invalid label value: ${JSON.stringify(spec)}: ${why.join(';')}`);
      values.set(key, value);
    } else if (spec.endsWith('-')) removed.push(spec.slice(0, -1));
    else throw new CommandError(`unknown label spec: ${spec}`);
  }
  if (removed.some((key) => values.has(key))) throw new CommandError('can not both modify and remove a label in the same command');
  return { values, removed };
}

function labelOne(target: Target, change: MapChange, ctx: VerbContext, dryRun: DryRun): KubeObject {
  const labels = target.object.metadata.labels ?? {};
  if (!change.isOverwriting) {
    const taken = [...change.values].filter(([key, value]) => labels[key] !== undefined && labels[key] !== value);
    const mistakes = taken.map(([key]) => new CommandError(`'${key}' already has a value (${labels[key]}), and --overwrite is false`));
    if (mistakes.length === 1) throw mistakes[0];
    if (mistakes.length > 1) throw new CommandErrors(mistakes);
  }
  return changeMap(target, 'labels', change, ctx, dryRun);
}

/** Sets and removes entries of labels or annotations. Nothing is sent where nothing changes. */
export function changeMap(
  target: Target,
  field: 'labels' | 'annotations',
  change: MapChange,
  ctx: VerbContext,
  dryRun: DryRun,
): KubeObject {
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

/** kubectl calls a removal by its name only when the object got shorter and --overwrite was not given. */
function operationOf(before: KubeObject, after: KubeObject, isOverwriting: boolean): string {
  const [old, next] = [goJson(before.metadata.labels ?? {}), goJson(after.metadata.labels ?? {})];
  if (old === next) return 'not labeled';
  return !isOverwriting && next.length < old.length ? 'unlabeled' : 'labeled';
}

function* listLabels({ kind, name, object }: Target, isAlone: boolean): Generator<CommandStep, void, void> {
  const group = kind.apiVersion.includes('/') ? kind.apiVersion.split('/')[0] : '';
  if (!isAlone) yield { type: 'stderr', text: `Listing labels for ${kind.kind}.${group}/${name}:\n` };
  for (const [key, value] of Object.entries(object.metadata.labels ?? {})) {
    yield { type: 'stdout', text: `${isAlone ? '' : ' '}${key}=${value}\n` };
  }
}
