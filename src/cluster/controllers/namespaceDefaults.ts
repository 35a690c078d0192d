// What every namespace is given: a service account for pods that name none, and the certificate that their tokens go with.
// Models pkg/controller/serviceaccount/serviceaccounts_controller.go and pkg/controller/certificates/rootcacertpublisher/publisher.go.
import { type Change, type Key, type KubeObject, keyFor } from '../../kube/meta.ts';
import type { Controller } from '../controller.ts';

const ACCOUNT = 'default';
const ROOT_CA = 'kube-root-ca.crt';
const ROOT_CA_ABOUT =
  'Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as the internal service IP or kubernetes.default.svc. No other usage is guaranteed across distributions of Kubernetes clusters.';

/** Makes `object` in every namespace that lacks it, also when somebody deleted it there. */
function keeper(name: string, object: KubeObject): Controller {
  const { kind } = object;
  const namespaceOf = ({ before, after }: Change): readonly Key[] => {
    const gone = after ? undefined : before;
    return gone?.metadata.name === object.metadata.name ? [keyFor('Namespace', undefined, gone.metadata.namespace ?? '')] : [];
  };
  return {
    name,
    watches: [
      { kind: 'Namespace', keys: ({ key, before, after }) => (after && !before ? [key] : []) },
      { kind, keys: namespaceOf },
    ],
    reconcile(key, ctx) {
      const namespace = ctx.api.getByKey<KubeObject>(key);
      if (!namespace || namespace.metadata.deletionTimestamp !== undefined) return;
      if (ctx.api.get<KubeObject>(kind, namespace.metadata.name, object.metadata.name)) return;
      ctx.api.create({ ...object, metadata: { ...object.metadata, namespace: namespace.metadata.name } }, { trusted: true });
    },
  };
}

export const serviceAccounts = keeper('serviceaccount-controller', {
  apiVersion: 'v1',
  kind: 'ServiceAccount',
  metadata: { name: ACCOUNT },
});

export const rootCertificates = keeper('root-ca-certificate-publisher-controller', {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: ROOT_CA, annotations: { 'kubernetes.io/description': ROOT_CA_ABOUT } },
  data: { 'ca.crt': '-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n' },
} as KubeObject);
