// One step back in time.
import type { Change } from '../kube/meta.ts';
import { isVisible } from './selectors.ts';

/** The moment of the change before the last one shown: going there takes that one back. */
export function momentBefore(changes: readonly Change[], seq: number): number {
  let at = seq - 1;
  const isPassed = (change: Change, lastMs: number | undefined) => !isVisible(change) || change.atMs === lastMs;
  while (at >= 0 && isPassed(changes[at] as Change, undefined)) at--;
  const lastMs = changes[at]?.atMs;
  while (at >= 0 && isPassed(changes[at] as Change, lastMs)) at--;
  return changes[at]?.atMs ?? 0;
}
