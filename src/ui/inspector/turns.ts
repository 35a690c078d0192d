// The turns of an object's life in words: what a change made of it, or nothing where it only wrote something down.
import type { WhyMessages } from '../../i18n/language.ts';
import type { HorizontalPodAutoscaler } from '../../kube/kinds/autoscaler.ts';
import { endOf, type Job } from '../../kube/kinds/job.ts';
import type { Node } from '../../kube/kinds/node.ts';
import { isPodReady, type Pod } from '../../kube/kinds/pod.ts';
import { type Change, conditionOf, type KubeObject } from '../../kube/meta.ts';
import { type Looks, templateOf } from '../../scene/looks.ts';
import { whyTakenAway } from '../../scene/takenAway.ts';

type Words = WhyMessages['turns'];

/** A sentence about a change; undefined for one that makes no difference to a person. */
export function turnOf(change: Change, looks: Looks, words: Words): string | undefined {
  const { table, before, after } = change;
  const name = (after ?? before)?.metadata.name ?? '';
  if (table === 'Pod') return podTurn(before as Pod | undefined, after as Pod | undefined, name, looks, words);
  if (table === 'Node') return nodeTurn(before as Node | undefined, after as Node | undefined, name, words);
  if (table === 'Event') return undefined;
  const title = `${table} ${name}`;
  if (!after) return words.deleted(title);
  if (!before) return words.created(title);
  return ownerTurn(before, after, title, looks, words);
}

/** What is said of a change that must be said of, because it stands in a chain. */
export function wordsFor(change: Change, looks: Looks, words: Words): string {
  const name = (change.after ?? change.before)?.metadata.name ?? '';
  return turnOf(change, looks, words) ?? words.changed(`${change.table} ${name}`);
}

function podTurn(before: Pod | undefined, after: Pod | undefined, name: string, looks: Looks, words: Words): string | undefined {
  if (!after) return words.gone(name);
  if (!before) {
    const { letter } = looks.ofPod(after);
    return letter ? words.cut(name, letter) : words.made(name);
  }
  if (after.metadata.deletionTimestamp && !before.metadata.deletionTimestamp) {
    const why = whyTakenAway(after);
    return why === 'evicted' ? words.evicted(name) : why === 'preempted' ? words.preempted(name) : words.marked(name);
  }
  if (after.spec.nodeName && !before.spec.nodeName) return words.bound(name, after.spec.nodeName);
  return statusTurn(before, after, name, words);
}

function statusTurn(before: Pod, after: Pod, name: string, words: Words): string | undefined {
  const [was, is] = [before.status, after.status];
  if (was.phase !== is.phase && is.phase === 'Succeeded') return words.succeeded(name);
  if (was.phase !== is.phase && is.phase === 'Failed') return words.failed(name, is.reason ?? '');
  const ended = endedContainer(after);
  if (ended && ended !== endedContainer(before)) return words.ended(name, ended.reason ?? '', ended.exitCode);
  if (isPodReady(after) !== isPodReady(before)) return isPodReady(after) ? words.ready(name) : words.notReady(name);
  const restarts = ({ status }: Pod) => (status.containerStatuses ?? []).reduce((sum, { restartCount }) => sum + restartCount, 0);
  if (restarts(after) > restarts(before)) return words.restarted(name, restarts(after));
  if (was.phase !== is.phase && is.phase === 'Running') return words.started(name);
  const waiting = ({ status }: Pod) => (status.containerStatuses ?? []).find(({ state }) => state.waiting)?.state.waiting?.reason;
  const reason = waiting(after);
  if (reason && reason !== waiting(before) && reason !== 'ContainerCreating' && reason !== 'PodInitializing')
    return words.waits(name, reason);
  const refusal = conditionOf(is.conditions, 'PodScheduled');
  if (refusal?.status === 'False' && conditionOf(was.conditions, 'PodScheduled')?.message !== refusal.message)
    return words.refused(name, refusal.message ?? refusal.reason ?? '');
  return undefined;
}

/** How the container that is not there any more ended; the same object as long as it is the same end. */
function endedContainer({ status }: Pod): ContainerEnd | undefined {
  return (status.containerStatuses ?? []).find(({ state }) => state.terminated)?.state.terminated as ContainerEnd | undefined;
}

interface ContainerEnd {
  readonly exitCode: number;
  readonly reason?: string;
}

function nodeTurn(before: Node | undefined, after: Node | undefined, name: string, words: Words): string | undefined {
  if (!after) return words.deleted(`Node ${name}`);
  if (!before) return words.joined(name);
  const [was, is] = [before, after].map(({ status }) => conditionOf(status?.conditions, 'Ready')?.status);
  if (was !== is) return is === 'True' ? words.nodeReady(name) : words.nodeLost(name);
  if (Boolean(before.spec.unschedulable) !== Boolean(after.spec.unschedulable))
    return after.spec.unschedulable ? words.cordoned(name) : words.uncordoned(name);
  const taint = after.spec.taints?.find(({ key, effect }) => !before.spec.taints?.some((old) => old.key === key && old.effect === effect));
  if (taint) return words.tainted(name, `${taint.key}:${taint.effect}`);
  return (before.spec.taints?.length ?? 0) > (after.spec.taints?.length ?? 0) ? words.untainted(name) : undefined;
}

function ownerTurn(before: KubeObject, after: KubeObject, title: string, looks: Looks, words: Words): string | undefined {
  if (after.metadata.deletionTimestamp && !before.metadata.deletionTimestamp) return words.deleting(title);
  const template = templateOf(after);
  if (template && template !== templateOf(before)) {
    const look = looks.ofTemplate(template);
    if (look !== looks.ofTemplate(templateOf(before))) return words.edited(title, look.letter);
  }
  const [from, to] = [before, after].map(({ spec }) => (spec as { replicas?: number } | undefined)?.replicas);
  if (from !== undefined && to !== undefined && from !== to) return words.scaled(title, from, to);
  if (after.kind === 'Job') {
    const end = endOf(after as Job);
    if (end && !endOf(before as Job)) return end === 'Complete' ? words.complete(title) : words.jobFailed(title);
  }
  if (after.kind === 'HorizontalPodAutoscaler') {
    const [was, is] = [before, after].map((one) => (one as HorizontalPodAutoscaler).status?.desiredReplicas);
    return was !== is && is ? words.decided(title, is) : undefined;
  }
  const phase = ({ status }: KubeObject) => (status as { phase?: string } | undefined)?.phase;
  if (phase(after) !== phase(before) && phase(after)) return words.phase(title, phase(after) ?? '');
  return before.spec !== after.spec ? words.changed(title) : undefined;
}
