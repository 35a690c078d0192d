// Who is evicted first, and what is said of it. Models pkg/kubelet/eviction/helpers.go: rankMemoryPressure, rankDiskPressureFunc and
// evictionMessage.
import { formatQuantity, valueOf } from '../../kube/quantity.ts';
import { isCritical, requestOf } from './admit.ts';
import type { LiveWorker } from './liveWorker.ts';
import type { Signal } from './pressureSignals.ts';

export interface PodUse {
  readonly worker: LiveWorker;
  readonly bytes: number;
}

/** The first to go: pods that use more than they asked for, then those of lower priority, then those that use most beyond it. */
export function firstToGo({ resource }: Signal, uses: readonly PodUse[]): PodUse | undefined {
  const [first] = uses
    .filter(({ worker, bytes }) => worker.life.stage === 'syncing' && bytes > 0 && !isCritical(worker.pod))
    .map((use) => ({ use, beyond: use.bytes - requestOf(use.worker.pod, resource), priority: use.worker.pod.spec.priority ?? 0 }))
    .toSorted((a, b) => Number(b.beyond > 0) - Number(a.beyond > 0) || a.priority - b.priority || b.beyond - a.beyond);
  return first?.use;
}

export function evictionMessage(signal: Signal, worker: LiveWorker, threshold: number, available: number): string {
  const { resource } = signal;
  const parts = worker.pod.spec.containers.flatMap(({ name, resources }) => {
    const used = signal.containerBytes(worker, name);
    const request = resources?.requests?.[resource];
    if (used <= valueOf(request)) return [];
    return [`Container ${name} was using ${kibi(used)}, request is ${request ?? 0}, has larger consumption of ${resource}. `];
  });
  return `The node was low on resource: ${resource}. Threshold quantity: ${exact(threshold)}, available: ${kibi(available)}. ${parts.join('')}`;
}

function exact(bytes: number): string {
  return formatQuantity({ nano: BigInt(Math.round(bytes)) * 1_000_000_000n, format: 'BinarySI' });
}

/** Machines count in pages. */
function kibi(bytes: number): string {
  return `${Math.round(bytes / 1024)}Ki`;
}
