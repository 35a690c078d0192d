// kubectl label: set and remove labels.
// Models kubectl/pkg/cmd/label/label.go.

import { goJson } from '../../kube/goText.ts';
import type { KubeObject } from '../../kube/meta.ts';
import { isLabelValue } from '../../kube/names.ts';
import { CommandError, CommandErrors, throwAll } from '../errors.ts';
import { changeEntries, ENTRY_USAGE, type EntryChange, entryFlags, listEntries, refuseWrongEntries } from '../metadataEntries.ts';
import { findResources, type Target } from '../resources.ts';
import type { Verb, VerbContext } from '../verb.ts';
import { attempt, type DryRun, reporterOf, sendingOf } from '../writing.ts';
import { splitPairs } from './set/pairs.ts';

export const label: Verb = {
  name: 'label',
  usage: ENTRY_USAGE,
  summary: 'Update the labels on a resource',
  examples: [
    { why: 'Take a pod away from its owner', line: 'kubectl label pod web-1 app=debug --overwrite' },
    { why: 'Remove a label', line: 'kubectl label node node-1 disk-' },
  ],
  flags: entryFlags('labels'),

  *run(args, ctx) {
    const { resources, pairs } = splitPairs(args.words, 'label');
    const { values, removed } = parseLabelSpecs(pairs);
    refuseWrongEntries('label', args, resources, { values, removed });
    const dryRun = sendingOf(args);
    const report = reporterOf(args);
    const { targets, errors: missing } = findResources(args, ctx, { words: resources });
    const errors: Error[] = [...missing];
    for (const target of targets) {
      if (args.isOn('list')) {
        yield* listEntries(target, 'labels', targets.length === 1);
        continue;
      }
      for (const key of removed) {
        if (target.object.metadata.labels?.[key] === undefined) yield { type: 'stdout', text: `label ${JSON.stringify(key)} not found.\n` };
      }
      const isOverwriting = args.isOn('overwrite');
      const labeled = attempt(errors, () =>
        labelOne(target, { values, removed, version: args.text('resource-version') }, isOverwriting, ctx, dryRun),
      );
      if (labeled) yield report(labeled, operationOf(target.object, labeled, isOverwriting));
    }
    throwAll(errors);
    return 0;
  },
};

function parseLabelSpecs(specs: readonly string[]): Pick<EntryChange, 'values' | 'removed'> {
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

function labelOne(target: Target, change: EntryChange, isOverwriting: boolean, ctx: VerbContext, dryRun: DryRun): KubeObject {
  const labels = target.object.metadata.labels ?? {};
  if (!isOverwriting) {
    const taken = [...change.values].filter(([key, value]) => labels[key] !== undefined && labels[key] !== value);
    const mistakes = taken.map(([key]) => new CommandError(`'${key}' already has a value (${labels[key]}), and --overwrite is false`));
    if (mistakes.length === 1) throw mistakes[0];
    if (mistakes.length > 1) throw new CommandErrors(mistakes);
  }
  return changeEntries(target, 'labels', change, ctx, dryRun);
}

/** kubectl calls a removal by its name only when the object got shorter and --overwrite was not given. */
function operationOf(before: KubeObject, after: KubeObject, isOverwriting: boolean): string {
  const [old, next] = [goJson(before.metadata.labels ?? {}), goJson(after.metadata.labels ?? {})];
  if (old === next) return 'not labeled';
  return !isOverwriting && next.length < old.length ? 'unlabeled' : 'labeled';
}
