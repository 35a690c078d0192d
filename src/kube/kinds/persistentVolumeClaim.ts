// The kind PersistentVolumeClaim: its names, defaults, rules and columns. Models pkg/apis/core/v1/defaults.go,
// pkg/registry/core/persistentvolumeclaim/strategy.go and pkg/printers/internalversion/printers.go.
import type { Kind } from '../kind.ts';
import { claimRules } from '../late.ts';
import { subdomainName, validateMeta, validateMetaUpdate } from '../validation/meta.ts';
import { ageColumn, nameColumn } from './columns.ts';
import { changed, filled } from './fill.ts';
import { classNameOf, type PersistentVolumeClaim } from './volumes.ts';

const META = { namespaced: true, name: subdomainName };

const SHORT_MODES: Readonly<Record<string, string>> = {
  ReadWriteOnce: 'RWO',
  ReadOnlyMany: 'ROX',
  ReadWriteMany: 'RWX',
  ReadWriteOncePod: 'RWOP',
};

/** Access modes as kubectl shows them, each once and in Kubernetes' order. */
export function shortModes(modes: readonly string[] = []): string {
  return Object.entries(SHORT_MODES)
    .flatMap(([mode, short]) => (modes.includes(mode) ? short : []))
    .join(',');
}

export const persistentVolumeClaimKind: Kind<PersistentVolumeClaim> = {
  kind: 'PersistentVolumeClaim',
  apiVersion: 'v1',
  plural: 'persistentvolumeclaims',
  singular: 'persistentvolumeclaim',
  shortNames: ['pvc'],
  namespaced: true,
  hasStatus: true,
  hasGeneration: false,
  isSimulated: true,
  defaults: (claim) => changed(claim, 'spec', (spec) => filled(spec, { volumeMode: 'Filesystem' })),
  prepareForCreate: (claim) => ({ ...claim, status: { phase: 'Pending' } }),
  validate: (claim) => [...validateMeta(claim.metadata, META), ...claimRules.get().validateClaimSpec(claim.spec, 'spec')],
  validateUpdate: (claim, old) => [
    ...validateMetaUpdate(claim, old),
    ...claimRules.get().validateClaimSpec(claim.spec, 'spec'),
    ...claimRules.get().validateClaimUpdate(claim, old),
  ],
  columns: [
    nameColumn,
    { name: 'Status', value: ({ metadata, status }) => (metadata.deletionTimestamp ? 'Terminating' : (status.phase ?? '')) },
    { name: 'Volume', value: ({ spec }) => spec.volumeName ?? '' },
    { name: 'Capacity', value: ({ spec, status }) => (spec.volumeName ? String(status.capacity?.['storage'] ?? '') : '') },
    { name: 'Access Modes', value: ({ spec, status }) => (spec.volumeName ? shortModes(status.accessModes) : '') },
    { name: 'StorageClass', value: classNameOf },
    { name: 'VolumeAttributesClass', value: ({ spec }) => spec.volumeAttributesClassName ?? '<unset>' },
    ageColumn,
    { name: 'VolumeMode', wide: true, value: ({ spec }) => spec.volumeMode ?? '<unset>' },
  ],
};
