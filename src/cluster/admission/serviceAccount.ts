// Gives every pod a service account, and its containers a token for it.
// Models plugin/pkg/admission/serviceaccount/admission.go. Leaves out: secrets that the account allows or lists.
import { hash32 } from '../../base/random.ts';
import { remembered } from '../../base/remembered.ts';
import { ApiError } from '../../kube/errors.ts';
import { mapped } from '../../kube/kinds/fill.ts';
import type { Container, Pod, PodSpec, Volume } from '../../kube/kinds/pod.ts';
import type { KubeObject } from '../../kube/meta.ts';
import type { Admission } from './admission.ts';

const TOKEN_PATH = '/var/run/secrets/kubernetes.io/serviceaccount';
const TOKEN_SECONDS = 3607;
const VOLUME_PREFIX = 'kube-api-access-';
const ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';

export const serviceAccount: Admission = {
  name: 'ServiceAccount',
  kinds: ['Pod'],
  create(object: KubeObject, api) {
    const pod = object as Pod;
    const { name, namespace } = pod.metadata;
    const account = pod.spec.serviceAccountName || 'default';
    const found = api.get<KubeObject & { readonly automountServiceAccountToken?: boolean }>('ServiceAccount', namespace, account);
    if (!found && account !== 'default') {
      const reason = `error looking up service account ${namespace}/${account}: serviceaccount "${account}" not found`;
      throw new ApiError('Forbidden', `pods "${name}" is forbidden: ${reason}`);
    }
    const named = withAccount(pod.spec);
    const isMounted = named.automountServiceAccountToken ?? found?.automountServiceAccountToken ?? true;
    const spec = isMounted ? withToken(named) : named;
    return spec === pod.spec ? pod : { ...pod, spec };
  },
};

const withAccount = remembered((spec: PodSpec): PodSpec => {
  return spec.serviceAccountName ? spec : { ...spec, serviceAccountName: 'default', serviceAccount: 'default' };
});

// Limitation: the pods of one template share the name of this volume, and with it their whole spec; a real server draws one each.
const withToken = remembered((spec: PodSpec): PodSpec => {
  // Admission comes before validation, which refuses a pod without containers.
  if (!spec.containers) return spec;
  const present = spec.volumes?.find(({ name }) => name?.startsWith(VOLUME_PREFIX));
  const name = present?.name ?? `${VOLUME_PREFIX}${lettersFor(spec)}`;
  const mount = { name, readOnly: true, mountPath: TOKEN_PATH };
  let isUsed = false;
  const withMount = (container: Container): Container => {
    if (container.volumeMounts?.some(({ mountPath }) => mountPath === TOKEN_PATH)) return container;
    isUsed = true;
    return { ...container, volumeMounts: [...(container.volumeMounts ?? []), mount] };
  };
  const containers = mapped(spec.containers, withMount);
  const initContainers = spec.initContainers && mapped(spec.initContainers, withMount);
  if (!isUsed) return spec;
  const volumes = present ? spec.volumes : [...(spec.volumes ?? []), tokenVolume(name)];
  return { ...spec, ...(volumes ? { volumes } : {}), containers, ...(initContainers ? { initContainers } : {}) };
});

function tokenVolume(name: string): Volume {
  return {
    name,
    projected: {
      sources: [
        { serviceAccountToken: { expirationSeconds: TOKEN_SECONDS, path: 'token' } },
        { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
        { downwardAPI: { items: [{ path: 'namespace', fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' } }] } },
      ],
      defaultMode: 420,
    },
  };
}

/** Five letters that follow from the containers, so that the same template always gives the same name. */
function lettersFor({ containers }: PodSpec): string {
  let hash = hash32(containers.map(({ name, image }) => `${name}=${image ?? ''}`).join());
  let text = '';
  for (let i = 0; i < 5; i++) {
    text += ALPHABET[hash % ALPHABET.length];
    hash = Math.floor(hash / ALPHABET.length);
  }
  return text;
}
