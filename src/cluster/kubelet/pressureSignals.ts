// What a machine can be short of: how much of it there is, what each pod takes, and the words and rules of the kubelet for it.
// Models pkg/kubelet/eviction/{helpers,defaults_linux}.go. Leaves out: inodes, processes, a file system of images apart.
import type { NodeStatus } from '../../kube/kinds/node.ts';
import { valueOf } from '../../kube/quantity.ts';
import type { EvictionThresholds } from '../intents.ts';
import type { LiveWorker } from './liveWorker.ts';
import { diskBytesOf, knownMemoryBytesOf, layerBytesOf, memoryBytesOf } from './resourceUse.ts';
import { MACHINE_DISK } from './shell/disk.ts';
import { usageOf } from './shell/runtime.ts';
import type { Shortage } from './work.ts';

/** What a machine takes for itself. */
const SYSTEM_MEMORY_BYTES = 350 * 2 ** 20;
const MEMORY_HARD_BYTES = 100 * 2 ** 20;
/** Images lie on the same disk as all else: of the two default thresholds theirs is passed first. */
const DISK_HARD_SHARE = 0.15;

export interface Thresholds {
  readonly hardBytes: number;
  readonly softBytes: number | undefined;
  readonly minReclaimBytes: number;
}

export interface Signal {
  readonly name: 'memory' | 'disk';
  readonly resource: 'memory' | 'ephemeral-storage';
  readonly condition: 'MemoryPressure' | 'DiskPressure';
  /** The condition's reason and message, and the reason of the node's event, where it holds and where it does not. */
  readonly words: Readonly<Record<'True' | 'False', { readonly reason: string; readonly message: string; readonly event: string }>>;
  thresholds(eviction: EvictionThresholds, capacity: NodeStatus['capacity']): Thresholds;
  /** What is there beside what pods take. */
  total(capacity: NodeStatus['capacity']): number;
  podBytes(worker: LiveWorker): number;
  /** The same by the figures that the kubelet has of each container when it chooses who goes. */
  knownBytes(worker: LiveWorker, nowMs: number): number;
  containerBytes(worker: LiveWorker, container: string): number;
}

const memory: Signal = {
  name: 'memory',
  resource: 'memory',
  condition: 'MemoryPressure',
  words: {
    True: {
      reason: 'KubeletHasInsufficientMemory',
      message: 'kubelet has insufficient memory available',
      event: 'NodeHasInsufficientMemory',
    },
    False: { reason: 'KubeletHasSufficientMemory', message: 'kubelet has sufficient memory available', event: 'NodeHasSufficientMemory' },
  },
  thresholds: ({ memoryHardBytes, memorySoftBytes, minReclaimBytes }) => ({
    hardBytes: memoryHardBytes ?? MEMORY_HARD_BYTES,
    softBytes: memorySoftBytes,
    minReclaimBytes: minReclaimBytes ?? 0,
  }),
  total: (capacity) => valueOf(capacity?.['memory']) - SYSTEM_MEMORY_BYTES,
  podBytes: memoryBytesOf,
  knownBytes: knownMemoryBytesOf,
  containerBytes: ({ life: { sandbox }, world }, container) => (sandbox ? usageOf(sandbox, container, world).memoryBytes : 0),
};

const disk: Signal = {
  name: 'disk',
  resource: 'ephemeral-storage',
  condition: 'DiskPressure',
  words: {
    True: { reason: 'KubeletHasDiskPressure', message: 'kubelet has disk pressure', event: 'NodeHasDiskPressure' },
    False: { reason: 'KubeletHasNoDiskPressure', message: 'kubelet has no disk pressure', event: 'NodeHasNoDiskPressure' },
  },
  thresholds: ({ diskHardBytes }, capacity) => ({
    hardBytes: diskHardBytes ?? Math.floor(valueOf(capacity?.['ephemeral-storage']) * DISK_HARD_SHARE),
    softBytes: undefined,
    minReclaimBytes: 0,
  }),
  total: (capacity) => valueOf(capacity?.['ephemeral-storage']) - MACHINE_DISK.usedBytes,
  podBytes: diskBytesOf,
  knownBytes: diskBytesOf,
  containerBytes: layerBytesOf,
};

/** Memory is reclaimed first. */
export const signals: readonly Signal[] = [memory, disk];

export function shortageOf({ name }: Signal, pressure: Readonly<Record<Signal['name'], Shortage>>): Shortage {
  return pressure[name];
}
