// The bridge from wall time to virtual time, and the only one: while playing it asks for animation frames and says how many
// milliseconds have passed. Paused, it asks for none.

/** What a browser offers; tests hand in their own. */
export interface FrameSource {
  readonly now: () => number;
  request(onFrame: (nowMs: number) => void): number;
  readonly cancel: (id: number) => void;
}

/** Asked again and again by long work: whether its time in this frame is over. */
export type IsOverBudget = () => boolean;
export const NO_BUDGET: IsOverBudget = () => false;

/** A page that was in the background for an hour does not jump an hour. */
const ELAPSED_MAX_MS = 100;
/** How long the simulation may work in one frame: fast-forward never freezes the page. */
const BUDGET_MS = 8;

export interface Playback {
  readonly isRunning: boolean;
  readonly start: () => void;
  readonly stop: () => void;
  /** Does long work in slices, one a frame, until `step` says that it is done; after each that was not the last, says how long it has taken. */
  readonly work: (
    step: (isOverBudget: IsOverBudget) => boolean,
    options?: { readonly budgetMs?: number; readonly onSlice?: (elapsedMs: number) => void },
  ) => Promise<void>;
}

/** Calls `onFrame` once a frame with the time passed since the last one and a watch on this frame's budget. */
export function createPlayback(onFrame: (elapsedMs: number, isOverBudget: IsOverBudget) => void, frames?: FrameSource): Playback {
  const source = frames ?? browserFrames;
  let request: number | undefined;
  let lastMs = 0;
  const tick = (): void => {
    const nowMs = source.now();
    const elapsedMs = Math.min(Math.max(nowMs - lastMs, 0), ELAPSED_MAX_MS);
    lastMs = nowMs;
    request = source.request(tick);
    onFrame(elapsedMs, () => source.now() - nowMs > BUDGET_MS);
  };
  return {
    get isRunning() {
      return request !== undefined;
    },
    start() {
      if (request !== undefined) return;
      lastMs = source.now();
      request = source.request(tick);
    },
    stop() {
      if (request !== undefined) source.cancel(request);
      request = undefined;
    },
    work: (step, { budgetMs = BUDGET_MS, onSlice } = {}) =>
      new Promise((resolve, reject) => {
        const startMs = source.now();
        const slice = (): void => {
          const beganMs = source.now();
          try {
            if (step(() => source.now() - beganMs > budgetMs)) return resolve();
            onSlice?.(source.now() - startMs);
            source.request(slice);
          } catch (error) {
            reject(error);
          }
        };
        source.request(slice);
      }),
  };
}

export const browserFrames: FrameSource = {
  now: () => performance.now(),
  request: (onFrame) => requestAnimationFrame(onFrame),
  cancel: (id) => cancelAnimationFrame(id),
};
