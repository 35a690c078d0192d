// The registry of describers by kind: adding one is a file and a line here; a kind without one is described field by field.
import { type KubeObject, tableOf } from '../../kube/meta.ts';
import { describeBinding, describeRole, describeServiceAccount } from './access.ts';
import { describeAutoscaler } from './autoscaler.ts';
import { describeClaim } from './claims.ts';
import { describeEndpointSlice, describeEndpoints } from './endpoints.ts';
import { describeGeneric } from './generic.ts';
import { describeIngress, describeIngressClass, describeNetworkPolicy } from './ingress.ts';
import { describeCronJob, describeJob } from './jobs.ts';
import { describeConfigMap, describeSecret } from './maps.ts';
import { describeNamespace } from './namespace.ts';
import { describeNode } from './node.ts';
import { type Describer, Page, type Surroundings } from './page.ts';
import { describePod } from './pod.ts';
import { describeBudget, describeLimitRange, describePriorityClass, describeQuota } from './policies.ts';
import { describeService } from './service.ts';
import { describeDaemonSet, describeStatefulSet } from './sets.ts';
import { describeStorageClass, describeVolume } from './storage.ts';
import { describeDeployment, describeReplicaSet, describeReplicationController } from './workloads.ts';

const describers: Readonly<Record<string, Describer>> = {
  Pod: describePod,
  Node: describeNode,
  Namespace: describeNamespace,
  ReplicationController: describeReplicationController,
  ReplicaSet: describeReplicaSet,
  Deployment: describeDeployment,
  StatefulSet: describeStatefulSet,
  DaemonSet: describeDaemonSet,
  Job: describeJob,
  CronJob: describeCronJob,
  HorizontalPodAutoscaler: describeAutoscaler,
  Service: describeService,
  ConfigMap: describeConfigMap,
  Secret: describeSecret,
  PersistentVolumeClaim: describeClaim,
  PersistentVolume: describeVolume,
  StorageClass: describeStorageClass,
  ResourceQuota: describeQuota,
  LimitRange: describeLimitRange,
  PodDisruptionBudget: describeBudget,
  PriorityClass: describePriorityClass,
  ServiceAccount: describeServiceAccount,
  EndpointSlice: describeEndpointSlice,
  Endpoints: describeEndpoints,
  Ingress: describeIngress,
  IngressClass: describeIngressClass,
  NetworkPolicy: describeNetworkPolicy,
  Role: describeRole,
  ClusterRole: describeRole,
  RoleBinding: describeBinding,
  ClusterRoleBinding: describeBinding,
};

export function descriptionOf(object: KubeObject, around: Surroundings): string {
  const page = new Page();
  const describe = (describers[tableOf(object)] ?? describeGeneric) as (object: KubeObject, page: Page, around: Surroundings) => void;
  describe(object, page, around);
  return page.toString();
}
