// Makes the claims of pods that ask for devices by a template; such a claim belongs to its pod and goes with it.
// Models pkg/controller/resourceclaim/controller.go.
import type { Pod, PodResourceClaim } from '../../kube/kinds/pod.ts';
import { claimNameOf, type ResourceClaim, type ResourceClaimTemplate } from '../../kube/kinds/resourceClaims.ts';
import { controllerRefTo, type Key, keyOf } from '../../kube/meta.ts';
import type { Controller, ControllerContext } from '../controller.ts';

const POD_CLAIM = 'resource.kubernetes.io/pod-claim-name';
/** Retries after a template that is not there begin with this. */
const RETRY_MS = 1000;

export const resourceClaim: Controller = {
  name: 'resource-claim-controller',
  eventSource: 'resource_claim',
  watches: [
    { kind: 'Pod', keys: ({ key, before, after }) => (!before && (after as Pod).spec.resourceClaims?.length ? [key] : []) },
    {
      kind: 'ResourceClaimTemplate',
      keys: ({ after }, ctx) => (after ? podsWaitingFor(after.metadata.name, after.metadata.namespace, ctx) : []),
    },
  ],
  reconcile(key, ctx) {
    const pod = ctx.api.getByKey<Pod>(key);
    if (!pod || pod.metadata.deletionTimestamp !== undefined) return undefined;
    const missing = (pod.spec.resourceClaims ?? []).filter((claim) => claimNameOf(pod, claim) === undefined);
    const made = missing.flatMap((claim) => make(claim, pod, ctx) ?? []);
    if (made.length > 0) {
      const resourceClaimStatuses = [...(pod.status.resourceClaimStatuses ?? []), ...made];
      ctx.api.updateStatus<Pod>({ ...pod, status: { ...pod.status, resourceClaimStatuses } });
    }
    return made.length < missing.length ? { requeueAfterMs: RETRY_MS } : undefined;
  },
};

function podsWaitingFor(template: string, namespace: string | undefined, { api }: ControllerContext): readonly Key[] {
  const asks = ({ spec }: Pod) => spec.resourceClaims?.some((claim) => claim.resourceClaimTemplateName === template);
  return api.list<Pod>('Pod', namespace).filter(asks).map(keyOf);
}

function make({ name, resourceClaimTemplateName = '' }: PodResourceClaim, pod: Pod, { api, record }: ControllerContext) {
  const { namespace } = pod.metadata;
  const template = api.get<ResourceClaimTemplate>('ResourceClaimTemplate', namespace, resourceClaimTemplateName);
  if (!template) {
    const text = `resource claim template "${resourceClaimTemplateName}": resourceclaimtemplate.resource.k8s.io "${resourceClaimTemplateName}" not found`;
    record(pod, 'Warning', 'FailedResourceClaimCreation', `PodResourceClaim ${name}: ${text}`);
    return undefined;
  }
  const { labels, annotations } = template.spec.metadata ?? {};
  const claim = api.create<ResourceClaim>({
    apiVersion: 'resource.k8s.io/v1',
    kind: 'ResourceClaim',
    metadata: {
      name: '',
      generateName: `${pod.metadata.name}-${name}-`,
      ...(namespace === undefined ? {} : { namespace }),
      ...(labels ? { labels } : {}),
      annotations: { ...annotations, [POD_CLAIM]: name },
      ownerReferences: [controllerRefTo(pod)],
    },
    spec: template.spec.spec,
  });
  return { name, resourceClaimName: claim.metadata.name };
}
