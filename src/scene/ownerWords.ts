// What the card of an owner says: how much it wants and has, in the words of its kind, and what it is doing about what is missing.
import { Late } from '../base/late.ts';
import type { CronJob, Job } from '../kube/kinds/job.ts';
import { endOf } from '../kube/kinds/job.ts';
import { isPodActive, isPodReady } from '../kube/kinds/pod.ts';
import type { StatefulSet } from '../kube/kinds/statefulSet.ts';
import { conditionOf } from '../kube/meta.ts';
import { clock, type SceneMessages } from './captions.ts';
import { HAND_OWNER, type OwnerGlyph, type PodGlyph, podsUnder, readyCount } from './glyphs.ts';
import { isNodeLost } from './podState.ts';
import type * as scalers from './scalers.ts';

/** Of owners that an autoscaler scales. */
export const scalerWords = new Late<Pick<typeof scalers, 'measureText' | 'loadText'>>('scaling');

/** "wants 5," "ready 3": the second part may be a matter of concern. */
export interface CountWords {
  readonly first: string;
  readonly second: string;
  readonly isAlarm: boolean;
}

export function countWords(owner: OwnerGlyph, messages: SceneMessages): CountWords {
  const { kind, wants, object } = owner;
  if (kind === 'Job') return jobCount(owner, object as Job, messages);
  if (kind === 'CronJob') return cronCount(owner, object as CronJob, messages);
  const pods = podsUnder(owner);
  const ready = readyCount(owner);
  const isDaemon = kind === 'DaemonSet';
  // A daemon on a node that does not answer is not wanted there any more, and still it is missing.
  const isShort = ready < (isDaemon ? pods.length : wants) && pods.some(({ pod }) => pod.status.phase !== 'Pending');
  const first = isDaemon ? messages.perNode : messages.wantsPart(wants);
  return { first, second: messages.readyPart(ready), isAlarm: isShort && hasTrouble(pods) };
}

export function countText(owner: OwnerGlyph, messages: SceneMessages): string {
  if (owner.kind === HAND_OWNER) return messages.noCutter;
  const { first, second } = countWords(owner, messages);
  return second ? `${first} ${second}` : first;
}

function jobCount({ pods }: OwnerGlyph, { spec, status }: Job, messages: SceneMessages): CountWords {
  const succeeded = status?.succeeded ?? 0;
  const active = pods.filter(({ pod }) => isPodActive(pod)).length;
  const isOver = endOf({ status: status ?? {} } as Job) !== undefined;
  const done = messages.jobDone(succeeded, spec.completions);
  return isOver || active === 0
    ? { first: done, second: '', isAlarm: false }
    : { first: `${done},`, second: messages.jobRunning(active), isAlarm: false };
}

function cronCount({ nextMs }: OwnerGlyph, { spec }: CronJob, messages: SceneMessages): CountWords {
  const second = spec.suspend ? messages.suspended : nextMs === undefined ? '' : messages.nextRun(clock(nextMs));
  return { first: second ? `${spec.schedule},` : spec.schedule, second, isAlarm: false };
}

function hasTrouble(pods: readonly PodGlyph[]): boolean {
  return pods.some(
    ({ pod, node }) =>
      pod.status.phase === 'Failed' ||
      (pod.spec.nodeName !== undefined && isNodeLost(node)) ||
      (pod.status.containerStatuses ?? []).some(({ state }) => state.waiting?.reason === 'CrashLoopBackOff'),
  );
}

/** What the owner does about the pods it lost, in words. */
export function noteFor(owner: OwnerGlyph, messages: SceneMessages): string | undefined {
  switch (owner.kind) {
    case HAND_OWNER:
      return messages.nobodyReplaces(owner.pods.length);
    case 'StatefulSet':
      return waits(owner, messages);
    case 'DaemonSet':
      return owner.pods.some(({ pod, node }) => pod.spec.nodeName && isNodeLost(node)) ? messages.staysWithItsNode : undefined;
    case 'Job':
      return jobNote(owner.object as Job, messages);
    case 'CronJob':
      return lastRun(owner, messages);
    default:
      return replacements(owner, messages) ?? scalerNote(owner, messages);
  }
}

function scalerNote({ scaler }: OwnerGlyph, messages: SceneMessages): string | undefined {
  return scaler && `HPA ${messages.scaler.range(scaler.min, scaler.max)}, ${scalerWords.get().measureText(scaler, messages)}`;
}

function replacements(owner: OwnerGlyph, messages: SceneMessages): string | undefined {
  const pods = podsUnder(owner);
  const going = pods.filter(({ pod, node }) => pod.metadata.deletionTimestamp !== undefined && pod.spec.nodeName && isNodeLost(node));
  const cut = pods.length - owner.wants;
  return going.length > 0 && cut > 0 ? messages.replacementsCut(Math.min(cut, going.length)) : undefined;
}

/** A name is free only when its pod is gone for certain; and in order, each waits for the one before it. */
function waits({ places, wants, object }: OwnerGlyph, messages: SceneMessages): string | undefined {
  const { spec, status } = object as StatefulSet;
  const sockets = places.slice(0, wants);
  const stuck = sockets.find(({ pod }) => pod?.pod.metadata.deletionTimestamp !== undefined && isNodeLost(pod.node));
  if (stuck) return messages.waitsFor(stuck.name);
  if (spec.podManagementPolicy === 'Parallel') return undefined;
  const isServing = (pod: PodGlyph | undefined) => pod !== undefined && isPodReady(pod.pod) && !pod.pod.metadata.deletionTimestamp;
  const isUpdating = status?.updateRevision !== undefined && status.updateRevision !== status.currentRevision;
  const first = sockets.findIndex(({ pod }) => !isServing(pod));
  if (first < 0) return undefined;
  const isHoldingUp = isUpdating || sockets.slice(first + 1).some(({ pod }) => pod === undefined);
  return isHoldingUp ? messages.waitsFor((sockets[first] as (typeof sockets)[number]).name) : undefined;
}

function jobNote(job: Job, messages: SceneMessages): string | undefined {
  const { spec, status } = job;
  const ended = endOf({ ...job, status: status ?? {} });
  if (ended === 'Complete') return messages.jobComplete;
  if (ended === 'Failed') return messages.jobFailed(conditionOf(status.conditions, 'Failed')?.reason ?? '');
  if (spec.suspend) return messages.suspended;
  const failed = status?.failed ?? 0;
  if (failed === 0) return undefined;
  const perIndex = spec.backoffLimitPerIndex;
  return messages.triesFailed(failed, perIndex ?? spec.backoffLimit ?? 6, perIndex !== undefined);
}

function lastRun({ parts }: OwnerGlyph, messages: SceneMessages): string | undefined {
  const ended = parts.find(({ object }) => object && endOf(object as Job));
  if (!ended) return undefined;
  const isComplete = endOf(ended.object as Job) === 'Complete';
  return messages.lastRun(ended.name, isComplete ? messages.jobComplete : messages.jobFailed(''));
}
