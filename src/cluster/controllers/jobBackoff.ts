// How long a Job waits before it makes another pod after failures: 10 s, doubled with each, ten minutes at most.
// Models pkg/controller/job/backoff_utils.go.
import type { Pod } from '../../kube/kinds/pod.ts';
import { allFailuresOf, endedMs } from './jobPods.ts';

const BACKOFF_FIRST_MS = 10_000;
const BACKOFF_LAST_MS = 600_000;

export interface BackoffRecord {
  /** Failures since the last success. */
  readonly failures: number;
  readonly lastFailureMs: number;
}

/** The record after these pods have ended: a success wipes out what failed before it. */
export function recordAfter(
  record: BackoffRecord | undefined,
  succeeded: readonly Pod[],
  failed: readonly Pod[],
): BackoffRecord | undefined {
  const failures = failed.map(endedMs);
  if (succeeded.length === 0) {
    if (failures.length === 0) return record;
    return { failures: (record?.failures ?? 0) + failures.length, lastFailureMs: Math.max(...failures) };
  }
  const lastSuccessMs = Math.max(...succeeded.map(endedMs));
  const later = failures.filter((ms) => ms > lastSuccessMs);
  return later.length === 0 ? undefined : { failures: later.length, lastFailureMs: Math.max(...later) };
}

export function remainingMs(record: BackoffRecord | undefined, nowMs: number): number {
  if (!record) return 0;
  const backoffMs = Math.min(BACKOFF_LAST_MS, BACKOFF_FIRST_MS * 2 ** (record.failures - 1));
  return Math.max(0, record.lastFailureMs + backoffMs - nowMs);
}

/** The same for one index, by the failed pod that waits to be replaced. */
export function remainingMsOfIndex(failed: Pod | undefined, nowMs: number): number {
  return failed ? remainingMs({ failures: allFailuresOf(failed) + 1, lastFailureMs: endedMs(failed) }, nowMs) : 0;
}
