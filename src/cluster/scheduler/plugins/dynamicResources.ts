// Pods that ask for devices: no driver offers any here, so their claims are never allocated and they wait, as in a cluster without one.
// Models pkg/scheduler/framework/plugins/dynamicresources/dynamicresources.go.
import type { Pod } from '../../../kube/kinds/pod.ts';
import { claimNameOf, classesOf, type ResourceClaim } from '../../../kube/kinds/resourceClaims.ts';
import { keyFor } from '../../../kube/meta.ts';
import type { ObjectSource } from '../clusterState.ts';
import type { Plugin } from '../plugin.ts';
import type { Rejection } from '../rejection.ts';

const name = 'DynamicResources';

const refuse = (reason: string): Rejection => ({ plugin: name, reasons: [reason], isFinal: true });
const notAllocated = refuse('cannot allocate all claims');

export const dynamicResources: Plugin = {
  name,
  isLocal: false,
  preFilter({ pod }, { objects }) {
    for (const { request, className } of claimsOf(pod, objects).flatMap(({ spec }) => classesOf(spec))) {
      if (objects.get('DeviceClass', keyFor('DeviceClass', undefined, className))) continue;
      return { rejection: refuse(`request ${request}: device class ${className} does not exist`) };
    }
    return undefined;
  },
  filter({ pod }, { objects }) {
    return claimsOf(pod, objects).some(({ spec }) => classesOf(spec).length > 0) ? () => notAllocated : undefined;
  },
  events: ['ClaimChange'],
};

export function isWaitingForClaims(pod: Pod, objects: ObjectSource): boolean {
  return claimsOf(pod, objects).length < (pod.spec.resourceClaims?.length ?? 0);
}

function claimsOf(pod: Pod, objects: ObjectSource): ResourceClaim[] {
  return (pod.spec.resourceClaims ?? []).flatMap((asked) => {
    const claimName = claimNameOf(pod, asked);
    const found = claimName && objects.get('ResourceClaim', keyFor('ResourceClaim', pod.metadata.namespace, claimName));
    return found ? [found as ResourceClaim] : [];
  });
}
