// Which rules hold for the kinds of kinds/accepted.ts that nothing acts on, beside those for metadata.
import type { FieldError } from '../errors.ts';
import { allInvalid, invalid, required } from '../fieldErrors.ts';
import type { PodTemplateSpec } from '../kinds/pod.ts';
import type { KubeObject } from '../meta.ts';
import { isDns1123Label } from '../names.ts';
import { validateBinding, validateBindingUpdate, validateRole } from './access.ts';
import { validateIngress, validateIngressClass, validateIngressClassUpdate, validateNewIngress } from './ingress.ts';
import { validateNetworkPolicy } from './networkPolicy.ts';
import { validateTemplate } from './pod.ts';
import { validateWebhooks } from './webhook.ts';

export interface Rules {
  validate(object: KubeObject): readonly FieldError[];
  /** The rules for creating hold for updates where this is missing. */
  validateUpdate?(object: KubeObject, old: KubeObject): readonly FieldError[];
}

export const acceptedRules: Readonly<Record<string, Rules>> = {
  Ingress: { validate: validateNewIngress, validateUpdate: validateIngress },
  IngressClass: { validate: validateIngressClass, validateUpdate: validateIngressClassUpdate },
  NetworkPolicy: { validate: validateNetworkPolicy },
  ValidatingWebhookConfiguration: { validate: validateWebhooks },
  MutatingWebhookConfiguration: { validate: validateWebhooks },
  PodTemplate: { validate: validatePodTemplate },
  RuntimeClass: { validate: validateRuntimeClass },
  ServiceCIDR: { validate: validateServiceRanges },
  Role: { validate: validateRole },
  ClusterRole: { validate: validateRole },
  RoleBinding: { validate: validateBinding, validateUpdate: validateBindingUpdate },
  ClusterRoleBinding: { validate: validateBinding, validateUpdate: validateBindingUpdate },
};

function validatePodTemplate(object: KubeObject): FieldError[] {
  return validateTemplate((object as KubeObject & { readonly template?: PodTemplateSpec }).template ?? ({} as PodTemplateSpec), 'template');
}

function validateRuntimeClass(object: KubeObject): FieldError[] {
  const { handler = '' } = object as KubeObject & { readonly handler?: string };
  return allInvalid('handler', handler, isDns1123Label(handler));
}

function validateServiceRanges({ spec }: KubeObject): FieldError[] {
  const { cidrs = [] } = (spec ?? {}) as { readonly cidrs?: readonly string[] };
  if (cidrs.length === 0) return [required('spec.cidrs', 'at least one CIDR required')];
  return cidrs.length > 2 ? [invalid('spec', { cidrs }, 'may only hold up to 2 values')] : [];
}
