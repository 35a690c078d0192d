// kubectl diff: what apply would change, without changing it.
// Models kubectl/pkg/cmd/diff/diff.go, and the output of `diff -u -N` that it calls. Leaves out: --server-side, --prune.

import { nameInRequests } from '../../kube/kindTable.ts';
import { type KubeObject, tableOf, toTimestamp } from '../../kube/meta.ts';
import { threeWayPatch } from '../../kube/threeWayPatch.ts';
import { toYaml } from '../../kube/yamlText.ts';
import { CommandError, throwAll, withSource } from '../errors.ts';
import { fileFlags, isWithFiles, readItems } from '../files.ts';
import { lastAppliedOf, withLastApplied } from '../lastApplied.ts';
import type { ManifestTarget } from '../manifests.ts';
import { objectOf } from '../resources.ts';
import { unifiedDiff } from '../unifiedDiff.ts';
import { selectorFlag, type Verb, type VerbContext } from '../verb.ts';
import { attempt, LAST_APPLIED, mergeTypeOf, sendCreate } from '../writing.ts';

export const diff: Verb = {
  name: 'diff',
  usage: '-f FILENAME',
  summary: 'Diff the live version against a would-be applied version',
  examples: [{ why: 'What the text beside the command would change', line: 'kubectl diff -f -' }],
  flags: [
    ...fileFlags,
    selectorFlag,
    { name: 'field-manager', type: 'string', help: 'Accepted; who wrote which field is not recorded here.' },
    { name: 'show-managed-fields', type: 'bool', help: 'Accepted; who wrote which field is not recorded here.' },
    { name: 'concurrency', type: 'int', default: '1', help: 'Accepted.' },
  ],

  *run(args, ctx) {
    if (!isWithFiles(args)) throw new CommandError('must specify one of -f and -k');
    const { items, errors: unreadable } = readItems(args, ctx);
    const errors: Error[] = [...unreadable];
    let isDifferent = false;
    for (const item of items) {
      const text = attempt(
        errors,
        () => difference(item, ctx),
        (error) => withSource(error, 'diffing', item.source),
      );
      if (!text) continue;
      isDifferent = true;
      yield { type: 'stdout', text };
    }
    throwAll(errors);
    return isDifferent ? 1 : 0;
  },
};

function difference(item: ManifestTarget, ctx: VerbContext): string {
  const { kind, namespace, name, object } = item;
  const live = objectOf(kind, namespace, name, ctx);
  const merged = live ? patched(live, item, ctx) : sendCreate(withLastApplied(object), ctx, { dryRun: 'server' });
  const hunks = unifiedDiff(live ? shown(live) : '', shown(merged));
  if (!hunks) return '';
  const file = `${kind.apiVersion.replace('/', '.')}.${kind.kind}.${namespace ?? ''}.${name}`;
  const [a, b] = [`/tmp/LIVE/${file}`, `/tmp/MERGED/${file}`];
  const at = toTimestamp(ctx.client.nowMs).replace('T', ' ').replace('Z', '.000000000 +0000');
  return `diff -u -N ${a} ${b}\n--- ${a}\t${at}\n+++ ${b}\t${at}\n${hunks}`;
}

function patched(live: KubeObject, { kind, namespace, name, object }: ManifestTarget, ctx: VerbContext): KubeObject {
  const modified = withLastApplied({ ...object, apiVersion: kind.apiVersion });
  const patch = threeWayPatch(lastAppliedOf(live), modified, live, tableOf(kind));
  const request = {
    verb: 'patch',
    kind: nameInRequests(kind),
    namespace,
    name,
    type: mergeTypeOf(kind),
    patch,
    strict: true,
    dryRun: true,
  } as const;
  return ctx.client.request(request);
}

/** As diff shows it: what apply last saw is no part of the comparison, nor is who wrote what. */
function shown(object: KubeObject): string {
  const { [LAST_APPLIED]: _lastApplied, ...annotations } = object.metadata.annotations ?? {};
  const { annotations: _all, ...metadata } = object.metadata;
  const rest = Object.keys(annotations).length > 0 ? { annotations } : {};
  return toYaml({ ...object, metadata: { ...metadata, ...rest } });
}
