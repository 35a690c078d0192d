// What the timeline marks: the few moments worth going back to, told from the log and from what was asked.
import type { LoggedIntent } from '../cluster/intents.ts';
import type { Deployment } from '../kube/kinds/deployment.ts';
import { endOf, type Job } from '../kube/kinds/job.ts';
import type { Node } from '../kube/kinds/node.ts';
import type { Pod } from '../kube/kinds/pod.ts';
import { type Change, conditionOf, controllerOf, type Key, type KubeObject } from '../kube/meta.ts';
import { type Looks, templateOf } from '../scene/looks.ts';
import type { Look } from '../scene/podRecord.ts';

export type MarkerType =
  /** Not yet: what a lesson's question is about. */
  | 'comes'
  | 'cut'
  | 'templateEdited'
  | 'rolloutStarts'
  | 'rolloutFinished'
  | 'scaled'
  | 'deleted'
  | 'nodeSilent'
  | 'nodeBack'
  | 'nodeAdded'
  | 'notReady'
  | 'ready'
  | 'cordoned'
  | 'uncordoned'
  | 'evicted'
  | 'apiEvicted'
  | 'preempted'
  | 'jobComplete'
  | 'jobFailed'
  | 'crashed';

export interface Marker {
  readonly atMs: number;
  readonly type: MarkerType;
  readonly key: Key;
  readonly name: string;
  /** Pods cut, or the replicas scaled to. */
  count: number;
  /** The template it is about. */
  readonly look?: Look;
}

/** Changes of one kind closer together than this are one marker. */
const BURST_MS = 2000;

export class Markers {
  readonly list: Marker[] = [];
  private readCount = 0;
  private intentCount = 0;
  private readonly seen = new Set<string>();
  private readonly rolling = new Set<Key>();
  /** The first cookies, by the owner that has no owner. */
  private readonly cuts = new Map<string, Marker>();

  read(changes: readonly Change[], intents: readonly LoggedIntent[], looks: Looks): void {
    for (; this.readCount < changes.length; this.readCount++) this.readChange(changes[this.readCount] as Change, looks);
    for (; this.intentCount < intents.length; this.intentCount++) this.readIntent(intents[this.intentCount] as LoggedIntent);
  }

  private add(marker: Marker): void {
    let at = this.list.length;
    while (at > 0 && (this.list[at - 1] as Marker).atMs > marker.atMs) at--;
    this.list.splice(at, 0, marker);
  }

  private readIntent({ intent, atMs }: LoggedIntent): void {
    if (intent.type === 'failNode') this.add({ atMs, type: 'nodeSilent', key: `Node//${intent.name}`, name: intent.name, count: 1 });
    if (intent.type === 'recoverNode') this.add({ atMs, type: 'nodeBack', key: `Node//${intent.name}`, name: intent.name, count: 1 });
    if (intent.type === 'addNode') {
      this.add({ atMs, type: 'nodeAdded', key: `Node//${intent.machine.name}`, name: intent.machine.name, count: 1 });
    }
  }

  private readChange(change: Change, looks: Looks): void {
    const { table, before, after } = change;
    if (table === 'Pod') this.readPod(change, looks);
    else if (table === 'Node' && before && after) this.readNode(change, before as Node, after as Node);
    else if (templateOf(after ?? before)) this.readOwner(change, looks);
  }

  private readPod(change: Change, looks: Looks): void {
    const { before, after, atMs, key, actor } = change;
    if (!before && after) return this.readCut(change, after, looks);
    const wasDeleted = before && !before.metadata.deletionTimestamp && (!after || after.metadata.deletionTimestamp);
    const target = wasDeleted ? disruptionOf(after ?? before) : undefined;
    if (wasDeleted && target) this.burst({ atMs, type: target, key, name: shortName(before), count: 1 });
    else if (wasDeleted && actor === 'user')
      this.burst({ atMs, type: 'deleted', key, name: shortName(before), count: 1, look: looks.ofPod(before) });
    if (wasDeleted && actor.includes('taint')) this.burst({ atMs, type: 'evicted', key, name: shortName(before), count: 1 });
    // What its containers ended with is not their own doing.
    if (before && reasonOf(after) === 'Evicted') {
      if (reasonOf(before) !== 'Evicted') this.burst({ atMs, type: 'apiEvicted', key, name: shortName(before), count: 1 });
    } else if (before && after && !this.seen.has(`crash ${after.metadata.uid}`) && crashes(after as Pod) > crashes(before as Pod)) {
      this.seen.add(`crash ${after.metadata.uid}`);
      this.burst({ atMs, type: 'crashed', key, name: shortName(after), count: 1 });
    }
  }

  /** The first cookies of an owner; those after them are told by what made them be cut. */
  private readCut({ atMs, key }: Change, pod: KubeObject, looks: Looks): void {
    const owner = controllerOf(pod);
    const root = owner ? `${owner.kind} ${rootNameOf(pod, owner.name)}` : key;
    const first = this.cuts.get(root);
    if (first) {
      if (atMs - first.atMs < BURST_MS) first.count++;
      return;
    }
    const marker: Marker = { atMs, type: 'cut', key, name: shortName(pod), count: 1, look: looks.ofPod(pod) };
    this.cuts.set(root, marker);
    this.add(marker);
  }

  private readNode({ atMs, key }: Change, before: Node, after: Node): void {
    const was = conditionOf(before.status.conditions, 'Ready')?.status;
    const is = conditionOf(after.status.conditions, 'Ready')?.status;
    const { name } = after.metadata;
    if (was === 'True' && is !== 'True') this.add({ atMs, type: 'notReady', key, name, count: 1 });
    if (was === 'Unknown' && is === 'True') this.add({ atMs, type: 'ready', key, name, count: 1 });
    if (!before.spec.unschedulable && after.spec.unschedulable) this.add({ atMs, type: 'cordoned', key, name, count: 1 });
    if (before.spec.unschedulable && !after.spec.unschedulable) this.add({ atMs, type: 'uncordoned', key, name, count: 1 });
  }

  private readOwner({ before, after, atMs, key, actor }: Change, looks: Looks): void {
    if (controllerOf((after ?? before) as KubeObject)) return;
    if (!after) {
      if (actor === 'user' && before) this.add({ atMs, type: 'deleted', key, name: before.metadata.name, count: 1 });
      return;
    }
    if (!before) return;
    const { name } = after.metadata;
    const look = looks.ofTemplate(templateOf(after));
    if (looks.ofTemplate(templateOf(before)).letter !== look.letter) {
      const isDeployment = after.kind === 'Deployment';
      this.add({ atMs, type: isDeployment ? 'rolloutStarts' : 'templateEdited', key, name, count: 1, look });
      if (isDeployment) this.rolling.add(key);
    }
    if (after.kind === 'Job') this.readJob(before as Job, after as Job, atMs, key);
    const replicas = replicasOf(after);
    if (replicas !== undefined && replicas !== replicasOf(before)) this.add({ atMs, type: 'scaled', key, name, count: replicas });
    if (this.rolling.has(key) && isRolledOut(after as Deployment)) {
      this.rolling.delete(key);
      this.add({ atMs, type: 'rolloutFinished', key, name, count: 1, look });
    }
  }

  private readJob(before: Job, after: Job, atMs: number, key: Key): void {
    const end = endOf(after);
    if (end && !endOf(before))
      this.add({ atMs, type: end === 'Complete' ? 'jobComplete' : 'jobFailed', key, name: after.metadata.name, count: 1 });
  }

  /** The same kind of thing in quick succession is marked once. */
  private burst(marker: Marker): void {
    const last = this.list.findLast(({ type }) => type === marker.type);
    if (last && marker.atMs - last.atMs < BURST_MS) last.count++;
    else this.add(marker);
  }
}

/** A pod that was evicted or preempted says so; one that a taint drove away is told by who did it. */
function disruptionOf(pod: KubeObject): MarkerType | undefined {
  const reason = conditionOf((pod as Pod).status?.conditions, 'DisruptionTarget')?.reason;
  return reason === 'EvictionByEvictionAPI' ? 'apiEvicted' : reason === 'PreemptionByScheduler' ? 'preempted' : undefined;
}

function replicasOf(owner: KubeObject): number | undefined {
  return (owner.spec as { replicas?: number }).replicas;
}

function isRolledOut({ metadata, spec, status }: Deployment): boolean {
  const { observedGeneration = 0, updatedReplicas = 0, replicas = 0, availableReplicas = 0 } = status ?? {};
  return (
    observedGeneration >= (metadata.generation ?? 0) &&
    updatedReplicas === spec.replicas &&
    replicas === spec.replicas &&
    availableReplicas === spec.replicas
  );
}

function reasonOf(pod: KubeObject | undefined): string | undefined {
  return (pod as Pod | undefined)?.status?.reason;
}

function crashes(pod: Pod): number {
  let count = 0;
  for (const { state, lastState } of pod.status?.containerStatuses ?? []) {
    if ((state.terminated?.exitCode ?? 0) !== 0 && !pod.metadata.deletionTimestamp) count++;
    if ((lastState.terminated?.exitCode ?? 0) !== 0) count++;
  }
  return count;
}

/** A ReplicaSet of a Deployment is named after it, and so is a Job of a CronJob. */
export function rootNameOf(pod: KubeObject, ownerName: string): string {
  const hash = pod.metadata.labels?.['pod-template-hash'];
  if (hash && ownerName.endsWith(`-${hash}`)) return ownerName.slice(0, -hash.length - 1);
  // A CronJob names its Jobs after the minute that they were due.
  return ownerName.replace(/-\d{8,}$/, '');
}

/** What tells a pod from its siblings. */
function shortName({ metadata }: KubeObject): string {
  return metadata.generateName && metadata.name.startsWith(metadata.generateName)
    ? metadata.name.slice(metadata.generateName.length)
    : metadata.name;
}
