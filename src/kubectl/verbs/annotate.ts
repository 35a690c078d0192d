// kubectl annotate: set and remove annotations.
// Models kubectl/pkg/cmd/annotate/annotate.go.

import type { KubeObject } from '../../kube/meta.ts';
import { isQualifiedName } from '../../kube/names.ts';
import type { CommandStep } from '../command.ts';
import { CommandError, throwAll } from '../errors.ts';
import { fileFlags, isWithFiles } from '../files.ts';
import { findResources, type Target } from '../resources.ts';
import { allFlag, allNamespacesFlag, fieldSelectorFlag, selectorFlag, type Verb } from '../verb.ts';
import { attempt, dryRunOf, overwriteFlag, reporterOf, writingFlags } from '../writing.ts';
import { changeMap } from './label.ts';
import { parsePairs, splitPairs } from './set/pairs.ts';

const CHANGE_CAUSE = 'kubernetes.io/change-cause';

export const annotate: Verb = {
  name: 'annotate',
  usage: '[--overwrite] (-f FILENAME | TYPE NAME) KEY_1=VAL_1 ... KEY_N=VAL_N [--resource-version=version]',
  summary: 'Update the annotations on a resource',
  examples: [
    { why: 'Why this rollout', line: 'kubectl annotate deployment/web kubernetes.io/change-cause="new image"' },
    { why: 'Remove an annotation', line: 'kubectl annotate pod web-1 note-' },
  ],
  flags: [
    ...fileFlags,
    selectorFlag,
    fieldSelectorFlag,
    allFlag,
    allNamespacesFlag,
    overwriteFlag,
    { name: 'list', type: 'bool', help: 'Print the annotations.' },
    { name: 'local', type: 'bool', help: 'Refused: change the text of the manifest instead.' },
    { name: 'resource-version', type: 'string', help: 'Only this version of the object.' },
    ...writingFlags,
  ],

  *run(args, ctx) {
    const { resources, pairs } = splitPairs(args.words, 'annotation');
    const { values, removed } = parsePairs(pairs, 'annotation', true);
    if (args.isOn('all') && args.text('selector')) throw new CommandError('cannot set --all and --selector at the same time');
    if (args.isOn('local')) throw new CommandError('--local is not part of this kubectl: change the text of the manifest');
    if (resources.length === 0 && !isWithFiles(args)) {
      throw new CommandError('one or more resources must be specified as <resource> <name> or <resource>/<name>');
    }
    if (values.size === 0 && removed.length === 0 && !args.isOn('list'))
      throw new CommandError('at least one annotation update is required');
    refuseWrongKeys(values, removed);
    const dryRun = dryRunOf(args);
    const report = reporterOf(args);
    const { targets, errors: missing } = findResources(args, ctx, { words: resources });
    const errors: Error[] = [...missing];
    const version = args.text('resource-version');
    if (version && targets.length > 1) throw new CommandError('--resource-version may only be used with a single resource');
    for (const target of targets) {
      if (args.isOn('list')) {
        yield* listAnnotations(target, targets.length === 1);
        continue;
      }
      const isOverwriting = args.isOn('overwrite');
      const annotated = attempt(errors, () => {
        if (!isOverwriting) refuseOverwriting(target.object, values);
        return changeMap(target, 'annotations', { values, removed, isOverwriting, version }, ctx, dryRun);
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

function* listAnnotations({ kind, name, object }: Target, isAlone: boolean): Generator<CommandStep, void, void> {
  const group = kind.apiVersion.includes('/') ? kind.apiVersion.split('/')[0] : '';
  if (!isAlone) yield { type: 'stderr', text: `Listing annotations for ${kind.kind}.${group}/${name}:\n` };
  for (const [key, value] of Object.entries(object.metadata.annotations ?? {})) {
    yield { type: 'stdout', text: `${isAlone ? '' : ' '}${key}=${value}\n` };
  }
}
