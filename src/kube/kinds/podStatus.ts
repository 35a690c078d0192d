// What follows from a pod's spec: its QoS class, and which of its containers are sidecars.
// Models pkg/apis/core/helper/qos/qos.go.

import { remembered } from '../../base/remembered.ts';
import { parseQuantity } from '../quantity.ts';
import type { Container, PodSpec, PodStatus, ResourceList } from './pod.ts';

type QosClass = NonNullable<PodStatus['qosClass']>;

const QOS_RESOURCES = ['cpu', 'memory'] as const;

/** Guaranteed: every container limits CPU and memory and requests just that. BestEffort: none asks for either. Else Burstable. */
export const qosClassOf = remembered((spec: PodSpec): QosClass => {
  const containers = spec.resources ? [{ resources: spec.resources }] : [...(spec.containers ?? []), ...(spec.initContainers ?? [])];
  const isAsked = containers.some(({ resources }) =>
    QOS_RESOURCES.some((name) => amount(resources?.requests, name) || amount(resources?.limits, name)),
  );
  if (!isAsked) return 'BestEffort';
  const isGuaranteed = containers.every(({ resources }) =>
    QOS_RESOURCES.every((name) => {
      const limit = amount(resources?.limits, name);
      const isAsWell = resources?.requests?.[name] === undefined || amount(resources.requests, name) === limit;
      return limit !== undefined && isAsWell;
    }),
  );
  return isGuaranteed ? 'Guaranteed' : 'Burstable';
});

/** Undefined for nothing and for zero. */
function amount(list: ResourceList | undefined, name: string): bigint | undefined {
  const quantity = list?.[name];
  if (quantity === undefined) return undefined;
  const { nano } = parseQuantity(quantity);
  return nano === 0n ? undefined : nano;
}

/** A sidecar: an init container that keeps running. */
export function isRestartableInit(container: Container | undefined): boolean {
  return container?.restartPolicy === 'Always';
}
