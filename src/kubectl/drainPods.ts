// Which pods of a node `kubectl drain` takes, and which it must not touch, with its words for both.
// Models kubectl/pkg/drain/{drain,filters}.go.
import type { Pod } from '../kube/kinds/pod.ts';
import { controllerOf, fromTimestamp, keyFor, type Snapshot } from '../kube/meta.ts';
import { CommandError } from './errors.ts';

export interface DrainOptions {
  readonly isForced: boolean;
  readonly isIgnoringDaemonSets: boolean;
  readonly isDeletingEmptyDirs: boolean;
  /** Pods whose deletion is older than this many seconds are left alone; 0 for none. */
  readonly skipAfterSeconds: number;
  isWanted(pod: Pod): boolean;
}

type Verdict =
  | { readonly type: 'delete' | 'skip' }
  | { readonly type: 'warning'; readonly isDeleted: boolean; readonly message: string }
  | { readonly type: 'error'; readonly message: string };

const DELETE: Verdict = { type: 'delete' };

export interface Drained {
  readonly pods: readonly Pod[];
  /** Each a sentence with the pods it is about. */
  readonly errors: readonly CommandError[];
  readonly warnings: string;
}

/** Sorts the pods of a node. With errors nothing may be deleted. */
export function podsToDrain(nodeName: string, options: DrainOptions, snapshot: Snapshot, nowMs: number): Drained {
  const pods: Pod[] = [];
  const warnings = new Map<string, string[]>();
  const errors = new Map<string, string[]>();
  for (const pod of podsOf(nodeName, snapshot)) {
    if (!options.isWanted(pod)) continue;
    const verdict = verdictOf(pod, options, snapshot, nowMs);
    if (verdict.type === 'delete' || (verdict.type === 'warning' && verdict.isDeleted)) pods.push(pod);
    if (verdict.type === 'warning') note(warnings, verdict.message, pod);
    if (verdict.type === 'error') note(errors, verdict.message, pod);
  }
  return {
    pods,
    errors: [...errors].map(([message, names]) => new CommandError(`${refusal(message)}: ${names.join(', ')}`)),
    warnings: [...warnings].map(([message, names]) => `${message}: ${names.join(', ')}`).join('; '),
  };
}

function podsOf(nodeName: string, snapshot: Snapshot): Pod[] {
  const pods = (snapshot.list('Pod') as readonly Pod[]).filter(({ spec }) => spec.nodeName === nodeName);
  const orderOf = ({ metadata }: Pod): string => `${metadata.namespace}/${metadata.name}`;
  return pods.sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
}

function note(list: Map<string, string[]>, message: string, { metadata }: Pod): void {
  const name = `${metadata.namespace}/${metadata.name}`;
  list.set(message, [...(list.get(message) ?? []), name]);
}

const refusal = (message: string): string => (message.toLowerCase().startsWith('cannot delete') ? message : `cannot delete ${message}`);

/** The filters in kubectl's order; a later filter's warning replaces an earlier one. */
function verdictOf(pod: Pod, options: DrainOptions, snapshot: Snapshot, nowMs: number): Verdict {
  let verdict: Verdict = DELETE;
  const filters = [ofDeleted, ofDaemonSet, ofMirror, ofLocalStorage, ofUnmanaged];
  for (const filter of filters) {
    verdict = filter(pod, options, snapshot, nowMs);
    const isDeleted = verdict.type === 'delete' || (verdict.type === 'warning' && verdict.isDeleted);
    if (!isDeleted) return verdict;
  }
  return verdict;
}

const isFinished = ({ status }: Pod): boolean => status.phase === 'Succeeded' || status.phase === 'Failed';

function ofDeleted({ metadata }: Pod, { skipAfterSeconds }: DrainOptions, _snapshot: Snapshot, nowMs: number): Verdict {
  return isLongDeleted(metadata.deletionTimestamp, skipAfterSeconds, nowMs) ? { type: 'skip' } : DELETE;
}

export function isLongDeleted(deletionTimestamp: string | undefined, skipAfterSeconds: number, nowMs: number): boolean {
  if (skipAfterSeconds <= 0 || deletionTimestamp === undefined) return false;
  return Math.trunc((nowMs - fromTimestamp(deletionTimestamp)) / 1000) > skipAfterSeconds;
}

function ofDaemonSet(pod: Pod, { isForced, isIgnoringDaemonSets }: DrainOptions, snapshot: Snapshot): Verdict {
  const owner = controllerOf(pod);
  if (owner?.kind !== 'DaemonSet' || isFinished(pod)) return DELETE;
  if (!snapshot.get('DaemonSet', keyFor('DaemonSet', pod.metadata.namespace, owner.name))) {
    const message = `daemonsets.apps "${owner.name}" not found`;
    return isForced ? { type: 'warning', isDeleted: true, message } : { type: 'error', message };
  }
  if (!isIgnoringDaemonSets) return { type: 'error', message: 'DaemonSet-managed Pods (use --ignore-daemonsets to ignore)' };
  return { type: 'warning', isDeleted: false, message: 'ignoring DaemonSet-managed Pods' };
}

function ofMirror({ metadata }: Pod): Verdict {
  return metadata.annotations?.['kubernetes.io/config.mirror'] === undefined ? DELETE : { type: 'skip' };
}

function ofLocalStorage(pod: Pod, { isDeletingEmptyDirs }: DrainOptions): Verdict {
  const isLocal = pod.spec.volumes?.some(({ emptyDir }) => emptyDir !== undefined && emptyDir !== null) ?? false;
  if (!isLocal || isFinished(pod)) return DELETE;
  if (!isDeletingEmptyDirs) return { type: 'error', message: 'Pods with local storage (use --delete-emptydir-data to override)' };
  return { type: 'warning', isDeleted: true, message: 'deleting Pods with local storage' };
}

function ofUnmanaged(pod: Pod, { isForced }: DrainOptions): Verdict {
  if (isFinished(pod) || controllerOf(pod)) return DELETE;
  if (!isForced) return { type: 'error', message: 'cannot delete Pods that declare no controller (use --force to override)' };
  return { type: 'warning', isDeleted: true, message: 'deleting Pods that declare no controller' };
}
