// ReplicaSet and ReplicationController: their shapes. Models k8s.io/api/apps/v1/types.go and core/v1/types.go.
import type { Condition, KubeObject, LabelSelector, StringMap } from '../meta.ts';
import type { PodTemplateSpec } from './pod.ts';

export interface ReplicaSetStatus {
  readonly replicas?: number;
  readonly fullyLabeledReplicas?: number;
  readonly readyReplicas?: number;
  readonly availableReplicas?: number;
  readonly terminatingReplicas?: number;
  readonly observedGeneration?: number;
  readonly conditions?: readonly Condition[];
}

export interface ReplicaSet extends KubeObject {
  readonly kind: 'ReplicaSet';
  readonly spec: {
    readonly replicas: number;
    readonly minReadySeconds?: number;
    readonly selector: LabelSelector;
    readonly template: PodTemplateSpec;
  };
  readonly status: ReplicaSetStatus;
}

export interface ReplicationController extends KubeObject {
  readonly kind: 'ReplicationController';
  readonly spec: {
    readonly replicas: number;
    readonly minReadySeconds?: number;
    readonly selector: StringMap;
    readonly template: PodTemplateSpec;
  };
  readonly status: ReplicaSetStatus;
}
