// StatefulSet and ControllerRevision: their shapes. Models k8s.io/api/apps/v1/types.go.
import type { KubeObject, LabelSelector, ObjectMeta } from '../meta.ts';
import type { PodTemplateSpec } from './pod.ts';

export interface ClaimTemplate {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly metadata: Partial<ObjectMeta> & { readonly name: string };
  readonly spec: unknown;
}

type Retention = 'Retain' | 'Delete';

export interface StatefulSetStatus {
  readonly observedGeneration?: number;
  readonly replicas?: number;
  readonly readyReplicas?: number;
  readonly currentReplicas?: number;
  readonly updatedReplicas?: number;
  readonly currentRevision?: string;
  readonly updateRevision?: string;
  readonly collisionCount?: number;
  readonly availableReplicas?: number;
}

export interface StatefulSet extends KubeObject {
  readonly kind: 'StatefulSet';
  readonly spec: {
    readonly replicas: number;
    readonly selector: LabelSelector;
    readonly template: PodTemplateSpec;
    readonly serviceName?: string;
    readonly podManagementPolicy?: 'OrderedReady' | 'Parallel';
    readonly updateStrategy: { readonly type: 'RollingUpdate' | 'OnDelete'; readonly rollingUpdate?: { readonly partition?: number } };
    readonly revisionHistoryLimit?: number;
    readonly minReadySeconds?: number;
    readonly volumeClaimTemplates?: readonly ClaimTemplate[];
    readonly persistentVolumeClaimRetentionPolicy?: { readonly whenDeleted?: Retention; readonly whenScaled?: Retention };
    readonly ordinals?: { readonly start?: number };
  };
  readonly status: StatefulSetStatus;
}

/** One state of a template, kept to be able to go back to it. */
export interface ControllerRevision extends KubeObject {
  readonly kind: 'ControllerRevision';
  readonly data: { readonly spec: { readonly template: PodTemplateSpec & { readonly $patch?: string } } };
  readonly revision: number;
}
