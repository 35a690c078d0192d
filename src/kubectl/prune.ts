// kubectl apply --prune: objects that were applied before, that the selector chooses, and that are not among those applied now, go.
// Models kubectl/pkg/cmd/apply/prune.go and kubectl/pkg/util/prune/prune.go.
import { kindsOf } from '../kube/custom/served.ts';
import type { Kind } from '../kube/kind.ts';
import { nameInRequests } from '../kube/kindTable.ts';
import type { KubeObject } from '../kube/meta.ts';
import type { CommandStep } from './command.ts';
import { CommandError } from './errors.ts';
import type { ParsedArgs } from './parse.ts';
import { listObjects, nameOf } from './resources.ts';
import { selectorFilter } from './selectors.ts';
import type { VerbContext } from './verb.ts';
import { dryRunOf, dryRunSuffix, LAST_APPLIED } from './writing.ts';

/** What is pruned unless the kinds are named: those in namespaces first. */
const USUAL: readonly (readonly [apiVersion: string, kind: string])[] = [
  ['v1', 'ConfigMap'],
  ['v1', 'Endpoints'],
  ['v1', 'PersistentVolumeClaim'],
  ['v1', 'Pod'],
  ['v1', 'ReplicationController'],
  ['v1', 'Secret'],
  ['v1', 'Service'],
  ['batch/v1', 'Job'],
  ['batch/v1', 'CronJob'],
  ['networking.k8s.io/v1', 'Ingress'],
  ['apps/v1', 'DaemonSet'],
  ['apps/v1', 'Deployment'],
  ['apps/v1', 'ReplicaSet'],
  ['apps/v1', 'StatefulSet'],
  ['v1', 'Namespace'],
  ['v1', 'PersistentVolume'],
];

export function* prune(applied: readonly KubeObject[], args: ParsedArgs, ctx: VerbContext): Generator<CommandStep, void, void> {
  const uids = new Set(applied.map(({ metadata }) => metadata.uid));
  const namespaces = [...new Set(applied.flatMap(({ metadata }) => metadata.namespace ?? []))].sort();
  const dryRun = dryRunOf(args);
  const kinds = prunedKinds(args, ctx);
  const places: (string | undefined)[] = [...namespaces, undefined];
  for (const place of places) {
    for (const kind of kinds.filter(({ namespaced }) => namespaced === (place !== undefined))) {
      const isChosen = selectorFilter(kind, args.text('selector'), '');
      for (const object of listObjects(kind, place, ctx)) {
        const { metadata } = object;
        if (metadata.annotations?.[LAST_APPLIED] === undefined || uids.has(metadata.uid) || !isChosen(object)) continue;
        const options = { propagationPolicy: 'Background', ...(dryRun === 'server' ? { dryRun: true } : {}) } as const;
        if (dryRun !== 'client')
          ctx.client.request({ verb: 'delete', kind: nameInRequests(kind), namespace: place, name: metadata.name, options });
        yield { type: 'stdout', text: `${nameOf(kind, metadata.name)} pruned${dryRunSuffix(dryRun)}\n` };
      }
    }
  }
}

function prunedKinds(args: ParsedArgs, ctx: VerbContext): readonly Kind[] {
  const table = kindsOf(ctx.client.snapshot());
  const named = args.texts('prune-allowlist').map((text) => {
    const [group = '', version = '', kind = ''] = text.split('/');
    if (text.split('/').length !== 3)
      throw new CommandError(`invalid GroupVersionKind format: ${text}, please follow <group/version/kind>`);
    return [group === 'core' ? version : `${group}/${version}`, kind] as const;
  });
  return (named.length > 0 ? named : USUAL).flatMap(([apiVersion, kind]) => table.findIn(apiVersion, kind) ?? []);
}
