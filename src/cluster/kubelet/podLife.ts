// What a kubelet remembers of a pod whose containers run for real, as plain data: what the runtime holds, what of it was seen at the
// last relist, what the sync under way still has to do, and what the probes said. Models the memory of pkg/kubelet/pod_workers.go,
// pleg/generic.go (the cache), kuberuntime (the containers), reason_cache.go and prober/.
import type { Container, Pod } from '../../kube/kinds/pod.ts';
import type { BackOff } from './backOff.ts';
import type { Happening } from './shell/happening.ts';
import type { Sandbox } from './shell/process.ts';
import { copySandbox } from './shell/sandbox.ts';

/** One run of a container as the runtime knows it; never written to. */
export interface Run {
  /** 0 is the first. */
  readonly number: number;
  readonly id: string;
  readonly image: string;
  readonly createdMs: number;
  /** Undefined: its process could not be started. */
  readonly startedMs: number | undefined;
  readonly exit: Exit | undefined;
}

export interface Exit {
  readonly atMs: number;
  readonly exitCode: number;
  readonly reason: string;
  readonly message?: string;
}

export type ContainerType = 'init' | 'sidecar' | 'app' | 'debug';

export interface Trouble {
  readonly reason: string;
  readonly message: string;
}

export type ProbeName = 'startup' | 'liveness' | 'readiness';

export interface ProbeAnswer {
  readonly isSuccess: boolean;
  readonly output: string;
  /** It could not be asked: that counts neither as well nor as ill. */
  readonly isError?: boolean;
  /** How long it takes to come; at once unless told. */
  readonly afterMs?: number;
}

/** What a probe found of one run of a container. */
export interface ProbeLife {
  /** The run that it looks at; undefined before the first. What was found in a row goes on from run to run. */
  run: number | undefined;
  verdict: 'success' | 'failure' | 'unknown';
  last: 'success' | 'failure' | undefined;
  inARow: number;
  /** Nothing is asked any more before the next run: the container has started, or will be killed. */
  isOnHold: boolean;
  /** The command that is under way and until when it may take, or the answer that is and when it comes. */
  asking: { readonly session?: number; readonly answer?: ProbeAnswer; readonly untilMs: number } | undefined;
  /** It is to ask as soon as it can: its tick has come, or a look at the pod wants to know. */
  due: 'tick' | 'look' | undefined;
  /** Since when its periods are counted. */
  sinceMs: number;
  /** When it looks next, so that a timer set for another moment means nothing; undefined: not at all. */
  nextMs: number | undefined;
}

export interface ContainerLife {
  readonly name: string;
  readonly type: ContainerType;
  /** The runtime's containers of this name, the newest first: this run and the one before. */
  runs: readonly Run[];
  /** The same as they stood at the last relist. */
  seen: readonly Run[];
  /** How many runs there were before all of the pod's containers were removed and run anew: the next run counts on from them. */
  runsRemoved: number;
  /** What the container that runs was made of; the pod's spec may have moved on. */
  spec: Container;
  /** Why it could not be started last time. Models reason_cache.go. */
  trouble: Trouble | undefined;
  /** The reason that the last status gave. */
  told: string | undefined;
  backOff: BackOff | undefined;
  pullBackOff: BackOff | undefined;
  /** How long the last pull takes, without and with the wait for others. */
  pull: { readonly tookMs: number; readonly withWaitingMs: number } | undefined;
  /** The last pull's complaint, told again while pulls are backed off. */
  pullError: string | undefined;
  readonly probes: Partial<Record<ProbeName, ProbeLife>>;
  /** An annotation says that it is not ready yet. */
  isHeldBack: boolean;
}

/** One thing that a sync does; those that take time remember until when, or how far they are. */
export type Action =
  | { readonly do: 'mount'; attempt: number; untilMs: number }
  | { readonly do: 'sandbox'; untilMs: number | undefined }
  | { readonly do: 'kill'; readonly container: string; readonly message: string; readonly graceMs: number | undefined; isBegun: boolean }
  /** Nothing of the pod is to run any more. */
  | { readonly do: 'kill-pod'; readonly graceMs: number | undefined; isBegun: boolean }
  | RemoveAction
  | StartAction;

/** Nothing of the container is left, as if it had never run. */
export interface RemoveAction {
  readonly do: 'remove';
  readonly container: string;
  isBegun: boolean;
}

export interface StartAction {
  readonly do: 'start';
  readonly container: string;
  /** As it was when the sync began. */
  readonly spec: Container;
  step: 'check' | 'pull' | 'create' | 'start' | 'hook' | 'fail';
  /** When the step under way is over. */
  untilMs: number;
  hook: HookLife | undefined;
}

/** Where a request of the kubelet goes. */
export interface Target {
  readonly url: string;
  readonly host: string;
  readonly port: number;
  readonly path: string;
}

/** A lifecycle hook that runs. */
export interface HookLife {
  /** The command's session in the sandbox. */
  readonly session: number | undefined;
  /** When a hook without a command is over, or its request is sent. */
  readonly untilMs: number | undefined;
  readonly request?: Target;
  readonly failure: string | undefined;
}

/** A container that is being stopped. */
export interface Kill {
  readonly container: string;
  /** When it is killed at the latest. */
  untilMs: number;
  /** It waits for those that were started after it. */
  readonly isInTurn: boolean;
  step: 'hook' | 'turn' | 'term';
  hook: HookLife | undefined;
}

export interface PodLife {
  sandbox: Sandbox | undefined;
  /** The address as it was seen at the last relist. */
  seenIP: string | undefined;
  /** Init containers first, in their order; then the others. */
  containers: ContainerLife[];
  stage: 'syncing' | 'stopping' | 'stopped';
  /** A sync is under way, and what is left of it. */
  isBusy: boolean;
  plan: Action[];
  /** It has started or stopped something: a relist follows. */
  hasActed: boolean;
  /** The sync failed; in back-off, until when. */
  failure: { readonly untilMs: number | undefined } | undefined;
  isSyncWanted: boolean;
  /** One was asked for that needs to know more than the last one did: it comes with the next relist. */
  isSyncOwed: boolean;
  /** When the last one was over. */
  syncedMs: number;
  /** Counts the syncs: a timer set before the last one means nothing any more. */
  syncCount: number;
  kills: Kill[];
  /** All containers are run anew: they are being removed, or were, which is told with the next status. */
  restartingAll: 'removing' | 'removed' | undefined;
  isRelistDue: boolean;
  /** When the sandbox wakes next by a timer that is set. */
  wakeMs: number | undefined;
  /** Since when the probes tick. */
  probesSinceMs: number | undefined;
  /** What happened inside by the kubelet's own doing, not noted yet. */
  happened: Happening[];
  /** What happened inside since it was last written down, and when that was or will be. */
  untold: Happening[];
  recordMs: number | undefined;
  /** What it took when that was last looked at. */
  grown: { memory: number; disk: number; record: number };
  isStorageCheckDue: boolean;
  isRefreshDue: boolean;
  /** Its labels or annotations were changed since it was last looked at. */
  isRelabelled: boolean;
  /** The kubelet ended it because its machine was short of something. */
  isDisrupted: boolean;
  /** The resize under way, as its events tell it. */
  resizing: string | undefined;
  /** Why it could not be done when it was last tried, and since when that is told. */
  resizeError: { readonly message: string; readonly since: string } | undefined;
  /** A resize that its machine has no room for yet: why, and since when that is told. */
  deferred: { readonly message: string; readonly since: string } | undefined;
  /** The grace of a pod that the kubelet itself ends; undefined: the pod's own. */
  graceMs: number | undefined;
}

const NO_RUNS: readonly Run[] = [];

export function newLife(): PodLife {
  return {
    sandbox: undefined,
    seenIP: undefined,
    containers: [],
    stage: 'syncing',
    isBusy: false,
    plan: [],
    hasActed: false,
    failure: undefined,
    isSyncWanted: false,
    isSyncOwed: false,
    syncedMs: 0,
    syncCount: 0,
    kills: [],
    restartingAll: undefined,
    isRelistDue: false,
    wakeMs: undefined,
    probesSinceMs: undefined,
    happened: [],
    untold: [],
    recordMs: undefined,
    grown: { memory: 0, disk: 0, record: 0 },
    isStorageCheckDue: false,
    isRefreshDue: false,
    isRelabelled: false,
    isDisrupted: false,
    resizing: undefined,
    resizeError: undefined,
    deferred: undefined,
    graceMs: undefined,
  };
}

/** The containers of a pod's spec that are not known yet, in the order in which they count. */
export function addContainers({ spec }: Pod, life: PodLife): void {
  const add = (container: Container, type: ContainerType) => {
    if (life.containers.some(({ name }) => name === container.name)) return;
    life.containers.push({
      name: container.name,
      type,
      runs: NO_RUNS,
      seen: NO_RUNS,
      runsRemoved: 0,
      spec: container,
      trouble: undefined,
      told: undefined,
      backOff: undefined,
      pullBackOff: undefined,
      pull: undefined,
      pullError: undefined,
      probes: {},
      isHeldBack: false,
    });
  };
  for (const container of spec.initContainers ?? []) add(container, container.restartPolicy === 'Always' ? 'sidecar' : 'init');
  for (const container of spec.containers) add(container, 'app');
  for (const container of spec.ephemeralContainers ?? []) add(container, 'debug');
}

/** The pod with the resources that it was given, where those that it asks for now must wait. Models UpdatePodFromAllocation. */
export function asAllocated(pod: Pod, { containers, deferred }: PodLife): Pod {
  if (!deferred) return pod;
  const given = (container: Container): Container => {
    const resources = containers.find(({ name }) => name === container.name)?.spec.resources;
    return resources ? { ...container, resources } : container;
  };
  const { initContainers } = pod.spec;
  return {
    ...pod,
    spec: {
      ...pod.spec,
      containers: pod.spec.containers.map(given),
      ...(initContainers ? { initContainers: initContainers.map(given) } : {}),
    },
  };
}

/** A copy that shares nothing that is ever written to. */
export function copyLife(life: PodLife): PodLife {
  const { sandbox, containers, plan, kills, happened, untold, ...rest } = life;
  return {
    ...rest,
    grown: { ...life.grown },
    sandbox: sandbox && copySandbox(sandbox),
    containers: containers.map((container) => ({ ...container, probes: structuredClone(container.probes) })),
    plan: structuredClone(plan),
    kills: structuredClone(kills),
    happened: [...happened],
    untold: [...untold],
  };
}
