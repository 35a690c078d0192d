// What a kubelet remembers of a pod and of a machine, as plain data: what is running there, apart from what the API server was told.
// Models the pod worker's and the container runtime's memory (pkg/kubelet/pod_workers.go, kuberuntime); leaves out volumes and probes.
import { type HostPort, haveClash } from '../../kube/hostPorts.ts';
import type { ContainerState, ContainerStateTerminated, Pod, PodPhase } from '../../kube/kinds/pod.ts';
import type { Condition } from '../../kube/meta.ts';
import { copyLife, type PodLife } from './podLife.ts';

export interface Requests {
  readonly cpuMilli: number;
  readonly memory: number;
  readonly hostPorts: readonly HostPort[];
}

export interface ContainerWork {
  readonly name: string;
  readonly isInit: boolean;
  /** An init container that keeps running beside the others (restartPolicy Always). */
  readonly isSidecar: boolean;
  /** The image that was last acted on; the pod's spec may have moved on. */
  image: string;
  state: ContainerState;
  last: ContainerStateTerminated | undefined;
  /** How often it was started. */
  runCount: number;
  /** Grows with every start and every change of its definition: a timer of an earlier era means nothing any more. */
  era: number;
  restartCount: number;
  isReady: boolean;
  isStarted: boolean;
  /** Ended, and its restart policy lets it rest. */
  isFinished: boolean;
  id: string | undefined;
  startedAt: string | undefined;
  backOff: { readonly delayMs: number; readonly lastMs: number } | undefined;
}

export interface PodWork {
  readonly key: string;
  readonly uid: string;
  readonly namespace: string;
  readonly name: string;
  readonly nodeName: string;
  /** Admitted or refused: the kubelet has begun with it. */
  hasBegun: boolean;
  /** The end of the pod, once it has come. */
  phase: Extract<PodPhase, 'Succeeded' | 'Failed'> | undefined;
  hasSandbox: boolean;
  isInitialized: boolean;
  isTerminating: boolean;
  /** Deleted from the API server while this kubelet was silent. */
  isGone: boolean;
  /** What it takes of its machine, from admission to its end. */
  charged: Requests | undefined;
  /** A timer to look at the pod again is under way. */
  isSyncDue: boolean;
  startTime: string | undefined;
  ip: string | undefined;
  /** Why the pod as a whole was refused or ended. */
  reason: { readonly reason: string; readonly message: string } | undefined;
  initContainers: ContainerWork[];
  containers: ContainerWork[];
  /** Ephemeral containers. */
  debugContainers: ContainerWork[];
  /** What runs for real; undefined where the stand-in plays. */
  life: PodLife | undefined;
  /** The phase that its containers would make; it is told last. */
  verdict: PodPhase | undefined;
  /** The kubelet's own conditions as last told, in its order. */
  conditions: readonly Condition[];
  /** What the API server was last told; undefined before the first time. */
  toldGeneration: number | undefined;
  toldReady: string | undefined;
  /** The change that led here: the cause of the next one. */
  cause: number | undefined;
}

/** Whether a machine is short of something, and when that is looked at next. */
export interface Pressure {
  readonly memory: Shortage;
  readonly disk: Shortage;
  lookMs: number | undefined;
}

export interface Shortage {
  /** The condition that is told of the machine. */
  isPressed: boolean;
  /** When a threshold was last found to be passed. */
  lastMs: number | undefined;
  /** Since when the soft threshold is passed. */
  softSinceMs: number | undefined;
  /** Pods were evicted for it, and not enough is freed yet. */
  reclaiming: 'hard' | 'soft' | undefined;
}

export interface NodeWork {
  readonly name: string;
  /** Counts machines in the order of registration; it makes the addresses. */
  readonly index: number;
  readonly ip: string;
  nextPodIP: number;
  /** Silent: no heartbeats, no actions, though its containers run on. */
  isSilent: boolean;
  /** Its Node object is gone or it is switched off for ever. */
  isGone: boolean;
  usedCpuMilli: number;
  usedMemory: number;
  podCount: number;
  /** Those that its pods have. */
  hostPorts: readonly HostPort[];
  readonly pressure: Pressure;
  /** When in each second it looks at what is due. */
  readonly tickMs: number;
  /** Images pulled so far; kept only where pulling takes time. */
  images: readonly string[];
  /** When the last of the pulls that wait for each other is over. */
  pullsUntilMs: number;
}

/** Whether the machine has been short of something and that has not passed yet. */
export function wasShort({ memory, disk }: Pressure): boolean {
  return memory.lastMs !== undefined || disk.lastMs !== undefined;
}

function beginPressure(): Pressure {
  const shortage = (): Shortage => ({ isPressed: false, lastMs: undefined, softSinceMs: undefined, reclaiming: undefined });
  return { memory: shortage(), disk: shortage(), lookMs: undefined };
}

export function beginNodeWork(name: string, index: number, ip: string, tickMs: number): NodeWork {
  return {
    name,
    index,
    ip,
    nextPodIP: 2,
    isSilent: false,
    isGone: false,
    usedCpuMilli: 0,
    usedMemory: 0,
    podCount: 0,
    hostPorts: [],
    pressure: beginPressure(),
    tickMs,
    images: [],
    pullsUntilMs: 0,
  };
}

const NOBODY: ContainerWork[] = [];

export function beginPodWork(pod: Pod, key: string): PodWork {
  const { uid = '', namespace = '', name } = pod.metadata;
  return {
    key,
    uid,
    namespace,
    name,
    nodeName: pod.spec.nodeName ?? '',
    hasBegun: false,
    phase: undefined,
    hasSandbox: false,
    isInitialized: false,
    isTerminating: false,
    isGone: false,
    charged: undefined,
    isSyncDue: false,
    startTime: undefined,
    ip: undefined,
    reason: undefined,
    initContainers: [],
    containers: [],
    debugContainers: NOBODY,
    life: undefined,
    verdict: undefined,
    conditions: [],
    toldGeneration: undefined,
    toldReady: undefined,
    cause: undefined,
  };
}

const INITIALIZING: ContainerState = { waiting: { reason: 'PodInitializing' } };
const CREATING: ContainerState = { waiting: { reason: 'ContainerCreating' } };

/** The containers of a pod before anything has run. */
export function beginContainers(pod: Pod, work: PodWork): void {
  const inits = pod.spec.initContainers ?? [];
  work.initContainers = inits.map((container) => beginContainer(container.name, container.image, INITIALIZING, container.restartPolicy));
  const first = inits.length > 0 ? INITIALIZING : CREATING;
  work.containers = pod.spec.containers.map((container) => beginContainer(container.name, container.image, first, undefined, false));
}

export function beginContainer(name: string, image = '', state: ContainerState, restartPolicy?: string, isInit = true): ContainerWork {
  return {
    name,
    isInit,
    isSidecar: isInit && restartPolicy === 'Always',
    image,
    state,
    last: undefined,
    runCount: 0,
    era: 0,
    restartCount: 0,
    isReady: false,
    isStarted: false,
    isFinished: false,
    id: undefined,
    startedAt: undefined,
    backOff: undefined,
  };
}

/** A copy that shares nothing that is ever written to. */
export function copyPodWork(work: PodWork): PodWork {
  return {
    ...work,
    initContainers: work.initContainers.map((container) => ({ ...container })),
    containers: work.containers.map((container) => ({ ...container })),
    ...(work.life ? { life: copyLife(work.life), debugContainers: work.debugContainers.map((container) => ({ ...container })) } : {}),
  };
}

export function charge(work: PodWork, node: NodeWork, requests: Requests): void {
  work.charged = requests;
  node.usedCpuMilli += requests.cpuMilli;
  node.usedMemory += requests.memory;
  node.podCount++;
  if (requests.hostPorts.length > 0) node.hostPorts = [...node.hostPorts, ...requests.hostPorts];
}

/** Gives back what the pod took of its machine; once. */
export function discharge(work: PodWork, node: NodeWork): void {
  if (!work.charged) return;
  node.usedCpuMilli -= work.charged.cpuMilli;
  node.usedMemory -= work.charged.memory;
  node.podCount--;
  const { hostPorts } = work.charged;
  if (hostPorts.length > 0) node.hostPorts = node.hostPorts.filter((port) => !haveClash([port], hostPorts));
  work.charged = undefined;
}
