// The rules for pods and pod templates. Models pkg/apis/core/validation/validation.go (ValidatePodCreate, ValidatePodTemplateSpec).

import { remembered } from '../../base/remembered.ts';
import type { FieldError } from '../errors.ts';
import { allInvalid, forbidden, invalid, notSupported, required } from '../fieldErrors.ts';
import type { Pod, PodSpec, PodTemplateSpec, TopologySpreadConstraint } from '../kinds/pod.ts';
import { isDns1123Label, isDns1123Subdomain } from '../names.ts';
import { validateContainers, validateInitContainers, validateResources } from './container.ts';
import { affinityRules, fieldRules } from './late.ts';
import { subdomainName, validateAnnotations, validateLabels, validateMeta } from './meta.ts';
import { validateGates, validateNodeName, validateTolerations } from './scheduling.ts';
import { validateVolumes } from './volume.ts';

const RESTART_POLICIES = ['Always', 'OnFailure', 'Never'];
const DNS_POLICIES = ['ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None'];
const INT32_MAX = 2 ** 31 - 1;

export function validatePod(pod: Pod): FieldError[] {
  const errors = [...validateMeta(pod.metadata, { namespaced: true, name: subdomainName }), ...validatePodSpec(pod.spec ?? {}, 'spec')];
  errors.push(...validateOnlyForPods(pod.spec ?? {}));
  if (pod.spec?.ephemeralContainers?.length) errors.push(forbidden('spec.ephemeralContainers', 'cannot be set on create'));
  if (pod.spec?.nodeName && pod.spec.schedulingGates?.length) {
    errors.push(forbidden('spec.nodeName', 'cannot be set until all schedulingGates have been cleared'));
  }
  return errors;
}

/** Rules that old templates may break and pods may not. */
export function validateOnlyForPods(spec: PodSpec): FieldError[] {
  return (['containers', 'initContainers'] as const).flatMap((list) =>
    (spec[list] ?? []).flatMap(({ image }, i) =>
      image && image !== image.trim() ? [invalid(`spec.${list}[${i}].image`, image, 'must not have leading or trailing whitespace')] : [],
    ),
  );
}

export function validateTemplate(template: PodTemplateSpec, field: string): FieldError[] {
  const { metadata = {}, spec } = template;
  const errors = [
    ...validateLabels(metadata.labels, `${field}.labels`),
    ...validateAnnotations(metadata.annotations, `${field}.annotations`),
    ...validatePodSpec(spec ?? ({} as PodSpec), `${field}.spec`),
  ];
  if (spec?.ephemeralContainers?.length)
    errors.push(forbidden(`${field}.spec.ephemeralContainers`, 'ephemeral containers not allowed in pod template'));
  return errors;
}

interface RareFields {
  readonly hostPID?: boolean;
  readonly dnsConfig?: object;
  readonly hostAliases?: readonly object[];
}

/** Of what it says about its users and its network. */
function validateRareFields(spec: PodSpec): readonly FieldError[] {
  const { hostPID, dnsConfig, hostAliases } = spec as RareFields;
  const hasUsers = hostPID || Object.keys(spec.securityContext ?? {}).length > 0;
  const hasNetwork = spec.hostNetwork || dnsConfig || hostAliases || spec.dnsPolicy === 'None';
  return [
    ...(hasUsers ? fieldRules.get().validatePodSecurity(spec, '.securityContext') : []),
    ...(hasNetwork ? fieldRules.get().validatePodNetwork(spec) : []),
  ];
}

const specErrors = remembered((spec: PodSpec): readonly FieldError[] => podSpecErrors(spec));

/** What is wrong with a pod's spec; the same spec is looked at once. */
export function validatePodSpec(spec: PodSpec, field: string): FieldError[] {
  return specErrors(spec).map((error) => ({ ...error, field: `${field}${error.field}` }));
}

/** Paths begin with a dot: what stands before the spec is put in front. */
function podSpecErrors(spec: PodSpec): FieldError[] {
  const { errors, names } = validateVolumes(spec.volumes, '.volumes');
  return [
    ...errors,
    ...validateContainers(spec.containers, names, spec.terminationGracePeriodSeconds, '.containers'),
    ...validateInitContainers(spec.initContainers, spec.containers, names, spec.terminationGracePeriodSeconds, '.initContainers'),
    ...validateResources(spec.resources, '.resources'),
    ...validatePolicies(spec),
    ...validateLabels(spec.nodeSelector, '.nodeSelector'),
    ...validateRareFields(spec),
    ...(spec.affinity ? affinityRules.get().validateAffinity(spec.affinity, '.affinity') : []),
    ...validateGates(spec, ''),
    ...validateSpread(spec.topologySpreadConstraints ?? []),
    ...validateNames(spec),
    ...validateSeconds(spec),
    ...validateTolerations(spec.tolerations, '.tolerations'),
  ];
}

function validateSpread(constraints: readonly TopologySpreadConstraint[]): FieldError[] {
  return constraints.length > 0 ? affinityRules.get().validateSpread(constraints, '.topologySpreadConstraints') : [];
}

function validatePolicies(spec: PodSpec): FieldError[] {
  const { restartPolicy, dnsPolicy, preemptionPolicy } = spec;
  const { os } = spec as { readonly os?: { readonly name?: string } };
  const errors: FieldError[] = [];
  if (!restartPolicy) errors.push(required('.restartPolicy'));
  else if (!RESTART_POLICIES.includes(restartPolicy)) errors.push(notSupported('.restartPolicy', restartPolicy, RESTART_POLICIES));
  if (!dnsPolicy) errors.push(required('.dnsPolicy'));
  else if (!DNS_POLICIES.includes(dnsPolicy)) errors.push(notSupported('.dnsPolicy', dnsPolicy, DNS_POLICIES));
  if (preemptionPolicy && preemptionPolicy !== 'PreemptLowerPriority' && preemptionPolicy !== 'Never') {
    errors.push(notSupported('.preemptionPolicy', preemptionPolicy, ['Never', 'PreemptLowerPriority']));
  }
  if (os && !os.name) errors.push(required('.os.name', 'cannot be empty'));
  else if (os?.name && os.name !== 'linux' && os.name !== 'windows') errors.push(notSupported('.os', os.name, ['linux', 'windows']));
  return errors;
}

function validateNames({ serviceAccountName, nodeName, hostname, subdomain, priorityClassName }: PodSpec): FieldError[] {
  return [
    ...(serviceAccountName ? allInvalid('.serviceAccountName', serviceAccountName, isDns1123Subdomain(serviceAccountName)) : []),
    ...(nodeName ? validateNodeName(nodeName, '.nodeName') : []),
    ...(hostname ? allInvalid('.hostname', hostname, isDns1123Label(hostname)) : []),
    ...(subdomain ? allInvalid('.subdomain', subdomain, isDns1123Label(subdomain)) : []),
    ...(priorityClassName ? allInvalid('.priorityClassName', priorityClassName, isDns1123Subdomain(priorityClassName)) : []),
  ];
}

/** A negative grace period is taken, with a warning, and means one second. */
function validateSeconds({ activeDeadlineSeconds }: PodSpec): FieldError[] {
  const isOutside = activeDeadlineSeconds !== undefined && (activeDeadlineSeconds < 1 || activeDeadlineSeconds > INT32_MAX);
  return isOutside ? [invalid('.activeDeadlineSeconds', activeDeadlineSeconds, `must be between 1 and ${INT32_MAX}, inclusive`)] : [];
}
