// Which rules hold for the kinds of kinds/accepted.ts that nothing acts on, beside those for metadata.
import type { FieldError } from '../errors.ts';
import type { KubeObject } from '../meta.ts';
import { validateBinding, validateBindingUpdate, validateRole } from './access.ts';
import { validateIngress, validateIngressClass, validateIngressClassUpdate, validateNewIngress } from './ingress.ts';
import { validateNetworkPolicy } from './networkPolicy.ts';

export interface Rules {
  validate(object: KubeObject): readonly FieldError[];
  /** The rules for creating hold for updates where this is missing. */
  validateUpdate?(object: KubeObject, old: KubeObject): readonly FieldError[];
}

export const acceptedRules: Readonly<Record<string, Rules>> = {
  Ingress: { validate: validateNewIngress, validateUpdate: validateIngress },
  IngressClass: { validate: validateIngressClass, validateUpdate: validateIngressClassUpdate },
  NetworkPolicy: { validate: validateNetworkPolicy },
  Role: { validate: validateRole },
  ClusterRole: { validate: validateRole },
  RoleBinding: { validate: validateBinding, validateUpdate: validateBindingUpdate },
  ClusterRoleBinding: { validate: validateBinding, validateUpdate: validateBindingUpdate },
};
