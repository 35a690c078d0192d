// What happens inside a pod, in one sentence per change, for those who listen.
import { type Disk, POD_INSIDE, type PodInside } from '../../kube/inside.ts';
import { type ContainerStatus, isPodReady, type Pod } from '../../kube/kinds/pod.ts';
import type { Change, Key } from '../../kube/meta.ts';
import type { Sentence } from '../happenings.ts';
import { statusesOf } from './motion.ts';
import type { InsideWords } from './words.ts';

type Happening = Parameters<InsideWords['event']>;

const GRAVE: ReadonlySet<Happening[0]> = new Set(['ended', 'restarted', 'removed', 'refused', 'stopping', 'hook', 'term']);

/** One sentence about a change to this pod or within it, or undefined for one that need not be said. */
export function insideSentence(change: Change, pod: Key, words: InsideWords): Sentence | undefined {
  const happening = happeningOf(change, pod, words);
  return happening && { text: words.event(...happening), isGrave: GRAVE.has(happening[0]) };
}

function happeningOf({ table, key, before, after }: Change, pod: Key, words: InsideWords): Happening | undefined {
  if (key === pod) return podHappening(before as Pod | undefined, after as Pod | undefined, words);
  if (table !== POD_INSIDE || !before || !after || !isSameName(key, pod)) return undefined;
  return recordHappening(before as PodInside, after as PodInside);
}

/** The record's key has the pod's namespace and name. */
function isSameName(key: Key, pod: Key): boolean {
  return key.slice(key.indexOf('/')) === pod.slice(pod.indexOf('/'));
}

function podHappening(before: Pod | undefined, after: Pod | undefined, words: InsideWords): Happening | undefined {
  if (!before || !after) return undefined;
  if (after.metadata.deletionTimestamp && !before.metadata.deletionTimestamp) return ['stopping', after.metadata.name, ''];
  const was = new Map(statusesOf(before).map((status) => [status.name, status]));
  for (const status of statusesOf(after)) {
    const happening = statusHappening(was.get(status.name), status, words);
    if (happening) return happening;
  }
  if (isPodReady(after) !== isPodReady(before)) return [isPodReady(after) ? 'ready' : 'notReady', after.metadata.name, ''];
  return undefined;
}

function statusHappening(before: ContainerStatus | undefined, after: ContainerStatus, words: InsideWords): Happening | undefined {
  const { name, state, restartCount } = after;
  if (restartCount > (before?.restartCount ?? 0)) {
    const last = after.lastState.terminated;
    return ['restarted', name, last ? words.exit(last.exitCode, last.reason) : ''];
  }
  if (state.running && !before?.state.running) return ['started', name, ''];
  if (state.terminated && !before?.state.terminated) return ['ended', name, words.exit(state.terminated.exitCode, state.terminated.reason)];
  return undefined;
}

function recordHappening(before: PodInside, after: PodInside): Happening | undefined {
  const request = after.requests.at(-1);
  if (request && request !== before.requests.at(-1)) {
    const isRefused = request.status === 0 || request.status >= 400;
    return [isRefused ? 'refused' : 'answered', request.container, `:${request.port}${request.path} ${request.status || ''}`.trim()];
  }
  const sent = after.sent?.at(-1);
  if (sent && sent !== before.sent?.at(-1)) {
    return ['asked', sent.container, `${sent.to}${sent.path} ${sent.status || ''}`.trim()];
  }
  for (const { name, ending } of Object.values(after.containers)) {
    const isNew = ending !== before.containers[name]?.ending;
    if (isNew && (ending === 'hook' || ending === 'term')) return [ending, name, ''];
  }
  for (const [volume, disk] of Object.entries(after.volumes)) {
    const old = before.volumes[volume];
    if (old === disk) continue;
    const written = old && writtenFile(old, disk);
    if (written) return ['wrote', written, volume];
    const removed = old && [...old.keys()].find((path) => !disk.has(path));
    if (removed) return ['removed', removed.slice(1), volume];
  }
  return undefined;
}

function writtenFile(before: Disk, after: Disk): string | undefined {
  for (const [path, entry] of after) if (entry.type === 'file' && before.get(path) !== entry) return path.slice(1);
  return undefined;
}
