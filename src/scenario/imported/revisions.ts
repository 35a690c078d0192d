// ControllerRevisions of DaemonSets and StatefulSets, which `kubectl get all` leaves out: without them the controllers could not know the
// pods for those of today's template, and would cut them all anew. The pods and the status tell how the revision of today is called.
import type { DaemonSet } from '../../kube/kinds/daemonSet.ts';
import type { Pod } from '../../kube/kinds/pod.ts';
import type { ControllerRevision, StatefulSet } from '../../kube/kinds/statefulSet.ts';
import { controllerOf, controllerRefTo, fromTimestamp, type KubeObject } from '../../kube/meta.ts';

const POD_LABEL = 'controller-revision-hash';
const STATEFUL_LABEL = 'controller.kubernetes.io/hash';

/** A revision of today's template for each set that has none. */
export function missingRevisions(objects: readonly KubeObject[]): KubeObject[] {
  const having = new Set(objects.flatMap((object) => (object.kind === 'ControllerRevision' ? (controllerOf(object)?.uid ?? []) : [])));
  const pods = podsByOwner(objects);
  return objects.flatMap((object) => {
    if ((object.kind !== 'DaemonSet' && object.kind !== 'StatefulSet') || having.has(object.metadata.uid ?? '')) return [];
    const set = object as DaemonSet | StatefulSet;
    const hash = hashOfToday(set, pods.get(set.metadata.uid ?? '') ?? []);
    return hash === undefined ? [] : [revisionOf(set, hash)];
  });
}

function podsByOwner(objects: readonly KubeObject[]): ReadonlyMap<string, readonly Pod[]> {
  const pods = new Map<string, Pod[]>();
  for (const object of objects) {
    const owner = object.kind === 'Pod' ? controllerOf(object) : undefined;
    if (!owner) continue;
    const owned = pods.get(owner.uid);
    if (owned) owned.push(object as Pod);
    else pods.set(owner.uid, [object as Pod]);
  }
  return pods;
}

/** A StatefulSet tells it; of a DaemonSet's pods the newest has it. */
function hashOfToday(set: DaemonSet | StatefulSet, pods: readonly Pod[]): string | undefined {
  const prefix = `${set.metadata.name}-`;
  const told = set.kind === 'StatefulSet' ? set.status.updateRevision : undefined;
  if (told?.startsWith(prefix)) return told.slice(prefix.length);
  const byAge = [...pods].sort((a, b) => fromTimestamp(b.metadata.creationTimestamp) - fromTimestamp(a.metadata.creationTimestamp));
  const label = byAge.find(({ metadata }) => metadata.labels?.[POD_LABEL])?.metadata.labels?.[POD_LABEL];
  return label?.startsWith(prefix) ? label.slice(prefix.length) : label;
}

function revisionOf(set: DaemonSet | StatefulSet, hash: string): ControllerRevision {
  const { name, namespace } = set.metadata;
  const label = set.kind === 'DaemonSet' ? POD_LABEL : STATEFUL_LABEL;
  return {
    apiVersion: 'apps/v1',
    kind: 'ControllerRevision',
    metadata: {
      name: `${name}-${hash}`,
      ...(namespace === undefined ? {} : { namespace }),
      labels: { ...set.spec.template.metadata?.labels, [label]: hash },
      ownerReferences: [controllerRefTo(set)],
    },
    data: { spec: { template: { $patch: 'replace', ...set.spec.template } } },
    revision: 1,
  };
}
