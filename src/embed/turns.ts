// The frames of a page with worlds in it, which share its time: a frame does one piece of work, and another only while little of it has
// gone. What is left has its turn in the next, so that no task of the page is long because two pieces met in it.
import type { FrameSource } from '../session/playback.ts';

/** A frame in which so much was done, by the page itself or by a world, is left as it is. */
const SHARE_MS = 3;

const waiting = new Map<number, (nowMs: number) => void>();
let count = 0;
let asked = 0;

export const turns: FrameSource = {
  now: () => performance.now(),
  request(onFrame) {
    waiting.set(++count, onFrame);
    asked ||= requestAnimationFrame(takeTurns);
    return count;
  },
  cancel(id) {
    waiting.delete(id);
    if (waiting.size > 0) return;
    cancelAnimationFrame(asked);
    asked = 0;
  },
};

function takeTurns(nowMs: number): void {
  asked = 0;
  try {
    const last = count;
    for (const [id, onFrame] of waiting) {
      // What was asked for meanwhile is for the next frame.
      if (id > last) break;
      waiting.delete(id);
      onFrame(nowMs);
      if (performance.now() - nowMs > SHARE_MS) break;
    }
  } finally {
    if (waiting.size > 0) asked ||= requestAnimationFrame(takeTurns);
  }
}
