// How long a DaemonSet waits before it deletes the next failed daemon of a node: 1 s, 2 s, 4 s …, 15 minutes at most.
// Models staging/src/k8s.io/client-go/util/flowcontrol/backoff.go as pkg/controller/daemon/daemon_controller.go uses it.

const FIRST_MS = 1000;
const LAST_MS = 900_000;
/** After this time without a failure all is forgiven. */
const FORGIVEN_AFTER_MS = 2 * LAST_MS;

/** When a node's daemon was last deleted for having failed, and how long the next one has to wait. */
interface Backoff {
  readonly lastMs: number;
  readonly delayMs: number;
}

export type Backoffs = Map<string, Backoff>;

/** How long to wait; 0 if there is no reason to. Whoever comes too early waits the whole time once more. */
export function backoffLeftMs(backoffs: Backoffs, id: string, nowMs: number): number {
  const known = backoffs.get(id);
  return known && nowMs - known.lastMs < known.delayMs ? known.delayMs : 0;
}

export function beginBackoff(backoffs: Backoffs, id: string, nowMs: number): void {
  const known = backoffs.get(id);
  const isKnown = known !== undefined && nowMs - known.lastMs <= FORGIVEN_AFTER_MS;
  if (!known) for (const [other, { lastMs }] of backoffs) if (nowMs - lastMs > FORGIVEN_AFTER_MS) backoffs.delete(other);
  backoffs.set(id, { lastMs: nowMs, delayMs: isKnown ? Math.min(LAST_MS, known.delayMs * 2) : FIRST_MS });
}
