import type { FrameSource } from './playback.ts';

/** The frames of a page, each right after the last: however slow the machine, all of them come before the next timer. */
export const frames: FrameSource = {
  now: () => 0,
  request: (onFrame) => {
    queueMicrotask(() => onFrame(0));
    return 1;
  },
  cancel: () => {},
};
