// What happens inside a pod, in one sentence per change, for those who listen.
import { type Disk, POD_INSIDE, type PodInside } from '../../kube/inside.ts';
import { type ContainerStatus, isPodReady, type Pod } from '../../kube/kinds/pod.ts';
import type { Change, Key } from '../../kube/meta.ts';
import { statusesOf } from './motion.ts';
import type { InsideWords } from './words.ts';

/** One sentence about a change to this pod or within it, or undefined for one that need not be said. */
export function insideSentence({ table, key, before, after }: Change, pod: Key, words: InsideWords): string | undefined {
  if (key === pod) return podSentence(before as Pod | undefined, after as Pod | undefined, words);
  if (table !== POD_INSIDE || !before || !after || !isSameName(key, pod)) return undefined;
  return recordSentence(before as PodInside, after as PodInside, words);
}

/** The record's key has the pod's namespace and name. */
function isSameName(key: Key, pod: Key): boolean {
  return key.slice(key.indexOf('/')) === pod.slice(pod.indexOf('/'));
}

function podSentence(before: Pod | undefined, after: Pod | undefined, words: InsideWords): string | undefined {
  if (!before || !after) return undefined;
  if (after.metadata.deletionTimestamp && !before.metadata.deletionTimestamp) return words.event('stopping', after.metadata.name, '');
  const was = new Map(statusesOf(before).map((status) => [status.name, status]));
  for (const status of statusesOf(after)) {
    const sentence = statusSentence(was.get(status.name), status, words);
    if (sentence) return sentence;
  }
  if (isPodReady(after) !== isPodReady(before)) return words.event(isPodReady(after) ? 'ready' : 'notReady', after.metadata.name, '');
  return undefined;
}

function statusSentence(before: ContainerStatus | undefined, after: ContainerStatus, words: InsideWords): string | undefined {
  const { name, state, restartCount } = after;
  if (restartCount > (before?.restartCount ?? 0)) {
    const last = after.lastState.terminated;
    return words.event('restarted', name, last ? words.lastRun(last.exitCode, last.reason) : '');
  }
  if (state.running && !before?.state.running) return words.event('started', name, '');
  if (state.terminated && !before?.state.terminated)
    return words.event('ended', name, words.lastRun(state.terminated.exitCode, state.terminated.reason));
  return undefined;
}

function recordSentence(before: PodInside, after: PodInside, words: InsideWords): string | undefined {
  const request = after.requests.at(-1);
  if (request && request !== before.requests.at(-1)) {
    const isRefused = request.status === 0 || request.status >= 400;
    return words.event(
      isRefused ? 'refused' : 'answered',
      request.container,
      `:${request.port}${request.path} ${request.status || ''}`.trim(),
    );
  }
  const sent = after.sent?.at(-1);
  if (sent && sent !== before.sent?.at(-1)) {
    return words.event('asked', sent.container, `${sent.to}${sent.path} ${sent.status || ''}`.trim());
  }
  for (const [volume, disk] of Object.entries(after.volumes)) {
    const old = before.volumes[volume];
    if (old === disk) continue;
    const written = old && writtenFile(old, disk);
    if (written) return words.event('wrote', written, volume);
    const removed = old && [...old.keys()].find((path) => !disk.has(path));
    if (removed) return words.event('removed', removed.slice(1), volume);
  }
  return undefined;
}

function writtenFile(before: Disk, after: Disk): string | undefined {
  for (const [path, entry] of after) if (entry.type === 'file' && before.get(path) !== entry) return path.slice(1);
  return undefined;
}
