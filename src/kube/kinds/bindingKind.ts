// Binding: the request by which a scheduler, or a person in its place, gives a pod to a node. Models pkg/registry/core/pod/storage
// (BindingREST) and pkg/apis/core/validation/validation.go (ValidatePodBinding).
import { notSupported, required } from '../fieldErrors.ts';
import type { Kind } from '../kind.ts';
import type { KubeObject } from '../meta.ts';
import { nameColumn } from './columns.ts';

interface Binding extends KubeObject {
  readonly kind: 'Binding';
  readonly target?: { readonly kind?: string; readonly name?: string };
}

export const bindingKind: Kind<Binding> = {
  kind: 'Binding',
  apiVersion: 'v1',
  plural: 'bindings',
  singular: 'binding',
  shortNames: [],
  namespaced: true,
  hasStatus: false,
  hasGeneration: false,
  isSimulated: true,
  verbs: ['create'],
  validate: ({ target }) => [
    ...(target?.kind && target.kind !== 'Node' ? [notSupported('target.kind', target.kind, ['Node', '<empty>'])] : []),
    ...(target?.name ? [] : [required('target.name')]),
  ],
  answer(binding, server) {
    const { namespace, name } = binding.metadata;
    server.assign(namespace, name, binding.target?.name ?? '');
    return binding;
  },
  columns: [nameColumn],
};
