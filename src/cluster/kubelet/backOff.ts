// How long a kubelet waits before it tries again: a delay per container or image that doubles with each try, from when the last one
// ended. Models client-go/util/flowcontrol/backoff.go as used for crashes (kuberuntime_manager.go doBackOff) and for pulls
// (image_manager.go).

export interface BackOff {
  readonly delayMs: number;
  readonly updatedMs: number;
}

const FIRST_MS = 10_000;
const MAX_MS = 300_000;

/** Until when what ended at `endedMs` must wait; undefined: it need not. */
export function waitsUntil(backOff: BackOff | undefined, endedMs: number, nowMs: number): number | undefined {
  if (!backOff || isForgiven(backOff, endedMs)) return undefined;
  const untilMs = endedMs + backOff.delayMs;
  return nowMs < untilMs ? untilMs : undefined;
}

/** What is remembered of a try made now, after what ended at `endedMs`. */
export function nextBackOff(backOff: BackOff | undefined, endedMs: number, nowMs: number): BackOff {
  const isFirst = !backOff || isForgiven(backOff, endedMs);
  return { delayMs: isFirst ? FIRST_MS : Math.min(MAX_MS, backOff.delayMs * 2), updatedMs: nowMs };
}

/** Ten minutes without a failure are forgiven. */
function isForgiven({ updatedMs }: BackOff, endedMs: number): boolean {
  return endedMs - updatedMs > 2 * MAX_MS;
}

/** `10s`, `1m20s`, `5m0s`. */
export function secondsText(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return `${seconds >= 60 ? `${Math.floor(seconds / 60)}m` : ''}${seconds % 60}s`;
}
