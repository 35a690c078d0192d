// For tests: a small world written change by change, without a cluster, so that a picture can be asked of any moment of it.
import type { DaemonSet } from '../kube/kinds/daemonSet.ts';
import type { Deployment } from '../kube/kinds/deployment.ts';
import type { Node } from '../kube/kinds/node.ts';
import type { Pod, PodTemplateSpec } from '../kube/kinds/pod.ts';
import type { ReplicaSet } from '../kube/kinds/replicaSet.ts';
import { type Change, controllerRefTo, type Key, type KubeObject, keyOf, type Snapshot, toTimestamp } from '../kube/meta.ts';
import { nextRunMs } from '../kube/schedule.ts';
import { type Scene } from './glyphs.ts';
import { Looks } from './looks.ts';
import type { LoadOf } from './scalers.ts';
import { SceneReader } from './scene.ts';

type Owner = ReplicaSet | Deployment | DaemonSet;

export class TestWorld {
  readonly changes: Change[] = [];
  readonly looks = new Looks();
  nowMs = 0;
  private count = 0;

  get seq(): number {
    return this.changes.length;
  }

  scene(reader = new SceneReader(), loadOf?: LoadOf): Scene {
    this.looks.read(this.changes);
    return reader.read({ snapshot: this.snapshot(), looks: this.looks, nextRunMs, ...(loadOf ? { loadOf } : {}) });
  }

  get<T extends KubeObject>(key: Key): T {
    return this.changes.findLast((change) => change.key === key)?.after as T;
  }

  /** Forgets what came after change number `seq`. */
  cutAfter(seq: number): void {
    this.changes.length = seq;
  }

  put<T extends KubeObject>(object: T, verb = 'update'): T {
    this.write(object, verb, object);
    return object;
  }

  remove(object: KubeObject): void {
    this.write(object, 'delete', undefined);
  }

  node(name: string, ready: 'True' | 'Unknown' = 'True'): Node {
    const status = {
      capacity: { cpu: '2', memory: '4Gi' },
      allocatable: { cpu: '1800m', memory: '3584Mi' },
      conditions: [{ type: 'Ready', status: ready, lastTransitionTime: toTimestamp(this.nowMs) }],
    };
    return this.make<Node>({ apiVersion: 'v1', kind: 'Node', metadata: { name }, spec: {}, status });
  }

  replicaSet(name: string, template: PodTemplateSpec, owner?: Deployment): ReplicaSet {
    return this.owner('ReplicaSet', name, template, owner) as ReplicaSet;
  }

  deployment(name: string, template: PodTemplateSpec): Deployment {
    return this.owner('Deployment', name, template) as Deployment;
  }

  daemonSet(name: string, template: PodTemplateSpec, desiredNumberScheduled: number): DaemonSet {
    const set = this.owner('DaemonSet', name, template) as DaemonSet;
    return this.put({ ...set, status: { desiredNumberScheduled } });
  }

  retemplate<T extends Owner>(owner: T, template: PodTemplateSpec): T {
    return this.put({ ...owner, spec: { ...owner.spec, template } });
  }

  pod(name: string, owner: Owner | undefined, nodeName?: string, status: Partial<Pod['status']> = READY): Pod {
    const spec = owner?.spec.template.spec ?? template('made by hand').spec;
    const metadata = { name, namespace: 'default', ...(owner ? { ownerReferences: [controllerRefTo(owner)] } : {}) };
    return this.make<Pod>({ apiVersion: 'v1', kind: 'Pod', metadata, spec: { ...spec, nodeName }, status });
  }

  /** What a scheduler writes. */
  bind(pod: Pod, nodeName: string): Pod {
    return this.put({ ...pod, spec: { ...pod.spec, nodeName } });
  }

  snapshot(): Snapshot {
    const tables = new Map<string, Map<Key, KubeObject>>();
    for (const { table, key, after } of this.changes) {
      const objects = tables.get(table) ?? new Map<Key, KubeObject>();
      tables.set(table, objects);
      if (after) objects.set(key, after);
      else objects.delete(key);
    }
    return {
      seq: this.seq,
      atMs: this.nowMs,
      tables: [...tables.keys()],
      get: (kind, key) => tables.get(kind)?.get(key),
      list: (kind) => [...(tables.get(kind)?.values() ?? [])],
    };
  }

  private write(object: KubeObject, verb: string, after: KubeObject | undefined): void {
    const key = keyOf(object);
    const before = this.changes.findLast((change) => change.key === key)?.after;
    this.changes.push({
      seq: this.seq + 1,
      atMs: this.nowMs,
      actor: 'test',
      verb,
      table: object.kind,
      key,
      before,
      after,
      cause: undefined,
    });
  }

  private owner(kind: string, name: string, podTemplate: PodTemplateSpec, owner?: Deployment): KubeObject {
    const metadata = { name, namespace: 'default', ...(owner ? { ownerReferences: [controllerRefTo(owner)] } : {}) };
    const spec = {
      replicas: 3,
      selector: { matchLabels: podTemplate.metadata?.labels },
      template: podTemplate,
      strategy: { type: 'RollingUpdate' },
    };
    return this.make({ apiVersion: 'apps/v1', kind, metadata, spec, status: {} });
  }

  make<T extends KubeObject>(object: T): T {
    const metadata = { ...object.metadata, uid: `uid-${++this.count}`, creationTimestamp: toTimestamp(this.nowMs) };
    return this.put({ ...object, metadata }, 'create');
  }
}

export const READY: Pod['status'] = { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] };
export const PENDING: Pod['status'] = { phase: 'Pending' };

export function template(image: string, labels: Record<string, string> = { app: 'web' }): PodTemplateSpec {
  return {
    metadata: { labels },
    spec: { containers: [{ name: 'web', image, resources: { requests: { cpu: '250m', memory: '128Mi' } } }] },
  };
}
