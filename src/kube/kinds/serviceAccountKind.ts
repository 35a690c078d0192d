// ServiceAccount: every namespace has one. Nothing here asks who somebody is, so it is kept and no more.
import type { Kind } from '../kind.ts';
import type { KubeObject } from '../meta.ts';
import { subdomainName, validateMeta, validateMetaUpdate } from '../validation/meta.ts';
import { ageColumn, nameColumn } from './columns.ts';

export const serviceAccountKind: Kind<KubeObject> = {
  kind: 'ServiceAccount',
  apiVersion: 'v1',
  plural: 'serviceaccounts',
  singular: 'serviceaccount',
  shortNames: ['sa'],
  namespaced: true,
  hasStatus: false,
  hasGeneration: false,
  isSimulated: false,
  validate: ({ metadata }) => validateMeta(metadata, { namespaced: true, name: subdomainName }),
  validateUpdate: validateMetaUpdate,
  columns: [nameColumn, ageColumn],
};
