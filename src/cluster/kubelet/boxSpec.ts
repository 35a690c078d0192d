// What the runtime is asked to start for a container of a pod: its command with variables filled in, its environment, its mounts, its
// limits. Pods scripted by annotations get a script that does what the annotations say.
import { milliValueOf, valueOf } from '../../kube/quantity.ts';
import { capabilitiesOf } from './capabilities.ts';
import { environmentOf, expand } from './environment.ts';
import { annotatedMs, annotation, behaviourOf } from './images.ts';
import type { LiveWorker } from './liveWorker.ts';
import type { ContainerLife } from './podLife.ts';
import { portsNamedBy } from './ports.ts';
import { groupOf, otherGroupsOf, securityOf } from './securityContext.ts';
import { imageOf } from './shell/images/index.ts';
import type { BoxSpec } from './shell/process.ts';
import { mountsOf } from './volumes.ts';

/** The image in which an annotated container's script runs. */
const SCRIPT_IMAGE = 'busybox:latest';

export function boxSpecOf(worker: LiveWorker, container: ContainerLife, run: number): BoxSpec {
  const { pod } = worker;
  const { spec } = container;
  const environment = environmentOf(spec, worker.environmentSources());
  const filled = (words: readonly string[] | undefined) => words?.map((word) => expand(word, (name) => environment[name]));
  const script = spec.command || spec.args ? undefined : scriptOf(worker, container, run);
  const command = script === undefined ? filled(spec.command) : ['sh', '-c', script];
  const args = filled(spec.args);
  const security = securityOf(pod, spec);
  const { runAsUser, readOnlyRootFilesystem } = security;
  const group = groupOf(security, spec.image ?? '');
  const { shareProcessNamespace, hostUsers } = pod.spec as { readonly shareProcessNamespace?: boolean; readonly hostUsers?: boolean };
  const { targetContainerName } = spec as { readonly targetContainerName?: string };
  const limits = spec.resources?.limits;
  return {
    name: container.name,
    image: script === undefined ? (spec.image ?? '') : SCRIPT_IMAGE,
    run,
    environment,
    ports: portsNamedBy(spec),
    mounts: mountsOf(pod, spec, worker.life.sandbox?.volumes ?? {}, (text) => expand(text, (name) => environment[name])),
    ...(command ? { command } : {}),
    ...(args ? { args } : {}),
    ...(spec.workingDir ? { workingDir: spec.workingDir } : {}),
    ...(runAsUser === undefined ? {} : { user: runAsUser }),
    ...(group === 0 ? {} : { group }),
    groups: otherGroupsOf(security),
    ...(readOnlyRootFilesystem ? { isRootReadOnly: true } : {}),
    capabilities: capabilitiesOf(security.capabilities, security.privileged, !(runAsUser ?? imageOf(spec.image ?? '')?.user)),
    ...(security.allowPrivilegeEscalation === false ? { mayGainNothing: true } : {}),
    ...(hostUsers === false ? { isUserNamespaced: true } : {}),
    ...(shareProcessNamespace ? { isProcessNamespaceShared: true } : {}),
    ...(targetContainerName ? { joins: targetContainerName } : {}),
    ...(spec.stdin ? { isStdinOpen: true } : {}),
    ...(spec.tty ? { isTerminal: true } : {}),
    oomScoreAdjustment: oomScoreAdjustment(worker, container),
    ...(limits?.memory === undefined ? {} : { memoryLimitBytes: valueOf(limits.memory) }),
    ...(limits?.cpu === undefined ? {} : { cpuLimitMilli: milliValueOf(limits.cpu) }),
  };
}

/** What the annotations of a pod say that this run of a container does, as a script; undefined where they say nothing. */
function scriptOf({ pod }: LiveWorker, { name, spec, type }: ContainerLife, run: number): string | undefined {
  if (type === 'init') return initScriptOf(annotatedMs(pod, 'init-duration'), annotation(pod, 'init-exit-code'));
  const { exitAfterMs, exitCode } = behaviourOf(pod, name, spec.image ?? '', run + 1);
  const shutdownMs = annotatedMs(pod, 'shutdown');
  const termCode = annotation(pod, 'term-code');
  if (exitAfterMs === undefined && shutdownMs === undefined && termCode === undefined) return undefined;
  const stop = `${shutdownMs ? `sleep ${shutdownMs / 1000}; ` : ''}exit ${Number(termCode ?? 0) || 0}`;
  const wait = exitAfterMs === undefined ? 'while :; do sleep 86400 & wait; done' : `sleep ${exitAfterMs / 1000} & wait; exit ${exitCode}`;
  return `trap '${stop}' TERM; ${wait}`;
}

function initScriptOf(durationMs: number | undefined, exitCode: string | undefined): string | undefined {
  if (durationMs === undefined && exitCode === undefined) return undefined;
  return `sleep ${(durationMs ?? 1000) / 1000}; exit ${Number(exitCode ?? 0) || 0}`;
}

const OOM_SCORE_BEST_EFFORT = 1000;

/**
 * How readily the kernel kills it. Models pkg/kubelet/qos/policy.go. Limitation: 0 for Guaranteed pods, as where the runtime may not
 * lower scores; elsewhere it is -997.
 */
function oomScoreAdjustment(worker: LiveWorker, { spec }: ContainerLife): number {
  const { qosClass } = worker.pod.status;
  if (qosClass === 'Guaranteed') return 0;
  if (qosClass === 'BestEffort') return OOM_SCORE_BEST_EFFORT;
  const capacity = valueOf(worker.nodeObject()?.status.capacity?.['memory']) || 1;
  const share = Math.floor((OOM_SCORE_BEST_EFFORT * valueOf(spec.resources?.requests?.['memory'])) / capacity);
  return Math.min(OOM_SCORE_BEST_EFFORT - 1, Math.max(3, OOM_SCORE_BEST_EFFORT - share));
}
