// The texts of -l and --field-selector as filters, and the server's refusals.
// Which fields an object can be chosen by: the field label conversions of pkg/apis/*/v1/conversion.go and the strategies' fields.
import { ApiError } from '../kube/errors.ts';
import { groupOf, type Kind } from '../kube/kind.ts';
import { matchesFields, matchesRequirements, parseFieldSelector, parseSelector, SelectorError } from '../kube/labels.ts';
import type { KubeObject } from '../kube/meta.ts';

const FIELDS: Readonly<Record<string, readonly string[]>> = {
  Pod: [
    'spec.nodeName',
    'spec.restartPolicy',
    'spec.schedulerName',
    'spec.serviceAccountName',
    'spec.hostNetwork',
    'status.phase',
    'status.podIP',
    'status.podIPs',
    'status.nominatedNodeName',
  ],
  Node: ['spec.unschedulable'],
  Namespace: ['status.phase'],
  ReplicationController: ['status.replicas'],
  ReplicaSet: ['status.replicas'],
  Job: ['status.successful'],
  Secret: ['type'],
  Service: ['spec.clusterIP', 'spec.type'],
  Event: [
    'involvedObject.kind',
    'involvedObject.namespace',
    'involvedObject.name',
    'involvedObject.uid',
    'involvedObject.apiVersion',
    'involvedObject.resourceVersion',
    'involvedObject.fieldPath',
    'reason',
    'reportingComponent',
    'source',
    'type',
  ],
};

/** A filter of objects of `kind` by both selectors. Throws the server's BadRequest for texts that are none. */
export function selectorFilter(kind: Kind, labels: string, fields: string): (object: KubeObject) => boolean {
  return askedAs(kind, labels, fields, () => {
    const requirements = parseSelector(labels);
    const fieldRequirements = parseFieldSelector(fields);
    // An empty list would not notice a field that does not exist.
    matchesFields(fieldRequirements, (field) => (isField(kind, field) ? '' : undefined));
    for (const { field } of fieldRequirements) if (!isField(kind, field)) throw new SelectorError(`field label not supported: ${field}`);
    return (object) =>
      matchesRequirements(requirements, object.metadata.labels) && matchesFields(fieldRequirements, (field) => fieldOf(object, field));
  });
}

function askedAs<T>(kind: Kind, labels: string, fields: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof SelectorError)) throw error;
    const group = groupOf(kind.apiVersion);
    const resource = `${group ? '' : '/'}${kind.apiVersion}, Resource=${kind.plural}`;
    throw new ApiError(
      'BadRequest',
      `Unable to find "${resource}" that match label selector ${JSON.stringify(labels)}, field selector ${JSON.stringify(fields)}: ${error.message}`,
    );
  }
}

function isField(kind: Kind, field: string): boolean {
  return field === 'metadata.name' || field === 'metadata.namespace' || (FIELDS[kind.kind] ?? []).includes(field);
}

function fieldOf(object: KubeObject, field: string): string {
  if (field === 'source' || field === 'reportingComponent') {
    const event = object as { readonly source?: { readonly component?: string }; readonly reportingComponent?: string };
    return (
      (field === 'source' ? event.source?.component : event.reportingComponent) || event.source?.component || event.reportingComponent || ''
    );
  }
  const value = field.split('.').reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined)?.[name], object);
  if (value === undefined) return DEFAULT_OF[field] ?? '';
  return String(value);
}

/** What the server compares with where the field is left out. */
const DEFAULT_OF: Readonly<Record<string, string>> = {
  'spec.unschedulable': 'false',
  'spec.hostNetwork': 'false',
  'status.replicas': '0',
  'status.successful': '0',
};
