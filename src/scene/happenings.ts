// What happened, in one sentence per change that matters to somebody who listens. Loaded after the first picture.
import type { Node } from '../kube/kinds/node.ts';
import { isPodReady, type Pod } from '../kube/kinds/pod.ts';
import { type Change, conditionOf, type KubeObject } from '../kube/meta.ts';
import type { SceneMessages } from './captions.ts';
import type { Looks } from './looks.ts';
import { whyTakenAway } from './takenAway.ts';

/** What is said of a change. Of several at once the gravest is said. */
export interface Sentence {
  readonly text: string;
  readonly isGrave: boolean;
}

type Happening = Parameters<SceneMessages['event']>;

const GRAVE: ReadonlySet<Happening[0]> = new Set([
  'crashed',
  'evicted',
  'preempted',
  'lost',
  'found',
  'cordoned',
  'edited',
  'podEdited',
  'failed',
]);

/** One sentence about a change, or undefined for one that need not be said. */
export function sentenceFor(change: Change, looks: Looks, messages: SceneMessages): Sentence | undefined {
  const happening = happeningOf(change, looks);
  return happening && { text: messages.event(...happening), isGrave: GRAVE.has(happening[0]) };
}

function happeningOf({ table, before, after, key, seq }: Change, looks: Looks): Happening | undefined {
  if (table === 'Pod') return podHappening(before as Pod | undefined, after as Pod | undefined);
  if (!before || !after) return undefined;
  const { name } = after.metadata;
  if (table === 'Node') {
    const [was, is] = [before, after].map(readyOf);
    if (was !== is) return is === 'Unknown' ? ['lost', name, ''] : was === 'Unknown' ? ['found', name, ''] : undefined;
    return isCordoned(before) === isCordoned(after) ? undefined : [isCordoned(after) ? 'cordoned' : 'uncordoned', name, ''];
  }
  const held = looks.templatesOf(key, seq);
  const last = held.at(-1);
  return held.length > 1 && last?.seq === seq ? ['edited', name, looks.ofHash(last.hash).letter] : undefined;
}

const readyOf = ({ status }: KubeObject) => conditionOf((status as { conditions?: [] } | undefined)?.conditions, 'Ready')?.status;

const isCordoned = ({ spec }: KubeObject) => (spec as Node['spec']).unschedulable === true;

function podHappening(before: Pod | undefined, after: Pod | undefined): Happening | undefined {
  if (!after) return before && ['gone', before.metadata.name, ''];
  const { name } = after.metadata;
  if (!before) return ['cut', name, ''];
  if (after.status.reason === 'Evicted' && before.status.reason !== 'Evicted') return ['evicted', name, after.spec.nodeName ?? ''];
  if (after.metadata.deletionTimestamp && !before.metadata.deletionTimestamp)
    return [whyTakenAway(after) ?? 'terminating', name, after.spec.nodeName ?? ''];
  if (after.spec.nodeName && !before.spec.nodeName) return ['bound', name, after.spec.nodeName];
  if (isPodReady(after) && !isPodReady(before)) return ['ready', name, ''];
  if (hasCrashed(after) && !hasCrashed(before)) return ['crashed', name, ''];
  if (imagesOf(after) !== imagesOf(before)) return ['podEdited', name, ''];
  if (restartsOf(after) > restartsOf(before)) return ['restarted', name, ''];
  const { phase } = after.status;
  // One that is deleted has not come to its end by itself.
  if (phase === before.status.phase || after.metadata.deletionTimestamp) return undefined;
  return phase === 'Succeeded' ? ['succeeded', name, ''] : phase === 'Failed' ? ['failed', name, ''] : undefined;
}

const imagesOf = ({ spec }: Pod): string => spec.containers.map(({ image }) => image).join();
const restartsOf = ({ status }: Pod): number => (status.containerStatuses ?? []).reduce((sum, { restartCount }) => sum + restartCount, 0);

/** A container ended badly and is to be started again. It is told as waiting only after a while, often not before it starts. */
function hasCrashed({ metadata, status }: Pod): boolean {
  if (metadata.deletionTimestamp || status.phase !== 'Running') return false;
  return (status.containerStatuses ?? []).some(({ state, lastState }) => {
    const end = state.terminated ?? (state.waiting?.reason === 'CrashLoopBackOff' ? lastState?.terminated : undefined);
    return end !== undefined && end.exitCode !== 0;
  });
}
