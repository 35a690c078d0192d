// The kind Namespace: its names, initial state and columns. Models pkg/registry/core/namespace/strategy.go.
import type { Kind } from '../kind.ts';
import { isDns1123Label } from '../names.ts';
import { validateMeta, validateMetaUpdate } from '../validation/meta.ts';
import { ageColumn, nameColumn } from './columns.ts';
import type { Namespace } from './event.ts';
import { filled } from './fill.ts';

const NAME_LABEL = 'kubernetes.io/metadata.name';

export const namespaceKind: Kind<Namespace> = {
  kind: 'Namespace',
  apiVersion: 'v1',
  plural: 'namespaces',
  singular: 'namespace',
  shortNames: ['ns'],
  namespaced: false,
  hasStatus: true,
  hasGeneration: false,
  isSimulated: true,
  defaults(namespace) {
    const { metadata } = namespace;
    const labels = filled({ ...metadata.labels }, { [NAME_LABEL]: metadata.name });
    return metadata.labels?.[NAME_LABEL] === undefined && metadata.name ? { ...namespace, metadata: { ...metadata, labels } } : namespace;
  },
  prepareForCreate(namespace) {
    const finalizers = namespace.spec?.finalizers ?? [];
    const kept = finalizers.includes('kubernetes') ? finalizers : [...finalizers, 'kubernetes'];
    return { ...namespace, spec: { ...namespace.spec, finalizers: kept }, status: { phase: 'Active' } };
  },
  prepareForUpdate(namespace, old) {
    return { ...namespace, spec: old.spec };
  },
  holdDeletion(namespace) {
    if ((namespace.spec.finalizers ?? []).length === 0) return undefined;
    return { ...namespace, status: { ...namespace.status, phase: 'Terminating' } };
  },
  validate: ({ metadata }) => validateMeta(metadata, { namespaced: false, name: isDns1123Label }),
  validateUpdate: validateMetaUpdate,
  columns: [nameColumn, { name: 'Status', value: ({ status }) => status?.phase ?? '' }, ageColumn],
  fieldOf: ({ status }, field) => (field === 'status.phase' ? (status?.phase ?? '') : field === 'name' ? '' : undefined),
};
