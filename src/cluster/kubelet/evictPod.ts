// A kubelet ends a pod to save its machine. Models pkg/kubelet/eviction/eviction_manager.go evictPod.
import type { LiveWorker } from './liveWorker.ts';
import { beginStopping } from './stopPod.ts';

export interface Eviction {
  readonly graceMs: number;
  /** The machine is short of something; otherwise the pod passed its own limit. */
  readonly isPressed: boolean;
}

export function evictPod(worker: LiveWorker, message: string, { graceMs, isPressed }: Eviction): void {
  const { life, work } = worker;
  if (life.stage !== 'syncing') return;
  worker.tell('Warning', 'Evicted', message);
  work.reason = { reason: 'Evicted', message };
  life.isDisrupted = isPressed;
  life.graceMs = graceMs;
  beginStopping(worker);
}
