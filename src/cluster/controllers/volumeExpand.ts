// Says that a claim which asks for more waits for its driver to grow the volume. Models pkg/controller/volume/expand/expand_controller.go,
// without the plugins inside Kubernetes that grew volumes themselves.
import { type PersistentVolumeClaim, requestOf } from '../../kube/kinds/volumes.ts';
import { type Change, type Key } from '../../kube/meta.ts';
import { valueOf } from '../../kube/quantity.ts';
import type { Controller } from '../controller.ts';

export const volumeExpand: Controller = {
  name: 'persistentvolume-expander-controller',
  eventSource: 'volume_expand',
  watches: [{ kind: 'PersistentVolumeClaim', keys: growing }],
  reconcile(key, ctx) {
    const claim = ctx.api.getByKey<PersistentVolumeClaim>(key);
    if (!claim || claim.status.phase !== 'Bound' || requestOf(claim) <= valueOf(claim.status.capacity?.['storage'])) return;
    ctx.record(claim, 'Normal', 'ExternalExpanding', 'waiting for an external controller to expand this PVC');
  },
};

function growing({ key, before, after }: Change): readonly Key[] {
  if (!before || !after || before.spec === after.spec) return [];
  return requestOf(after as PersistentVolumeClaim) > requestOf(before as PersistentVolumeClaim) ? [key] : [];
}
