// kubectl annotate: set and remove annotations.
// Models kubectl/pkg/cmd/annotate/annotate.go.

import type { KubeObject } from '../../kube/meta.ts';
import { isQualifiedName } from '../../kube/names.ts';
import { CommandError, throwAll } from '../errors.ts';
import { changeEntries, ENTRY_USAGE, entryFlags, listEntries, refuseWrongEntries } from '../metadataEntries.ts';
import { findResources } from '../resources.ts';
import type { Verb } from '../verb.ts';
import { attempt, reporterOf, sendingOf } from '../writing.ts';
import { parsePairs, splitPairs } from './set/pairs.ts';

const CHANGE_CAUSE = 'kubernetes.io/change-cause';

export const annotate: Verb = {
  name: 'annotate',
  usage: ENTRY_USAGE,
  summary: 'Update the annotations on a resource',
  examples: [
    { why: 'Why this rollout', line: 'kubectl annotate deployment/web kubernetes.io/change-cause="new image"' },
    { why: 'Remove an annotation', line: 'kubectl annotate pod web-1 note-' },
  ],
  flags: entryFlags('annotations'),

  *run(args, ctx) {
    const { resources, pairs } = splitPairs(args.words, 'annotation');
    const { values, removed } = parsePairs(pairs, 'annotation', true);
    refuseWrongEntries('annotation', args, resources, { values, removed });
    refuseWrongKeys(values, removed);
    const dryRun = sendingOf(args);
    const report = reporterOf(args);
    const { targets, errors: missing } = findResources(args, ctx, { words: resources });
    const errors: Error[] = [...missing];
    const version = args.text('resource-version');
    if (version && targets.length > 1) throw new CommandError('--resource-version may only be used with a single resource');
    for (const target of targets) {
      if (args.isOn('list')) {
        yield* listEntries(target, 'annotations', targets.length === 1);
        continue;
      }
      const isOverwriting = args.isOn('overwrite');
      const annotated = attempt(errors, () => {
        if (!isOverwriting) refuseOverwriting(target.object, values);
        return changeEntries(target, 'annotations', { values, removed, version }, ctx, dryRun);
      });
      if (annotated) yield report(annotated, 'annotated');
    }
    throwAll(errors);
    return 0;
  },
};

function refuseWrongKeys(values: ReadonlyMap<string, string>, removed: readonly string[]): void {
  const both = removed.filter((key) => values.has(key));
  if (both.length > 0) {
    throw new CommandError(`can not both modify and remove the following annotation(s) in the same command: ${both.join(', ')}`);
  }
  for (const key of values.keys()) {
    const why = isQualifiedName(key.toLowerCase());
    if (why.length > 0) throw new CommandError(`invalid annotation key: ${JSON.stringify(key)}: ${why.join('; ')}`);
  }
}

/** The change cause may always be overwritten. */
function refuseOverwriting(object: KubeObject, values: ReadonlyMap<string, string>): void {
  const annotations = object.metadata.annotations ?? {};
  const taken = [...values].filter(([key, value]) => key !== CHANGE_CAUSE && annotations[key] !== undefined && annotations[key] !== value);
  if (taken.length === 0) return;
  const list = taken.map(([key]) => `'${key}' already has a value (${annotations[key]})`).join('; ');
  throw new CommandError(`--overwrite is false but found the following declared annotation(s): ${list}`);
}
