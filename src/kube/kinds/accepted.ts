// Kinds that a server takes and keeps although nothing here acts on them yet. When one is simulated it gets a file of its own
// and leaves this list.
import type { FieldError } from '../errors.ts';
import type { Kind, ScalePaths } from '../kind.ts';
import { acceptedRules, setRules } from '../late.ts';
import type { KubeObject } from '../meta.ts';
import { isPathSegmentName, type NameRule } from '../names.ts';
import { replicasScale } from '../scale.ts';
import type { Rules } from '../validation/accepted.ts';
import { subdomainName, validateMeta, validateMetaUpdate } from '../validation/meta.ts';
import { acceptedColumns } from './acceptedColumns.ts';
import { acceptedDefaults } from './acceptedDefaults.ts';
import { ageColumn, nameColumn } from './columns.ts';

interface Traits {
  readonly shortNames?: readonly string[];
  readonly plural?: string;
  readonly isClusterScoped?: boolean;
  readonly categories?: readonly string[];
  readonly scale?: ScalePaths;
  readonly hasStatus?: boolean;
  readonly hasGeneration?: boolean;
  /** Whether a controller acts on it by now, though its record is still one of these. */
  readonly isSimulated?: boolean;
  /** The rule for names; a DNS subdomain unless said. */
  readonly name?: NameRule;
  /** Rules for more than its metadata. */
  readonly rules?: () => Rules | undefined;
}

function pluralOf(kind: string): string {
  const word = kind.toLowerCase();
  if (word.endsWith('s')) return `${word}es`;
  return word.endsWith('y') ? `${word.slice(0, -1)}ies` : `${word}s`;
}

/** The status of an object that nobody has looked at yet. */
const initialStatus: Readonly<Record<string, object>> = {
  Ingress: { loadBalancer: {} },
  StatefulSet: { replicas: 0, availableReplicas: 0 },
};

function accepted(apiVersion: string, kind: string, traits: Traits = {}): Kind<KubeObject> {
  const { shortNames = [], plural = pluralOf(kind), hasStatus = false, hasGeneration = false, isClusterScoped = false } = traits;
  const { rules } = traits;
  return {
    kind,
    apiVersion,
    plural,
    singular: kind.toLowerCase(),
    shortNames,
    namespaced: !isClusterScoped,
    ...(traits.categories ? { categories: traits.categories } : {}),
    ...(traits.scale ? { scale: traits.scale } : {}),
    hasStatus,
    hasGeneration,
    isSimulated: traits.isSimulated ?? false,
    ...(acceptedDefaults[kind] ? { defaults: acceptedDefaults[kind] } : {}),
    ...(hasStatus ? { prepareForCreate: (object: KubeObject) => ({ ...object, status: initialStatus[kind] ?? {} }) } : {}),
    validate: (object) => [
      ...validateMeta(object.metadata, { namespaced: !isClusterScoped, name: traits.name ?? subdomainName }),
      ...(rules?.()?.validate(object) ?? []),
    ],
    validateUpdate: (object, old) => [...validateMetaUpdate(object, old), ...updateErrors(rules?.(), object, old)],
    columns: acceptedColumns[kind] ?? [nameColumn, ageColumn],
  };
}

function updateErrors(rules: Rules | undefined, object: KubeObject, old: KubeObject): readonly FieldError[] {
  if (!rules) return [];
  return rules.validateUpdate ? rules.validateUpdate(object, old) : rules.validate(object);
}

const statefulSetRules = (): Rules => ({
  validate: setRules.get().validateStatefulSet,
  validateUpdate: setRules.get().validateStatefulSetUpdate,
});
const rulesOf = (kind: string) => ({ rules: () => acceptedRules.get().acceptedRules[kind] });

/** Names of drivers may have capitals. */
const driverName: NameRule = (text) => subdomainName(text?.toLowerCase());

const workload = { categories: ['all'], scale: replicasScale, hasStatus: true, hasGeneration: true } as const;
const cluster = { isClusterScoped: true } as const;

export const acceptedKinds: readonly Kind[] = [
  accepted('v1', 'PodTemplate', { hasGeneration: true, ...rulesOf('PodTemplate') }),
  accepted('apps/v1', 'StatefulSet', { shortNames: ['sts'], isSimulated: true, rules: statefulSetRules, ...workload }),
  accepted('networking.k8s.io/v1', 'Ingress', { shortNames: ['ing'], hasStatus: true, hasGeneration: true, ...rulesOf('Ingress') }),
  accepted('networking.k8s.io/v1', 'IngressClass', { hasGeneration: true, ...rulesOf('IngressClass'), ...cluster }),
  accepted('networking.k8s.io/v1', 'NetworkPolicy', { shortNames: ['netpol'], hasGeneration: true, ...rulesOf('NetworkPolicy') }),
  accepted('networking.k8s.io/v1', 'ServiceCIDR', { hasStatus: true, ...rulesOf('ServiceCIDR'), ...cluster }),
  accepted('networking.k8s.io/v1', 'IPAddress', { shortNames: ['ip'], plural: 'ipaddresses', ...cluster }),
  accepted('storage.k8s.io/v1', 'CSIDriver', { name: driverName, ...cluster }),
  accepted('storage.k8s.io/v1', 'CSINode', cluster),
  accepted('storage.k8s.io/v1', 'CSIStorageCapacity', { plural: 'csistoragecapacities' }),
  accepted('storage.k8s.io/v1', 'VolumeAttachment', { hasStatus: true, ...cluster }),
  accepted('storage.k8s.io/v1', 'VolumeAttributesClass', { shortNames: ['vac'], ...cluster }),
  accepted('node.k8s.io/v1', 'RuntimeClass', { ...rulesOf('RuntimeClass'), ...cluster }),
  accepted('coordination.k8s.io/v1', 'Lease'),
  accepted('certificates.k8s.io/v1', 'CertificateSigningRequest', { shortNames: ['csr'], hasStatus: true, ...cluster }),
  accepted('apiregistration.k8s.io/v1', 'APIService', { hasStatus: true, name: isPathSegmentName, ...cluster }),
  accepted('rbac.authorization.k8s.io/v1', 'Role', { name: isPathSegmentName, ...rulesOf('Role') }),
  accepted('rbac.authorization.k8s.io/v1', 'RoleBinding', { name: isPathSegmentName, ...rulesOf('RoleBinding') }),
  accepted('rbac.authorization.k8s.io/v1', 'ClusterRole', { name: isPathSegmentName, ...rulesOf('ClusterRole'), ...cluster }),
  accepted('rbac.authorization.k8s.io/v1', 'ClusterRoleBinding', { name: isPathSegmentName, ...rulesOf('ClusterRoleBinding'), ...cluster }),
  accepted('admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration', {
    hasGeneration: true,
    ...rulesOf('ValidatingWebhookConfiguration'),
    ...cluster,
  }),
  accepted('admissionregistration.k8s.io/v1', 'MutatingWebhookConfiguration', {
    hasGeneration: true,
    ...rulesOf('MutatingWebhookConfiguration'),
    ...cluster,
  }),
  accepted('flowcontrol.apiserver.k8s.io/v1', 'FlowSchema', { hasStatus: true, hasGeneration: true, ...cluster }),
  accepted('flowcontrol.apiserver.k8s.io/v1', 'PriorityLevelConfiguration', { hasStatus: true, hasGeneration: true, ...cluster }),
  accepted('resource.k8s.io/v1', 'ResourceClaim', { hasStatus: true, isSimulated: true }),
  accepted('resource.k8s.io/v1', 'ResourceClaimTemplate', { isSimulated: true }),
  accepted('resource.k8s.io/v1', 'DeviceClass', { hasGeneration: true, ...cluster }),
  accepted('resource.k8s.io/v1', 'ResourceSlice', { hasGeneration: true, ...cluster }),
];
