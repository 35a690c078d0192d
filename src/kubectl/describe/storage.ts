// kubectl describe of PersistentVolume and StorageClass. Models kubectl/pkg/describe/describe.go (describePersistentVolume,
// describeStorageClass). Leaves out: the sources of single cloud providers, which print as <unknown>.
import { humanAge } from '../../kube/duration.ts';
import { shortModes } from '../../kube/kinds/persistentVolumeClaim.ts';
import type { NodeSelectorRequirement } from '../../kube/kinds/pod.ts';
import { classNameOf, isDefaultClass, type PersistentVolume, type StorageClass } from '../../kube/kinds/volumes.ts';
import { formatLabels } from '../../kube/labels.ts';
import { formatQuantity, parseQuantity } from '../../kube/quantity.ts';
import { describeEvents } from './events.ts';
import type { Page, Surroundings } from './page.ts';
import { describeSource } from './volumes.ts';

export function describeVolume(volume: PersistentVolume, page: Page, around: Surroundings): void {
  const { metadata, spec, status } = volume;
  const leaving = metadata.deletionTimestamp;
  page.field(0, 'Name', metadata.name);
  page.labels('Labels', metadata.labels);
  page.annotations('Annotations', metadata.annotations);
  page.field(0, 'Finalizers', `[${(metadata.finalizers ?? []).join(' ')}]`);
  page.field(0, 'StorageClass', classNameOf(volume));
  page.field(0, 'Status', leaving ? `Terminating (lasts ${humanAge(leaving, around.nowMs)})` : (status?.phase ?? ''));
  page.field(0, 'Claim', spec.claimRef ? `${spec.claimRef.namespace ?? ''}/${spec.claimRef.name ?? ''}` : '');
  page.field(0, 'Reclaim Policy', spec.persistentVolumeReclaimPolicy ?? '');
  page.field(0, 'Access Modes', shortModes(spec.accessModes));
  if (spec.volumeMode) page.field(0, 'VolumeMode', spec.volumeMode);
  page.field(0, 'Capacity', formatQuantity(parseQuantity(spec.capacity?.['storage'] ?? 0)));
  describeAffinity(volume, page);
  page.field(0, 'Message', status?.message ?? '');
  page.line(0, 'Source:');
  const source = Object.keys(spec).find((name) => SOURCES.has(name));
  if (source === 'csi') describeCsi(spec['csi'] as CsiSource, page);
  else if (source === 'local') describeLocal(spec['local'] as { readonly path?: string }, page);
  else if (source) describeSource(source, spec[source] as Readonly<Record<string, unknown>>, page);
  else page.line(1, '<unknown>');
  describeEvents(volume, page, around);
}

const SOURCES = new Set(['hostPath', 'nfs', 'csi', 'local']);

function describeAffinity({ spec }: PersistentVolume, page: Page): void {
  const required = spec.nodeAffinity?.required;
  if (!required) return page.field(0, 'Node Affinity', '<none>');
  page.field(0, 'Node Affinity', '');
  const terms = required.nodeSelectorTerms ?? [];
  page.field(1, 'Required Terms', terms.length === 0 ? '<none>' : '');
  for (const [i, { matchExpressions = [] }] of terms.entries()) {
    page.write(2, `Term ${i}:\t`);
    if (matchExpressions.length === 0) page.line(0, '<none>');
    for (const [j, requirement] of matchExpressions.entries()) {
      if (j > 0) page.write(2, '\t');
      page.line(0, requirementText(requirement));
    }
  }
}

function requirementText({ key, operator, values = [] }: NodeSelectorRequirement): string {
  return `${key} ${operator.toLowerCase()}${values.length > 0 ? ` [${values.join(', ')}]` : ''}`;
}

interface CsiSource {
  readonly driver?: string;
  readonly fsType?: string;
  readonly volumeHandle?: string;
  readonly readOnly?: boolean;
  readonly volumeAttributes?: Readonly<Record<string, string>>;
}

function describeCsi(
  { driver = '', fsType = '', volumeHandle = '', readOnly = false, volumeAttributes = {} }: CsiSource,
  page: Page,
): void {
  page.field(2, 'Type', 'CSI (a Container Storage Interface (CSI) volume source)');
  page.field(2, 'Driver', driver);
  page.field(2, 'FSType', fsType);
  page.field(2, 'VolumeHandle', volumeHandle);
  page.field(2, 'ReadOnly', readOnly);
  const attributes = Object.keys(volumeAttributes).sort();
  page.write(2, 'VolumeAttributes:\t');
  page.line(0, attributes.length === 0 ? '<none>' : attributes.map((key) => `${key}=${volumeAttributes[key]}`).join('\n    \t'));
}

function describeLocal({ path = '' }: { readonly path?: string }, page: Page): void {
  page.field(2, 'Type', 'LocalVolume (a persistent volume backed by local storage on a node)');
  page.field(2, 'Path', path);
}

export function describeStorageClass(object: StorageClass, page: Page, around: Surroundings): void {
  const { metadata, provisioner, parameters, allowVolumeExpansion, mountOptions = [], allowedTopologies } = object;
  page.field(0, 'Name', metadata.name);
  page.field(0, 'IsDefaultClass', isDefaultClass(object) ? 'Yes' : 'No');
  page.field(0, 'Annotations', formatLabels(metadata.annotations));
  page.field(0, 'Provisioner', provisioner ?? '');
  page.field(0, 'Parameters', formatLabels(parameters));
  page.field(0, 'AllowVolumeExpansion', allowVolumeExpansion === undefined ? '<unset>' : allowVolumeExpansion ? 'True' : 'False');
  if (mountOptions.length === 0) page.field(0, 'MountOptions', '<none>');
  else page.line(0, 'MountOptions:');
  for (const option of mountOptions) page.line(1, option);
  if (object.reclaimPolicy) page.field(0, 'ReclaimPolicy', object.reclaimPolicy);
  if (object.volumeBindingMode) page.field(0, 'VolumeBindingMode', object.volumeBindingMode);
  if (allowedTopologies) describeTopologies(allowedTopologies, page);
  describeEvents(object, page, around);
}

function describeTopologies(terms: NonNullable<StorageClass['allowedTopologies']>, page: Page): void {
  page.field(0, 'AllowedTopologies', terms.length === 0 ? '<none>' : '');
  for (const [i, { matchLabelExpressions = [] }] of terms.entries()) {
    page.write(1, `Term ${i}:\t`);
    if (matchLabelExpressions.length === 0) page.line(0, '<none>');
    for (const [j, { key, values }] of matchLabelExpressions.entries()) {
      if (j > 0) page.write(1, '\t');
      page.line(0, `${key} in [${values.join(', ')}]`);
    }
  }
}
