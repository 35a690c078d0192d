// For tests: a small world written change by change, without a cluster, so that a picture can be asked of any moment of it.
import type { Deployment } from '../kube/kinds/deployment.ts';
import type { Node } from '../kube/kinds/node.ts';
import type { Pod, PodTemplateSpec } from '../kube/kinds/pod.ts';
import type { ReplicaSet } from '../kube/kinds/replicaSet.ts';
import { type Change, controllerRefTo, type KubeObject, keyOf, toTimestamp } from '../kube/meta.ts';
import { History } from '../sim/history.ts';
import { Looks } from './looks.ts';
import { readScene, type Scene } from './scene.ts';

type Owner = ReplicaSet | Deployment;

export class TestWorld {
  readonly history = new History<KubeObject>();
  readonly looks = new Looks();
  nowMs = 0;
  private count = 0;

  get changes(): readonly Change[] {
    return this.history.changes;
  }

  scene(): Scene {
    this.looks.read(this.changes);
    return readScene({ snapshot: this.history.now(this.nowMs), looks: this.looks });
  }

  put<T extends KubeObject>(object: T, verb = 'update'): T {
    this.history.write({ atMs: this.nowMs, actor: 'test', verb, table: object.kind, key: keyOf(object), after: object, cause: undefined });
    return object;
  }

  remove(object: KubeObject): void {
    const { kind } = object;
    this.history.write({
      atMs: this.nowMs,
      actor: 'test',
      verb: 'delete',
      table: kind,
      key: keyOf(object),
      after: undefined,
      cause: undefined,
    });
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

  private make<T extends KubeObject>(object: T): T {
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
