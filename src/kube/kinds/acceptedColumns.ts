// The columns of `kubectl get` for kinds that are kept and not simulated. Models pkg/printers/internalversion/printers.go.
import { humanDuration } from '../duration.ts';
import type { Column } from '../kind.ts';
import { formatLabels, formatSelector } from '../labels.ts';
import { type KubeObject, type LabelSelector, type StringMap } from '../meta.ts';
import { ageColumn, nameColumn, templateColumns } from './columns.ts';
import type { PodTemplateSpec } from './pod.ts';

/** A value deep inside an object of which nothing is known. */
function at(object: unknown, path: string): unknown {
  let value: unknown = object;
  for (const key of path.split('.'))
    value = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
  return value;
}

const textAt = (object: unknown, path: string, otherwise = ''): string => String(at(object, path) ?? otherwise);
const countAt = (object: unknown, path: string): string => textAt(object, path, '0');
const listAt = (object: unknown, path: string): readonly unknown[] => {
  const value = at(object, path);
  return Array.isArray(value) ? value : [];
};

type AnyColumn = Column<KubeObject>;
const column = (name: string, value: (object: KubeObject, nowMs: number) => string): AnyColumn => ({ name, value });
const wide = (name: string, value: (object: KubeObject, nowMs: number) => string): AnyColumn => ({ name, wide: true, value });
const field = (name: string, path: string, otherwise = ''): AnyColumn => column(name, (object) => textAt(object, path, otherwise));

const createdAtColumn = field('Created At', 'metadata.creationTimestamp');
const selectorAt = (path: string) => (object: KubeObject) => formatSelector(at(object, path) as LabelSelector | undefined);
const templateAt = (path: string) => (object: KubeObject) => at(object, path) as PodTemplateSpec | undefined;

/** Three of a list and how many more. */
function shortList(items: readonly string[]): string {
  if (items.length === 0) return '<none>';
  return items.length <= 3 ? items.join(',') : `${items.slice(0, 3).join(',')} + ${items.length - 3} more...`;
}

function ingressHosts(ingress: KubeObject): string {
  const hosts = listAt(ingress, 'spec.rules').map((rule) => textAt(rule, 'host') || '*');
  return hosts.length === 0 ? '*' : shortList(hosts);
}

function subjects(binding: KubeObject, kind: string): string {
  return listAt(binding, 'subjects')
    .filter((subject) => at(subject, 'kind') === kind)
    .map((subject) => (kind === 'ServiceAccount' ? `${textAt(subject, 'namespace')}/${textAt(subject, 'name')}` : textAt(subject, 'name')))
    .join(', ');
}

const bindingColumns: readonly AnyColumn[] = [
  nameColumn,
  column('Role', (binding) => `${textAt(binding, 'roleRef.kind')}/${textAt(binding, 'roleRef.name')}`),
  ageColumn,
  wide('Users', (binding) => subjects(binding, 'User')),
  wide('Groups', (binding) => subjects(binding, 'Group')),
  wide('ServiceAccounts', (binding) => subjects(binding, 'ServiceAccount')),
];

const count = (name: string, path: string): AnyColumn => column(name, (object) => String(listAt(object, path).length));
const joined = (values: readonly unknown[], otherwise: string) => values.join(',') || otherwise;

const webhookColumns: readonly AnyColumn[] = [nameColumn, count('Webhooks', 'webhooks'), ageColumn];

/** `services/default/web`: the object that has an address. */
function parentOf(address: KubeObject): string {
  const parent = at(address, 'spec.parentRef');
  if (!parent) return '<none>';
  const group = textAt(parent, 'group');
  const namespace = textAt(parent, 'namespace');
  return [
    `${textAt(parent, 'resource')}${group && `.${group}`}`.toLowerCase(),
    ...(namespace ? [namespace] : []),
    textAt(parent, 'name'),
  ].join('/');
}

/** Who serves an API, and whether that can be asked. Models kube-aggregator's table of APIServices. */
const apiServiceColumns: readonly AnyColumn[] = [
  nameColumn,
  column('Service', (api) => {
    const service = at(api, 'spec.service');
    return service ? `${textAt(service, 'namespace')}/${textAt(service, 'name')}` : 'Local';
  }),
  column('Available', (api) => {
    const condition = listAt(api, 'status.conditions').find((each) => at(each, 'type') === 'Available');
    if (!condition) return 'Unknown';
    const status = textAt(condition, 'status');
    return status === 'True' ? status : `${status} (${textAt(condition, 'reason')})`;
  }),
  ageColumn,
];

const csiDriverColumns: readonly AnyColumn[] = [
  nameColumn,
  field('AttachRequired', 'spec.attachRequired', 'true'),
  field('PodInfoOnMount', 'spec.podInfoOnMount', 'false'),
  field('StorageCapacity', 'spec.storageCapacity', 'false'),
  column('TokenRequests', (driver) =>
    at(driver, 'spec.tokenRequests') === undefined
      ? '<unset>'
      : listAt(driver, 'spec.tokenRequests')
          .map((each) => textAt(each, 'audience'))
          .join(','),
  ),
  field('RequiresRepublish', 'spec.requiresRepublish', 'false'),
  column('Modes', (driver) => joined(listAt(driver, 'spec.volumeLifecycleModes'), '<none>')),
  ageColumn,
];

const flowSchemaColumns: readonly AnyColumn[] = [
  nameColumn,
  field('PriorityLevel', 'spec.priorityLevelConfiguration.name'),
  field('MatchingPrecedence', 'spec.matchingPrecedence', '0'),
  field('DistinguisherMethod', 'spec.distinguisherMethod.type', '<none>'),
  ageColumn,
  column('MissingPL', (schema) =>
    textAt(
      listAt(schema, 'status.conditions').find((each) => at(each, 'type') === 'Dangling'),
      'status',
      '?',
    ),
  ),
];

const queueing = 'spec.limited.limitResponse.queuing';
const priorityLevelColumns: readonly AnyColumn[] = [
  nameColumn,
  field('Type', 'spec.type'),
  column('NominalConcurrencyShares', (level) =>
    textAt(level, 'spec.limited.nominalConcurrencyShares', textAt(level, 'spec.exempt.nominalConcurrencyShares', '<none>')),
  ),
  field('Queues', `${queueing}.queues`, '<none>'),
  field('HandSize', `${queueing}.handSize`, '<none>'),
  field('QueueLengthLimit', `${queueing}.queueLengthLimit`, '<none>'),
  ageColumn,
];

/** Models resourceClaimState. */
function claimState(claim: KubeObject): string {
  const isDeleted = claim.metadata.deletionTimestamp !== undefined;
  const states = isDeleted ? ['deleted'] : [];
  if (at(claim, 'status.allocation') === undefined) states.push(...(isDeleted ? [] : ['pending']));
  else states.push('allocated', ...(listAt(claim, 'status.reservedFor').length > 0 ? ['reserved'] : []));
  return states.join(',');
}

export const acceptedColumns: Readonly<Record<string, readonly AnyColumn[]>> = {
  PodTemplate: [
    nameColumn,
    ...templateColumns(templateAt('template')).map(({ name, value }) => column(name, value)),
    column('Pod Labels', (template) => formatLabels(at(template, 'template.metadata.labels') as StringMap | undefined)),
  ],
  StatefulSet: [
    nameColumn,
    column('Ready', (set) => `${countAt(set, 'status.readyReplicas')}/${countAt(set, 'spec.replicas')}`),
    ageColumn,
    ...templateColumns(templateAt('spec.template')),
  ],
  Ingress: [
    nameColumn,
    field('Class', 'spec.ingressClassName', '<none>'),
    column('Hosts', ingressHosts),
    column('Address', (ingress) =>
      listAt(ingress, 'status.loadBalancer.ingress')
        .map((each) => textAt(each, 'ip') || textAt(each, 'hostname'))
        .join(','),
    ),
    column('Ports', (ingress) => (listAt(ingress, 'spec.tls').length > 0 ? '80, 443' : '80')),
    ageColumn,
  ],
  IngressClass: [
    nameColumn,
    field('Controller', 'spec.controller'),
    column('Parameters', (ingressClass) => {
      const parameters = at(ingressClass, 'spec.parameters');
      if (!parameters) return '<none>';
      const group = textAt(parameters, 'apiGroup');
      return `${textAt(parameters, 'kind')}${group ? `.${group}` : ''}/${textAt(parameters, 'name')}`;
    }),
    ageColumn,
  ],
  NetworkPolicy: [nameColumn, column('Pod-Selector', selectorAt('spec.podSelector')), ageColumn],
  RuntimeClass: [nameColumn, field('Handler', 'handler'), ageColumn],
  Lease: [nameColumn, field('Holder', 'spec.holderIdentity'), ageColumn],
  CertificateSigningRequest: [
    nameColumn,
    ageColumn,
    field('SignerName', 'spec.signerName', '<none>'),
    field('Requestor', 'spec.username'),
    column('RequestedDuration', (request) => {
      const seconds = at(request, 'spec.expirationSeconds');
      return typeof seconds === 'number' ? humanDuration(seconds * 1000) : '<none>';
    }),
    column(
      'Condition',
      (request) =>
        listAt(request, 'status.conditions')
          .map((each) => textAt(each, 'type'))
          .join(',') || 'Pending',
    ),
  ],
  ValidatingWebhookConfiguration: webhookColumns,
  MutatingWebhookConfiguration: webhookColumns,
  APIService: apiServiceColumns,
  FlowSchema: flowSchemaColumns,
  PriorityLevelConfiguration: priorityLevelColumns,
  ServiceCIDR: [nameColumn, column('CIDRs', (range) => listAt(range, 'spec.cidrs').join(',')), ageColumn],
  IPAddress: [nameColumn, column('ParentRef', parentOf)],
  CSIDriver: csiDriverColumns,
  CSINode: [nameColumn, count('Drivers', 'spec.drivers'), ageColumn],
  CSIStorageCapacity: [nameColumn, field('StorageClassName', 'storageClassName'), field('Capacity', 'capacity', '<unset>')],
  VolumeAttachment: [
    nameColumn,
    field('Attacher', 'spec.attacher'),
    field('PV', 'spec.source.persistentVolumeName'),
    field('Node', 'spec.nodeName'),
    field('Attached', 'status.attached', 'false'),
    ageColumn,
  ],
  VolumeAttributesClass: [nameColumn, field('DriverName', 'driverName'), ageColumn],
  ResourceClaim: [nameColumn, column('State', claimState), ageColumn],
  ResourceSlice: [nameColumn, field('Node', 'spec.nodeName'), field('Driver', 'spec.driver'), field('Pool', 'spec.pool.name'), ageColumn],
  Role: [nameColumn, createdAtColumn],
  ClusterRole: [nameColumn, createdAtColumn],
  RoleBinding: bindingColumns,
  ClusterRoleBinding: bindingColumns,
};
