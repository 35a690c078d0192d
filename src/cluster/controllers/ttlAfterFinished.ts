// Deletes Jobs some time after they have ended, where they ask for it. Models pkg/controller/ttlafterfinished/ttlafterfinished_controller.go.
import { endOf, type Job } from '../../kube/kinds/job.ts';
import { conditionOf, fromTimestamp } from '../../kube/meta.ts';
import type { Controller } from '../controller.ts';

export const ttlAfterFinished: Controller = {
  name: 'ttl-after-finished-controller',
  watches: [{ kind: 'Job', keys: ({ key, after }) => (after && expiresMs(after as Job) !== undefined ? [key] : []) }],
  reconcile(key, ctx) {
    const job = ctx.api.getByKey<Job>(key);
    const atMs = job && expiresMs(job);
    if (!job || atMs === undefined) return;
    if (ctx.nowMs < atMs) return { requeueAfterMs: atMs - ctx.nowMs };
    const { namespace, name, uid = '' } = job.metadata;
    ctx.api.delete('Job', namespace, name, { propagationPolicy: 'Foreground', preconditions: { uid } });
  },
};

/** When the Job is to go; undefined where it stays. */
function expiresMs(job: Job): number | undefined {
  const { metadata, spec, status } = job;
  const end = endOf(job);
  if (spec.ttlSecondsAfterFinished === undefined || !end || metadata.deletionTimestamp !== undefined) return undefined;
  return fromTimestamp(conditionOf(status.conditions, end)?.lastTransitionTime) + spec.ttlSecondsAfterFinished * 1000;
}
