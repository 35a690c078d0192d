// Devices that pods ask for: the shapes of claims, and which claims a pod has. Models k8s.io/api/resource/v1/types.go and
// k8s.io/dynamic-resource-allocation/resourceclaim. There are no drivers here, so no claim is ever allocated.
import type { KubeObject } from '../meta.ts';
import type { Pod, PodResourceClaim } from './pod.ts';

interface DeviceRequest {
  readonly name: string;
  readonly exactly?: { readonly deviceClassName: string };
  readonly firstAvailable?: readonly { readonly name: string; readonly deviceClassName: string }[];
}

export interface ClaimedDevices {
  readonly devices?: { readonly requests?: readonly DeviceRequest[] };
}

export interface ResourceClaim extends KubeObject {
  readonly kind: 'ResourceClaim';
  readonly spec: ClaimedDevices;
}

export interface ResourceClaimTemplate extends KubeObject {
  readonly kind: 'ResourceClaimTemplate';
  readonly spec: { readonly metadata?: Partial<KubeObject['metadata']>; readonly spec: ClaimedDevices };
}

/** The name of the claim that stands for what a pod asks for; undefined while none was made. */
export function claimNameOf({ status }: Pod, { name, resourceClaimName }: PodResourceClaim): string | undefined {
  return resourceClaimName ?? status.resourceClaimStatuses?.find((each) => each.name === name)?.resourceClaimName;
}

/** Each request with the classes that would do, and the name by which it is told of. */
export function classesOf({ devices }: ClaimedDevices): readonly { readonly request: string; readonly className: string }[] {
  return (devices?.requests ?? []).flatMap(({ name, exactly, firstAvailable = [] }) => [
    ...(exactly ? [{ request: name, className: exactly.deviceClassName }] : []),
    ...firstAvailable.map((each) => ({ request: `${name}/${each.name}`, className: each.deviceClassName })),
  ]);
}
