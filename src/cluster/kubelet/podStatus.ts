// From what runs on a machine to what the API server is told: a pod's phase, conditions and container statuses.
// Models pkg/kubelet/kubelet_pods.go generateAPIPodStatus, pkg/kubelet/status/generate.go and status_manager.go mergePodStatus.
import type { Container, ContainerStatus, Pod, PodPhase, PodStatus } from '../../kube/kinds/pod.ts';
import { type Condition, conditionOf } from '../../kube/meta.ts';
import { imageIDOf } from './images.ts';
import { asAllocated, type PodLife } from './podLife.ts';
import { mayRestartAll } from './restarts.ts';
import { userStatusOf } from './securityContext.ts';
import type { ContainerWork, NodeWork, PodWork } from './work.ts';

/** The whole status of a pod. The kubelet owns its conditions; those of others stay, before its own. */
export function podStatus(pod: Pod, work: PodWork, node: NodeWork, now: string): PodStatus {
  const phase = phaseOf(work);
  // The conditions know the end before the phase tells it.
  const told = work.phase === undefined && (phase === 'Succeeded' || phase === 'Failed') ? pod.status.phase : phase;
  const status: Mutable<PodStatus> = { ...pod.status, observedGeneration: pod.metadata.generation ?? 1, phase: told ?? 'Pending' };
  // A pod that was refused never had containers: only why is told.
  if (work.containers.length > 0) {
    work.conditions = ownConditions(pod, work, phase, now);
    status.conditions = work.life
      ? withOthers(
          pod.status.conditions?.filter(({ type }) => type !== RESIZING && type !== RESIZE_PENDING),
          withPassing(work, pod.metadata.generation ?? 1, now),
        )
      : withOthers(pod.status.conditions, work.conditions);
    status.hostIP = node.ip;
    status.hostIPs = [{ ip: node.ip }];
    if (work.ip !== undefined) {
      status.podIP = work.ip;
      status.podIPs = [{ ip: work.ip }];
    }
    const { life } = work;
    const { spec } = life ? asAllocated(pod, life) : pod;
    if (work.initContainers.length > 0) status.initContainerStatuses = statusesOf(pod, spec.initContainers, work.initContainers, life);
    const statuses = statusesOf(pod, spec.containers, work.containers, life);
    status.containerStatuses = life ? statuses.sort(byName) : statuses;
    if (work.debugContainers.length > 0) {
      status.ephemeralContainerStatuses = statusesOf(pod, pod.spec.ephemeralContainers, work.debugContainers, life).map(withoutStarted);
    }
  }
  if (work.startTime !== undefined) status.startTime = work.startTime;
  if (work.reason && work.phase) {
    status.reason = work.reason.reason;
    status.message = work.reason.message;
  }
  return status;
}

const RESIZING = 'PodResizeInProgress';
const RESIZE_PENDING = 'PodResizePending';

/** Conditions that a pod has only for a while, or only in the end. */
function withPassing({ life, conditions, phase, reason }: PodWork, observedGeneration: number, now: string): readonly Condition[] {
  const passing = (type: string, rest: Partial<Condition> = {}): readonly Condition[] => [
    { type, observedGeneration, status: 'True', lastProbeTime: null, lastTransitionTime: now, ...rest },
    ...conditions,
  ];
  if (life?.resizeError) {
    const { message, since } = life.resizeError;
    return passing(RESIZING, { reason: 'Error', message, lastTransitionTime: since });
  }
  if (life?.resizing !== undefined) return passing(RESIZING);
  if (life?.deferred) {
    const { message, since } = life.deferred;
    return passing(RESIZE_PENDING, { reason: 'Deferred', message, lastTransitionTime: since });
  }
  if (!life?.isDisrupted || phase !== 'Failed') return conditions;
  return passing('DisruptionTarget', { reason: 'TerminationByKubelet', ...(reason ? { message: reason.message } : {}) });
}

type Mutable<T> = { -readonly [Field in keyof T]: T[Field] };

export function phaseOf(work: PodWork): PodPhase {
  if (work.phase) return work.phase;
  if (work.life) return work.verdict ?? 'Pending';
  if (!work.isInitialized || work.containers.some(({ state, last }) => state.waiting && !last)) return 'Pending';
  return 'Running';
}

// Conditions ---------------------------------------------------------------------------------------------------------

interface Verdict {
  readonly status: 'True' | 'False';
  readonly reason?: string;
  readonly message?: string;
}

const YES: Verdict = { status: 'True' };
const NO: Verdict = { status: 'False' };

function ownConditions(pod: Pod, work: PodWork, phase: PodPhase, now: string): readonly Condition[] {
  const containersReady = containersReadyOf(work, phase);
  const generation = pod.metadata.generation ?? 1;
  const before = work.conditions;
  const condition = (index: number, type: string, verdict: Verdict, since?: string) => {
    const old = before[index];
    return sharedCondition(type, verdict, generation, since ?? (old?.status === verdict.status ? (old.lastTransitionTime as string) : now));
  };
  const scheduled = conditionOf(pod.status.conditions, 'PodScheduled');
  const conditions = [
    condition(0, 'PodReadyToStartContainers', work.hasSandbox ? YES : NO),
    condition(1, 'Initialized', initializedOf(work, phase)),
    condition(2, 'Ready', containersReady.status === 'True' ? gatesOf(pod) : containersReady),
    condition(3, 'ContainersReady', containersReady),
    condition(4, 'PodScheduled', YES, scheduled?.status === 'True' ? scheduled.lastTransitionTime : undefined),
  ];
  return work.life && mayRestartAll(pod)
    ? [...conditions, condition(5, 'AllContainersRestarting', restartingAllOf(work, phase))]
    : conditions;
}

function restartingAllOf({ life }: PodWork, phase: PodPhase): Verdict {
  const over = overOf(phase);
  if (over) return over;
  if (life?.restartingAll !== 'removing') return { status: 'False' };
  return { status: 'True', reason: 'RestartAllContainersStarted', message: 'container exited with restart policy rule' };
}

/** What is said of all that cannot be any more when a pod has ended. */
function overOf(phase: PodPhase): Verdict | undefined {
  if (phase === 'Succeeded') return { status: 'False', reason: 'PodCompleted' };
  if (phase === 'Failed') return { status: 'False', reason: 'PodFailed' };
  return undefined;
}

function initializedOf(work: PodWork, phase: PodPhase): Verdict {
  if (phase === 'Succeeded') return { status: 'True', reason: 'PodCompleted' };
  // What was initialized once stays so, even if its init containers are run anew.
  if (work.isInitialized || work.conditions[1]?.status === 'True') return YES;
  const incomplete = work.initContainers.filter(({ isSidecar, isStarted, isReady }) => !(isSidecar ? isStarted : isReady));
  if (incomplete.length === 0) return YES;
  return {
    status: 'False',
    reason: 'ContainersNotInitialized',
    message: `containers with incomplete status: [${incomplete.map(({ name }) => name).join(' ')}]`,
  };
}

function containersReadyOf(work: PodWork, phase: PodPhase): Verdict {
  const over = overOf(phase);
  if (over) return over;
  if (work.containers.every(({ isReady }) => isReady) && !work.life) return YES;
  const unready = unreadyOf(work);
  if (unready.length === 0) return YES;
  return {
    status: 'False',
    reason: 'ContainersNotReady',
    message: `containers with unready status: [${unready.map(({ name }) => name).join(' ')}]`,
  };
}

/** Sidecars count, too. Models pkg/kubelet/status/generate.go GenerateContainersReadyCondition. */
function unreadyOf({ containers, initContainers, life }: PodWork): readonly ContainerWork[] {
  const sidecars = life ? initContainers.filter(({ isSidecar }) => isSidecar) : [];
  return [...sidecars, ...containers].filter(({ isReady }) => !isReady);
}

function gatesOf(pod: Pod): Verdict {
  if (!pod.spec.readinessGates) return YES;
  const shut: string[] = [];
  for (const { conditionType } of pod.spec.readinessGates) {
    const condition = conditionOf(pod.status.conditions, conditionType);
    if (!condition) shut.push(`corresponding condition of pod readiness gate "${conditionType}" does not exist.`);
    else if (condition.status !== 'True')
      shut.push(`the status of pod readiness gate "${conditionType}" is not "True", but ${condition.status}`);
  }
  return shut.length === 0 ? YES : { status: 'False', reason: 'ReadinessGatesNotReady', message: shut.join(', ') };
}

let shared = new Map<string, Condition>();
/** Pods of one template that start in the same second have the same conditions; the memory of them is bounded. */
const SHARED_MAX = 4096;

function sharedCondition(type: string, { status, reason, message }: Verdict, generation: number, since: string): Condition {
  const sameness = `${type} ${status} ${generation} ${since} ${reason ?? ''} ${message ?? ''}`;
  let condition = shared.get(sameness);
  if (!condition) {
    condition = {
      type,
      observedGeneration: generation,
      status,
      lastProbeTime: null,
      lastTransitionTime: since,
      ...(reason ? { reason } : {}),
      ...(message ? { message } : {}),
    };
    if (shared.size >= SHARED_MAX) shared = new Map();
    shared.set(sameness, condition);
  }
  return condition;
}

function withOthers(before: readonly Condition[] | undefined, own: readonly Condition[]): readonly Condition[] {
  const others = before?.filter(({ type }) => !own.some((condition) => condition.type === type)) ?? [];
  return others.length === 0 ? own : [...others, ...own];
}

// Containers ---------------------------------------------------------------------------------------------------------

const NOTHING = {};
/** The stand-in says so of every container. */
const ROOT = { linux: { gid: 0, supplementalGroups: [0], uid: 0 } };

function statusesOf(
  pod: Pod,
  specs: readonly Container[] | undefined,
  containers: readonly ContainerWork[],
  life: PodLife | undefined,
): ContainerStatus[] {
  return containers.map((container, i) => {
    const spec = specs?.[i] as Container;
    if (!life) return containerStatus(spec, container, ROOT, spec);
    const acted = life.containers.find(({ name }) => name === container.name)?.spec ?? spec;
    return containerStatus(spec, container, userStatusOf(pod, spec), acted);
  });
}

const byName = (a: ContainerStatus, b: ContainerStatus) => (a.name < b.name ? -1 : 1);

function withoutStarted({ started: _started, ...status }: ContainerStatus): ContainerStatus {
  return status;
}

/** `acted` is what it runs by: the spec may have moved on. */
function containerStatus(spec: Container, work: ContainerWork, user: ContainerStatus['user'], acted: Container): ContainerStatus {
  const { state } = work;
  const status: Mutable<ContainerStatus> = {
    name: work.name,
    state,
    lastState: work.last ? { terminated: work.last } : NOTHING,
    ready: work.isReady,
    restartCount: work.restartCount,
    image: work.image,
    imageID: work.id ? imageIDOf(work.image) : '',
    started: work.isInit && !work.isSidecar ? state.running !== undefined : work.isStarted,
  };
  if (work.id) {
    status.containerID = work.id;
    status.resources = acted.resources ?? NOTHING;
    if (spec.resources?.requests) status.allocatedResources = spec.resources.requests;
    status.user = user;
  }
  if (spec.volumeMounts?.length) status.volumeMounts = mountStatuses(spec.volumeMounts);
  return status;
}

const mounts = new WeakMap<object, ContainerStatus['volumeMounts']>();

/** The same list for all pods that share the list in their template. */
function mountStatuses(given: NonNullable<Container['volumeMounts']>): ContainerStatus['volumeMounts'] {
  let statuses = mounts.get(given);
  if (!statuses) {
    statuses = given.map(({ name, mountPath, readOnly }) => ({
      name,
      mountPath,
      ...(readOnly ? { readOnly: true, recursiveReadOnly: 'Disabled' } : {}),
    }));
    mounts.set(given, statuses);
  }
  return statuses;
}
