// The kind CustomResourceDefinition: names, defaults, columns.
// Models apiextensions-apiserver/pkg/apis/apiextensions/v1/defaults.go and pkg/registry/customresourcedefinition/strategy.go.
import { CLEANUP_FINALIZER, type CustomResourceDefinition } from '../custom/definition.ts';
import type { Kind } from '../kind.ts';
import { definitionRules } from '../late.ts';
import { nameColumn } from './columns.ts';
import { changed, filled } from './fill.ts';

export const customResourceDefinitionKind: Kind<CustomResourceDefinition> = {
  kind: 'CustomResourceDefinition',
  apiVersion: 'apiextensions.k8s.io/v1',
  plural: 'customresourcedefinitions',
  singular: 'customresourcedefinition',
  shortNames: ['crd', 'crds'],
  categories: ['api-extensions'],
  namespaced: false,
  hasStatus: true,
  hasGeneration: true,
  isSimulated: true,
  defaults: (object) => changed(object, 'spec', withDefaults),
  prepareForCreate: (object) => ({ ...object, status: { storedVersions: storageVersionsOf(object) } }),
  prepareForUpdate(object) {
    const stored = object.status.storedVersions ?? [];
    const added = storageVersionsOf(object).filter((name) => !stored.includes(name));
    return added.length === 0 ? object : { ...object, status: { ...object.status, storedVersions: [...stored, ...added] } };
  },
  validate: (definition) => definitionRules.get().validateDefinition(definition),
  validateUpdate: (definition, old) => definitionRules.get().validateDefinitionUpdate(definition, old),
  deletionFinalizers: [CLEANUP_FINALIZER],
  columns: [nameColumn, { name: 'Created At', value: ({ metadata }) => metadata.creationTimestamp ?? '' }],
};

type Spec = CustomResourceDefinition['spec'];

function withDefaults(spec: Spec): Spec {
  const whole = filled(spec, { conversion: { strategy: 'None' } });
  return changed(whole, 'names', (names) =>
    names.kind ? filled(names, { singular: names.kind.toLowerCase(), listKind: `${names.kind}List` }) : names,
  );
}

function storageVersionsOf({ spec }: CustomResourceDefinition): string[] {
  return (spec.versions ?? []).filter(({ storage }) => storage).map(({ name }) => name);
}
