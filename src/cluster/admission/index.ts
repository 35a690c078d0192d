// The admission plugins, in the order in which the API server calls them. Adding one is a file and a line here. Those that have nothing to
// say while there is no object of a kind may come later, in a part of the program (scenario/parts).
import { Late } from '../../base/late.ts';
import type { KubeObject } from '../../kube/meta.ts';
import { isApiService } from '../apiServerObjects.ts';
import type { Admission, ObjectReader } from './admission.ts';
import { claimResize } from './claimResize.ts';
import { defaultStorageClass } from './defaultStorageClass.ts';
import { defaultTolerations } from './defaultTolerations.ts';
import { namespaceLifecycle } from './namespaceLifecycle.ts';
import { priority } from './priority.ts';
import { runtimeClass } from './runtimeClass.ts';
import { serviceAccount } from './serviceAccount.ts';
import { storageProtection } from './storageProtection.ts';
import { taintNodes } from './taintNodes.ts';

export const limitRanger = new Late<Admission>('limits');
export const mutatingPolicy = new Late<Admission>('extensions');
export const serviceAddresses = new Late<Admission>('services');
export const resourceQuota = new Late<Admission>('limits');
export const validatingPolicy = new Late<Admission>('extensions');

/** Those that are asked again about what a policy has changed. */
export const beforePolicies: readonly Admission[] = [
  namespaceLifecycle,
  late(limitRanger, 'LimitRange', { kinds: ['Pod', 'PersistentVolumeClaim'], mayInvalidate: true }),
  serviceAccount,
  taintNodes,
  priority,
  defaultTolerations,
  defaultStorageClass,
  storageProtection,
  runtimeClass,
  claimResize,
];

export const admissions: readonly Admission[] = [
  ...beforePolicies,
  late(mutatingPolicy, 'MutatingAdmissionPolicyBinding', { kinds: ['*'], mayInvalidate: true }),
  late(serviceAddresses, 'Service', { kinds: ['Service'] }, (object) => !isApiService(object)),
  late(validatingPolicy, 'ValidatingAdmissionPolicyBinding', { kinds: ['*'] }),
  late(resourceQuota, 'ResourceQuota', { kinds: ['*'] }),
];

/** A plugin that is asked only where there are objects of a kind, unless something else is said. */
function late(
  plugin: Late<Admission>,
  kind: string,
  traits: Pick<Admission, 'kinds' | 'mayInvalidate'>,
  isAsked = (_: KubeObject, api: ObjectReader): boolean => api.count(kind) > 0,
): Admission {
  return {
    name: kind,
    ...traits,
    create: (object, api) => (isAsked(object, api) ? (plugin.get().create?.(object, api) ?? object) : object),
    update: (object, old, api) => (isAsked(object, api) ? (plugin.get().update?.(object, old, api) ?? object) : object),
    validate: (object, old, api, options) => (isAsked(object, api) ? plugin.get().validate?.(object, old, api, options) : undefined),
    delete: (object, api) => (isAsked(object, api) ? plugin.get().delete?.(object, api) : undefined),
  };
}
