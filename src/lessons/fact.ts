// A fact: what may be true of a world, as plain data, so that a lesson file can hold it. Goals and the answers of predictions are
// facts; what a lesson claims is therefore checked against what the simulation did, never against a written key.
import { isPodReady, type Pod } from '../kube/kinds/pod.ts';
import { glanceAt } from '../kube/kinds/podGlance.ts';
import { controllerOf, type KubeObject, type Snapshot } from '../kube/meta.ts';
import { type FileFact, isFileSo, isPrinted, type LogFact } from './insideFact.ts';

/** What happened from one moment to another. */
export interface Outcome {
  readonly before: Snapshot;
  readonly after: Snapshot;
  /** Every moment in between at which something changed, `after` included. */
  moments(): Iterable<Snapshot>;
}

/** Exactly so many, or at least and at most. */
export type Range = number | { readonly min?: number; readonly max?: number };

/** Which pods are meant: those for which all of this holds. */
export interface PodFilter {
  readonly name?: string;
  readonly labels?: Readonly<Record<string, string>>;
  /** `ReplicaSet` or `ReplicaSet/web`; `none` for a pod that nobody owns. */
  readonly owner?: string;
  readonly image?: string;
  /** The node's name; `none` for a pod without one. */
  readonly node?: string;
  /** The word of kubectl's STATUS column: `Running`, `Pending`, `CrashLoopBackOff`. */
  readonly status?: string;
  readonly ready?: boolean;
  readonly restarts?: Range;
  /** Whether the pod stood before, by its uid, or is new. */
  readonly born?: 'before' | 'after';
  /** Whether it has the IP, and stands on the node, that it had before. */
  readonly sameIP?: boolean;
  readonly sameNode?: boolean;
  /** What its containers printed, and what a file in one of them holds. */
  readonly log?: LogFact;
  readonly file?: FileFact;
}

export type Fact =
  | { readonly type: 'pods'; readonly pods: PodFilter; readonly count: Range }
  | {
      readonly type: 'object';
      readonly kind: string;
      readonly name: string;
      /** `spec.replicas`; without one the fact is that the object is there. */
      readonly path?: readonly string[];
      readonly is?: unknown;
    }
  | { readonly type: 'all' | 'any'; readonly facts: readonly Fact[] }
  | { readonly type: 'not' | 'ever' | 'always'; readonly fact: Fact };

export function isTrue(fact: Fact, outcome: Outcome): boolean {
  switch (fact.type) {
    case 'pods':
      return isIn(fact.count, podsOf(fact.pods, outcome).length);
    case 'object':
      return isObjectSo(fact, outcome.after);
    case 'all':
      return fact.facts.every((each) => isTrue(each, outcome));
    case 'any':
      return fact.facts.some((each) => isTrue(each, outcome));
    case 'not':
      return !isTrue(fact.fact, outcome);
    case 'ever':
      return someMoment(outcome, (moment) => isTrue(fact.fact, moment));
    case 'always':
      return !someMoment(outcome, (moment) => !isTrue(fact.fact, moment));
  }
}

/** The pods of the later moment that are meant. */
export function podsOf(filter: PodFilter, { before, after }: Pick<Outcome, 'before' | 'after'>): readonly Pod[] {
  const earlier = new Map(before.list('Pod').map((pod) => [pod.metadata.uid, pod as Pod]));
  const { log, file } = filter;
  return (after.list('Pod') as readonly Pod[]).filter(
    (pod) =>
      isMeant(pod, filter, earlier.get(pod.metadata.uid)) &&
      (log === undefined || isPrinted(log, pod, after)) &&
      (file === undefined || isFileSo(file, pod, after)),
  );
}

function isMeant(pod: Pod, filter: PodFilter, earlier: Pod | undefined): boolean {
  const { name, labels, owner, image, node, status, ready, restarts, born, sameIP, sameNode } = filter;
  return (
    (name === undefined || pod.metadata.name === name) &&
    Object.entries(labels ?? {}).every(([key, value]) => pod.metadata.labels?.[key] === value) &&
    (owner === undefined || isOwnedBy(pod, owner)) &&
    (image === undefined || pod.spec.containers.some((container) => container.image === image)) &&
    (node === undefined || (pod.spec.nodeName ?? NONE) === node) &&
    (status === undefined || glanceAt(pod).status === status) &&
    (ready === undefined || isPodReady(pod) === ready) &&
    (restarts === undefined || isIn(restarts, glanceAt(pod).restartCount)) &&
    (born === undefined || (born === 'before') === (earlier !== undefined)) &&
    (sameIP === undefined || (earlier !== undefined && earlier.status.podIP === pod.status.podIP) === sameIP) &&
    (sameNode === undefined || (earlier !== undefined && earlier.spec.nodeName === pod.spec.nodeName) === sameNode)
  );
}

const NONE = 'none';

function isOwnedBy(pod: Pod, owner: string): boolean {
  const controller = controllerOf(pod);
  if (!controller) return owner === NONE;
  return owner === controller.kind || owner === `${controller.kind}/${controller.name}`;
}

function isObjectSo({ kind, name, path, is }: Extract<Fact, { type: 'object' }>, snapshot: Snapshot): boolean {
  const object = snapshot.list(kind).find(({ metadata }) => metadata.name === name);
  if (!object || !path) return object !== undefined;
  const value = path.reduce<unknown>((at, key) => (at as Readonly<Record<string, unknown>> | undefined)?.[key], object as KubeObject);
  return is === undefined ? value !== undefined : value === is;
}

function isIn(range: Range, count: number): boolean {
  if (typeof range === 'number') return count === range;
  return count >= (range.min ?? 0) && count <= (range.max ?? Number.POSITIVE_INFINITY);
}

function someMoment(outcome: Outcome, isSo: (moment: Outcome) => boolean): boolean {
  for (const after of outcome.moments()) if (isSo({ before: outcome.before, after, moments: () => [after] })) return true;
  return false;
}
