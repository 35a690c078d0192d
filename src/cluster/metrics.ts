// What pods use of their machines, as a metrics server would tell: nothing here runs for real, so the load of an owner of pods is
// what a person set it to, shared by those of its pods that serve. Until somebody sets one, there is no metrics server at all.
// Models what pkg/controller/podautoscaler/metrics/client.go sees. Leaves out memory, and metrics of an application's own.
import { isPodReady, type Pod } from '../kube/kinds/pod.ts';
import { controllerOf, type Key, type KubeObject, keyReferred, partsOf } from '../kube/meta.ts';
import type { ApiServer } from './apiServer.ts';

/** A process that has nothing to do. */
const IDLE_CPU_MILLI = 1;

export class Metrics {
  private readonly api: ApiServer;
  /** The work of an owner in all, in thousandths of a CPU. */
  private loads = new Map<Key, number>();

  constructor(api: ApiServer) {
    this.api = api;
  }

  /** Whether anybody measures anything. */
  get isServed(): boolean {
    return this.loads.size > 0;
  }

  /** Gives the pods of an owner so much work to share. */
  setLoad(owner: Key, cpuMilli: number): void {
    this.loads.set(owner, Math.max(0, cpuMilli));
  }

  loadOf(owner: Key): number | undefined {
    return this.loads.get(owner);
  }

  /** What each of the pods that run uses, by name; undefined where nobody measures. */
  cpuMilliOf(pods: readonly Pod[]): ReadonlyMap<string, number> | undefined {
    if (!this.isServed) return undefined;
    const shares = new Map<Key, number>();
    const used = new Map<string, number>();
    for (const pod of pods) {
      if (pod.status.phase !== 'Running') continue;
      const owner = isServing(pod) ? this.loadedOwner(pod) : undefined;
      if (owner && !shares.has(owner)) shares.set(owner, this.shareOf(owner));
      used.set(pod.metadata.name, (owner === undefined ? undefined : shares.get(owner)) ?? IDLE_CPU_MILLI);
    }
    return used;
  }

  /** What each serving pod of an owner uses. */
  private shareOf(owner: Key): number {
    const { kind, namespace, name } = partsOf(owner);
    const serving = this.podsBelow(this.api.get(kind, namespace, name)).filter(isServing).length;
    return Math.max(IDLE_CPU_MILLI, Math.round((this.loads.get(owner) ?? 0) / Math.max(1, serving)));
  }

  private podsBelow(owner: KubeObject | undefined): readonly Pod[] {
    const owned = owner ? this.api.owned(owner.metadata.uid ?? '') : [];
    return owned.flatMap((object) => (object.kind === 'Pod' ? [object as Pod] : this.podsBelow(object)));
  }

  /** The nearest of a pod's owners that has a load. */
  private loadedOwner(pod: Pod): Key | undefined {
    for (let object: KubeObject | undefined = pod; object; ) {
      const owner = controllerOf(object);
      if (!owner) return undefined;
      const key = keyReferred(owner, pod.metadata.namespace);
      if (this.loads.has(key)) return key;
      object = this.api.getByKey(key);
    }
    return undefined;
  }

  save(): ReadonlyMap<Key, number> {
    return new Map(this.loads);
  }

  load(saved: ReadonlyMap<Key, number>): void {
    this.loads = new Map(saved);
  }
}

function isServing(pod: Pod): boolean {
  return isPodReady(pod) && pod.metadata.deletionTimestamp === undefined;
}
