// The kind ControllerRevision: what StatefulSets and DaemonSets remember a template in. It never changes but for its number.
// Models pkg/registry/apps/controllerrevision/strategy.go and pkg/apis/apps/validation/validation.go.
import { isEqual } from '../../base/equal.ts';
import type { FieldError } from '../errors.ts';
import { nonNegative, required } from '../fieldErrors.ts';
import type { Kind } from '../kind.ts';
import { immutable, subdomainName, validateMeta, validateMetaUpdate } from '../validation/meta.ts';
import { ageColumn, nameColumn } from './columns.ts';
import type { ControllerRevision } from './statefulSet.ts';

const META = { namespaced: true, name: subdomainName };

export const controllerRevisionKind: Kind<ControllerRevision> = {
  kind: 'ControllerRevision',
  apiVersion: 'apps/v1',
  plural: 'controllerrevisions',
  singular: 'controllerrevision',
  shortNames: [],
  namespaced: true,
  hasStatus: false,
  hasGeneration: false,
  isSimulated: true,
  validate: (revision) => [...validateMeta(revision.metadata, META), ...contentErrors(revision)],
  validateUpdate: (revision, old) => [
    ...validateMetaUpdate(revision, old),
    ...contentErrors(revision),
    ...immutable(revision.data, isEqual(revision.data, old.data), 'data'),
  ],
  columns: [
    nameColumn,
    { name: 'Controller', value: controllerText },
    { name: 'Revision', value: ({ revision }) => String(revision ?? 0) },
    ageColumn,
  ],
};

function contentErrors({ data, revision }: ControllerRevision): FieldError[] {
  return [...(data === undefined ? [required('data', 'data is mandatory')] : []), ...nonNegative('revision', revision)];
}

/** `daemonset.apps/agent` */
function controllerText({ metadata }: ControllerRevision): string {
  const owner = metadata.ownerReferences?.find(({ controller }) => controller);
  if (!owner) return '<none>';
  const group = owner.apiVersion.includes('/') ? `.${owner.apiVersion.split('/')[0]}` : '';
  return `${owner.kind.toLowerCase()}${group}/${owner.name}`;
}
