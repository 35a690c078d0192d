// Refuses what would exceed a quota of the namespace, and counts what does not, before it is stored.
// Models apiserver/pkg/admission/plugin/resourcequota/controller.go.
import { ApiError } from '../../kube/errors.ts';
import { resourceName } from '../../kube/kind.ts';
import type { Pod } from '../../kube/kinds/pod.ts';
import type { ResourceQuota } from '../../kube/kinds/resourceQuota.ts';
import { type KubeObject, tableOf } from '../../kube/meta.ts';
import { compareQuantities } from '../../kube/quantity.ts';
import { addUsage, isInScopes, maskUsage, moreUsage, resourcesOfKind, type Usage, unsaidOf, usageOf } from '../quota.ts';
import type { Admission, ObjectReader } from './admission.ts';

/** Only these can come to count for more when they are changed. */
const COUNTED_ON_UPDATE = new Set(['Service', 'PersistentVolumeClaim']);

export const resourceQuota: Admission = {
  name: 'ResourceQuota',
  kinds: ['*'],
  validate(object, old, api) {
    if (object.kind === 'Event') return [];
    if (old && !COUNTED_ON_UPDATE.has(object.kind)) return [];
    const quotas = quotasFor(object, api);
    if (quotas.length === 0) return [];
    const kind = api.kinds.find(tableOf(object));
    const more = moreUsage(usageOf(object, kind, api.nowMs), old ? usageOf(old, kind, api.nowMs) : {});
    return quotas.flatMap((quota) => charged(quota, more, object, api));
  },
};

/** The quotas that count the object. */
function quotasFor(object: KubeObject, api: ObjectReader): ResourceQuota[] {
  return api.list<ResourceQuota>('ResourceQuota', object.metadata.namespace).filter((quota) => {
    const limited = resourcesOfKind(api.kinds.find(tableOf(object)), Object.keys(quota.status.hard ?? {}));
    if (limited.length === 0 || !isInScopes(quota, object)) return false;
    const { name } = quota.metadata;
    const unsaid = object.kind === 'Pod' ? unsaidOf(object as Pod, limited) : undefined;
    if (unsaid !== undefined) throw forbidden(object, api, `failed quota: ${name}: ${unsaid}`);
    if (limited.some((resource) => quota.status.used?.[resource] === undefined)) {
      throw forbidden(object, api, `status unknown for quota: ${name}, resources: ${[...limited].sort().join(',')}`);
    }
    return true;
  });
}

/** The quota with `more` added to what is used; throws where that is too much. */
function charged(quota: ResourceQuota, more: Usage, object: KubeObject, api: ObjectReader): readonly KubeObject[] {
  const { hard = {}, used = {} } = quota.status;
  const requested = maskUsage(more, Object.keys(hard));
  if (Object.keys(requested).length === 0) return [];
  const newUsed = addUsage(used, requested);
  const exceeded = Object.keys(requested).filter((name) => compareQuantities(newUsed[name] ?? '0', hard[name] ?? '0') > 0);
  if (exceeded.length > 0) {
    const parts = [printed(maskUsage(requested, exceeded)), printed(maskUsage(used, exceeded)), printed(maskUsage(hard, exceeded))];
    const [asked, taken, limit] = parts;
    throw forbidden(object, api, `exceeded quota: ${quota.metadata.name}, requested: ${asked}, used: ${taken}, limited: ${limit}`);
  }
  return [{ ...quota, status: { ...quota.status, used: maskUsage(newUsed, Object.keys(newUsed)) } }];
}

function printed(usage: Usage): string {
  return Object.entries(usage)
    .map(([name, quantity]) => `${name}=${quantity}`)
    .join(',');
}

function forbidden(object: KubeObject, api: ObjectReader, reason: string): ApiError {
  const kind = api.kinds.find(tableOf(object));
  return new ApiError('Forbidden', `${kind ? resourceName(kind) : object.kind} "${object.metadata.name}" is forbidden: ${reason}`);
}
