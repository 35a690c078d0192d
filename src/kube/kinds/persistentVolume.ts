// The kind PersistentVolume: its names, defaults, rules and columns. Models pkg/apis/core/v1/defaults.go,
// pkg/registry/core/persistentvolume/strategy.go and pkg/printers/internalversion/printers.go.
import type { Kind } from '../kind.ts';
import { volumeRules } from '../late.ts';
import { subdomainName, validateMeta, validateMetaUpdate } from '../validation/meta.ts';
import { ageColumn, nameColumn } from './columns.ts';
import { changed, filled } from './fill.ts';
import { shortModes } from './persistentVolumeClaim.ts';
import { classNameOf, type PersistentVolume } from './volumes.ts';

const META = { namespaced: false, name: subdomainName };

export const persistentVolumeKind: Kind<PersistentVolume> = {
  kind: 'PersistentVolume',
  apiVersion: 'v1',
  plural: 'persistentvolumes',
  singular: 'persistentvolume',
  shortNames: ['pv'],
  namespaced: false,
  hasStatus: true,
  hasGeneration: false,
  isSimulated: true,
  defaults: (volume) =>
    changed(volume, 'spec', (spec) => {
      const whole = filled(spec, { persistentVolumeReclaimPolicy: 'Retain', volumeMode: 'Filesystem' });
      return changed(whole, 'hostPath', (source) => filled(source as { type?: string }, { type: '' }));
    }),
  prepareForCreate: (volume) => ({
    ...volume,
    status: {
      phase: 'Pending',
      ...(volume.metadata.creationTimestamp ? { lastPhaseTransitionTime: volume.metadata.creationTimestamp } : {}),
    },
  }),
  validate: (volume) => [...validateMeta(volume.metadata, META), ...volumeRules.get().validateVolumeSpec(volume.spec, 'spec')],
  validateUpdate: (volume, old) => [
    ...validateMetaUpdate(volume, old),
    ...volumeRules.get().validateVolumeSpec(volume.spec, 'spec'),
    ...volumeRules.get().validateVolumeUpdate(volume, old),
  ],
  columns: [
    nameColumn,
    { name: 'Capacity', value: ({ spec }) => String(spec.capacity?.['storage'] ?? '') },
    { name: 'Access Modes', value: ({ spec }) => shortModes(spec.accessModes) },
    { name: 'Reclaim Policy', value: ({ spec }) => spec.persistentVolumeReclaimPolicy ?? '' },
    { name: 'Status', value: ({ metadata, status }) => (metadata.deletionTimestamp ? 'Terminating' : (status.phase ?? '')) },
    { name: 'Claim', value: ({ spec: { claimRef } }) => (claimRef ? `${claimRef.namespace ?? ''}/${claimRef.name ?? ''}` : '') },
    { name: 'StorageClass', value: classNameOf },
    { name: 'VolumeAttributesClass', value: ({ spec }) => spec.volumeAttributesClassName ?? '<unset>' },
    { name: 'Reason', value: ({ status }) => status.reason ?? '' },
    ageColumn,
    { name: 'VolumeMode', wide: true, value: ({ spec }) => spec.volumeMode ?? '<unset>' },
  ],
};
