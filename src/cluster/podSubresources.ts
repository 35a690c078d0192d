// What a pod's own subresources let change in a living pod, though an update may not: its resources, and containers to look into it.
// Models pkg/registry/core/pod/strategy.go (podResizeStrategy, podEphemeralContainersStrategy) and plugin/pkg/admission/podresize.
import { isEqual } from '../base/equal.ts';
import { ApiError, type FieldErrorType } from '../kube/errors.ts';
import type { Node } from '../kube/kinds/node.ts';
import type { Container, Pod, ResourceList } from '../kube/kinds/pod.ts';
import { defaultPod } from '../kube/kinds/podDefaults.ts';
import { qosClassOf } from '../kube/kinds/podStatus.ts';
import { podDiffs } from '../kube/late.ts';
import { applyPatch } from '../kube/patch.ts';
import { podRequests } from '../kube/podResources.ts';
import { milliValueOf, valueOf } from '../kube/quantity.ts';
import type { ApiServer } from './apiServer.ts';
import type { ApiRequest } from './intents.ts';

type PatchRequest = Extract<ApiRequest, { verb: 'patch' }>;

export type PodSubresource = 'resize' | 'ephemeralcontainers';

/** Takes over of a changed pod only what the subresource is for. */
export function patchPodSubresource(
  api: ApiServer,
  subresource: PodSubresource,
  { namespace, name, patch, type }: Pick<PatchRequest, 'namespace' | 'name' | 'patch' | 'type'>,
): Pod {
  const old = api.mustGet<Pod>('Pod', namespace, name);
  const given = applyPatch(old, patch, type);
  const pod = subresource === 'resize' ? resized(old, given) : withMoreContainers(old, given);
  if (subresource === 'resize') {
    refuseTooMuch(api, pod);
    refuseOtherClass(old, pod);
  }
  return api.update(pod, { trusted: true, subresource });
}

function resized(old: Pod, given: Pod): Pod {
  const take = (mine: readonly Container[], other: readonly Container[] = []) =>
    mine.map((container) => {
      const asked = other.find(({ name }) => name === container.name);
      return asked?.resources ? { ...container, resources: asked.resources } : container;
    });
  const { initContainers } = old.spec;
  return {
    ...old,
    spec: {
      ...old.spec,
      containers: take(old.spec.containers, given.spec.containers),
      ...(initContainers ? { initContainers: take(initContainers, given.spec.initContainers) } : {}),
    },
  };
}

/** What no machine of this size could give is refused at once. */
function refuseTooMuch(api: ApiServer, pod: Pod): void {
  const node = pod.spec.nodeName ? api.get<Node>('Node', undefined, pod.spec.nodeName) : undefined;
  const allocatable: ResourceList = node?.status.allocatable ?? {};
  const requests = podRequests({ ...pod, status: {} });
  for (const [resource, amountOf] of [
    ['cpu', milliValueOf],
    ['memory', valueOf],
  ] as const) {
    if (!node || requests[resource] === undefined || amountOf(requests[resource]) <= amountOf(allocatable[resource])) continue;
    const amounts = `requested: ${amountOf(requests[resource])}, allocatable: ${amountOf(allocatable[resource])}`;
    throw new ApiError(
      'Forbidden',
      `pods "${pod.metadata.name}" is forbidden: node didn't have enough allocatable resources: ${resource}, ${amounts}`,
    );
  }
}

/** How its machine ranks it was settled when it began. */
function refuseOtherClass(old: Pod, pod: Pod): void {
  const before = old.status.qosClass ?? qosClassOf(old.spec);
  if (qosClassOf(pod.spec) === before) return;
  throw invalid(pod, 'spec', 'Invalid value', `"${before}": Pod QOS Class may not change as a result of resizing`);
}

function invalid({ metadata }: Pod, field: string, type: FieldErrorType, what: string): ApiError {
  const text = `${type}: ${what}`;
  return new ApiError('Invalid', `Pod "${metadata.name}" is invalid: ${field}: ${text}`, { causes: [{ type, field, text }] });
}

/** Containers are only added, and stay for ever as they are. */
function withMoreContainers(old: Pod, given: Pod): Pod {
  const known = old.spec.ephemeralContainers ?? [];
  for (const each of known) {
    const asked = given.spec.ephemeralContainers?.find(({ name }) => name === each.name);
    if (asked === undefined || isEqual(asked, each)) continue;
    const diff = podDiffs.get().ephemeralContainerDiff(each, asked);
    throw invalid(old, 'spec.ephemeralContainers', 'Forbidden', `existing ephemeral containers "${each.name}" may not be changed\n${diff}`);
  }
  const names = [...old.spec.containers, ...(old.spec.initContainers ?? []), ...known].map(({ name }) => name);
  const added = (given.spec.ephemeralContainers ?? []).filter(({ name }) => !known.some((each) => each.name === name));
  const taken = added.find(({ name }) => names.includes(name));
  if (taken) throw invalid(old, `spec.ephemeralContainers[${known.length}].name`, 'Duplicate value', `"${taken.name}"`);
  return defaultPod({ ...old, spec: { ...old.spec, ephemeralContainers: [...known, ...added] } });
}
