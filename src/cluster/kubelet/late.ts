// What of the kubelet few pods need: it comes with a part of the program (scenario/parts).
import { Late } from '../../base/late.ts';
import type * as adopt from './adopt.ts';
import type { LiveWorker } from './liveWorker.ts';
import type { NodePressure } from './nodePressure.ts';
import type { podStages } from './podStages.ts';
import type { exit } from './stageContainers.ts';

interface Pressures {
  readonly NodePressure: typeof NodePressure;
  evictOverLimit(worker: LiveWorker): void;
}

interface Resizes {
  noticeResize(worker: LiveWorker): void;
  retryResize(worker: LiveWorker): void;
  finishResize(worker: LiveWorker): void;
}

/** Pods whose containers do not run for real. */
export const standIn = new Late<{ readonly podStages: typeof podStages; readonly exit: typeof exit }>('standIn');
/** Machines and pods that are there from the beginning. */
export const adoption = new Late<typeof adopt>('objects');
/** Machines that run out of something, and pods that take more than they may. */
export const pressure = new Late<Pressures>('pressure');
/** Pods that are given other resources while they run. */
export const resizes = new Late<Resizes>('edits');
