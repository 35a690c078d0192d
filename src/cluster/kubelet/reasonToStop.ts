// Why a container that runs is stopped by a sync, and whether it comes back: its definition or its resources have changed, or a probe
// has failed. Models pkg/kubelet/kuberuntime/kuberuntime_manager.go computePodActions and kuberuntime_container.go
// computeInitContainerActions, which say it in other words and another order.
import type { Container, Pod } from '../../kube/kinds/pod.ts';
import type { ContainerLife, ProbeName } from './podLife.ts';
import { resizeRestart } from './resizeNeed.ts';
import { isRestartedAfter } from './restarts.ts';
import { isStarted, specOf } from './seenStatus.ts';

export interface ReasonToStop {
  readonly message: string;
  readonly graceMs?: number | undefined;
  readonly isBack: boolean;
}

/** Of a main container. */
export function reasonToStop(pod: Pod, container: ContainerLife): ReasonToStop | undefined {
  const { name, seen } = container;
  const spec = specOf(pod, name) ?? container.spec;
  if (spec.image !== seen[0]?.image) return { message: `Container ${name} definition changed, will be restarted`, isBack: true };
  for (const probe of ['liveness', 'startup'] as const) {
    if (!hasFailed(container, probe)) continue;
    const graceMs = probeGraceMs(spec, probe);
    if (!isRestartedAfter(pod, spec, 1)) return { message: `Stopping container ${name}`, graceMs, isBack: false };
    return { message: `Container ${name} failed ${probe} probe, will be restarted`, graceMs, isBack: true };
  }
  return resizeReason(container, spec);
}

function resizeReason(container: ContainerLife, spec: Container): ReasonToStop | undefined {
  if (!resizeRestart(container, spec)) return undefined;
  return { message: `Container ${container.name} resize requires restart`, isBack: true };
}

function hasFailed({ probes, seen }: ContainerLife, probe: ProbeName): boolean {
  return probes[probe]?.run === seen[0]?.number && probes[probe]?.verdict === 'failure';
}

function probeGraceMs(spec: Container, probe: ProbeName): number | undefined {
  const seconds = spec[`${probe}Probe`]?.terminationGracePeriodSeconds;
  return seconds === undefined ? undefined : seconds * 1000;
}

/** What its definition says now counts only once it has started. */
export function reasonToStopSidecar(pod: Pod, container: ContainerLife): ReasonToStop | undefined {
  const { name, seen } = container;
  const spec = specOf(pod, name) ?? container.spec;
  const failed = (probe: ProbeName): ReasonToStop => ({
    message: `Init container ${name} failed ${probe} probe`,
    graceMs: probeGraceMs(spec, probe),
    isBack: true,
  });
  if (!isStarted(container)) return hasFailed(container, 'startup') ? failed('startup') : undefined;
  if (spec.image !== seen[0]?.image) return { message: `Init container ${name} definition changed`, isBack: true };
  return hasFailed(container, 'liveness') ? failed('liveness') : resizeReason(container, spec);
}
