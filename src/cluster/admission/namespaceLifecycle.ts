// Objects live in namespaces that exist and are not being deleted; some namespaces cannot be deleted.
// Models staging/src/k8s.io/apiserver/pkg/admission/plugin/namespace/lifecycle/admission.go.
import { ApiError } from '../../kube/errors.ts';
import { resourceName } from '../../kube/kind.ts';
import type { Namespace } from '../../kube/kinds/event.ts';
import { type KubeObject, tableOf } from '../../kube/meta.ts';
import type { Admission } from './admission.ts';

const IMMORTAL = new Set(['default', 'kube-system', 'kube-public']);

export const namespaceLifecycle: Admission = {
  name: 'NamespaceLifecycle',
  kinds: ['*'],
  create(object: KubeObject, api) {
    const { name, namespace } = object.metadata;
    if (namespace === undefined || object.kind === 'Event') return object;
    const found = api.get<Namespace>('Namespace', undefined, namespace);
    if (!found) throw new ApiError('NotFound', `namespaces "${namespace}" not found`);
    if (found.metadata.deletionTimestamp) {
      const kind = api.kinds.find(tableOf(object));
      throw new ApiError(
        'Forbidden',
        `${kind ? resourceName(kind) : object.kind} "${name}" is forbidden: unable to create new content in namespace ${namespace} because it is being terminated`,
      );
    }
    return object;
  },
  delete(object: KubeObject) {
    if (object.kind === 'Namespace' && IMMORTAL.has(object.metadata.name)) {
      throw new ApiError('Forbidden', `namespaces "${object.metadata.name}" is forbidden: this namespace may not be deleted`);
    }
  },
};
