// DaemonSet: its shape, and how its pods name their nodes.
// Models k8s.io/api/apps/v1/types.go and GetTargetNodeName of pkg/controller/daemon/util/daemonset_util.go.
import type { Condition, KubeObject, LabelSelector } from '../meta.ts';
import type { IntOrString, Pod, PodTemplateSpec } from './pod.ts';

export interface DaemonSetStatus {
  readonly currentNumberScheduled?: number;
  readonly numberMisscheduled?: number;
  readonly desiredNumberScheduled?: number;
  readonly numberReady?: number;
  readonly observedGeneration?: number;
  readonly updatedNumberScheduled?: number;
  readonly numberAvailable?: number;
  readonly numberUnavailable?: number;
  readonly collisionCount?: number;
  readonly conditions?: readonly Condition[];
}

export interface DaemonSet extends KubeObject {
  readonly kind: 'DaemonSet';
  readonly spec: {
    readonly selector: LabelSelector;
    readonly template: PodTemplateSpec;
    readonly updateStrategy: {
      readonly type: 'RollingUpdate' | 'OnDelete';
      readonly rollingUpdate?: { readonly maxUnavailable?: IntOrString; readonly maxSurge?: IntOrString };
    };
    readonly minReadySeconds?: number;
    readonly revisionHistoryLimit?: number;
  };
  readonly status: DaemonSetStatus;
}

/** The field by which a daemon's required affinity names its node. */
export const NODE_NAME_FIELD = 'metadata.name';

/** The node a daemon is on, or waits to be bound to; empty for pods that wait for none. */
export function daemonNodeName({ spec }: Pod): string {
  if (spec.nodeName) return spec.nodeName;
  const terms = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [];
  for (const { matchFields } of terms) {
    const field = matchFields?.find(({ key, operator }) => key === NODE_NAME_FIELD && operator === 'In');
    if (field) return field.values?.length === 1 ? (field.values[0] as string) : '';
  }
  return '';
}
