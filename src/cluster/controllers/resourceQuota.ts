// Keeps the status of ResourceQuotas: what is limited, and what is used when something has gone. What is added is counted by the
// API server itself, before it is stored. Models pkg/controller/resourcequota/resource_quota_controller.go.
import { isEqual } from '../../base/equal.ts';
import type { Pod } from '../../kube/kinds/pod.ts';
import type { ResourceQuota } from '../../kube/kinds/resourceQuota.ts';
import { type Change, type Key, keyOf, tableOf } from '../../kube/meta.ts';
import type { Controller, ControllerContext } from '../controller.ts';
import { addUsage, isInScopes, maskUsage, resourcesOfKind, type Usage, usageOf } from '../quota.ts';

/** Everything is counted again so often: a pod that should have ended long ago counts no more. */
const RESYNC_MS = 300_000;

export const resourceQuota: Controller = {
  name: 'resourcequota-controller',
  watches: [{ kind: 'ResourceQuota' }, { kind: '*', keys: freedQuotas }],
  reconcile(key, ctx) {
    const quota = ctx.api.getByKey<ResourceQuota>(key);
    if (!quota) return;
    const { namespace } = quota.metadata;
    const hard = quota.spec.hard ?? {};
    const names = Object.keys(hard);
    const used = maskUsage({ ...quota.status.used, ...countedUsage(quota, names, ctx) }, names);
    const status = { hard: maskUsage(hard, names), used };
    if (!isEqual(status, quota.status)) ctx.api.updateStatus<ResourceQuota>({ ...quota, status });
    const isEnding = ctx.api.list<Pod>('Pod', namespace).some(({ metadata }) => metadata.deletionTimestamp !== undefined);
    return isEnding ? { requeueAfterMs: RESYNC_MS } : undefined;
  },
};

/** The quotas of a namespace in which something was set free. */
function freedQuotas({ before, after, table }: Change, { api }: ControllerContext): readonly Key[] {
  if (!before || table === 'Event' || api.count('ResourceQuota') === 0) return [];
  const isFreed = after ? table === 'Pod' && !isEnded(before as Pod) && isEnded(after as Pod) : table !== 'ResourceQuota';
  if (!isFreed || !before.metadata.namespace) return [];
  return api
    .list<ResourceQuota>('ResourceQuota', before.metadata.namespace)
    .filter(({ spec }) => resourcesOfKind(api.kinds.find(table), Object.keys(spec.hard ?? {})).length > 0)
    .map(keyOf);
}

const isEnded = ({ status }: Pod): boolean => status.phase === 'Succeeded' || status.phase === 'Failed';

/** The sum over all objects in the namespace that the quota counts; zero where there are none. */
function countedUsage(quota: ResourceQuota, names: readonly string[], { api, nowMs }: ControllerContext): Usage {
  let sum: Usage = {};
  for (const kind of api.kinds.kept) {
    const limited = resourcesOfKind(kind, names);
    if (limited.length === 0) continue;
    sum = addUsage(sum, Object.fromEntries(limited.map((name) => [name, '0'])));
    for (const object of api.list(tableOf(kind), quota.metadata.namespace)) {
      if (isInScopes(quota, object)) sum = addUsage(sum, maskUsage(usageOf(object, kind, nowMs), limited));
    }
  }
  return sum;
}
