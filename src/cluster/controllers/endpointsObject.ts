// Keeps the Endpoints of Services with a selector: the form that came before EndpointSlices, with all addresses in one object.
// Models pkg/controller/endpoint/endpoints_controller.go and k8s.io/api/core/v1 RepackSubsets.
import { isEqual } from '../../base/equal.ts';
import type { EndpointAddress, EndpointSubset, Endpoints } from '../../kube/kinds/endpointsKind.ts';
import { isPodReady, type Pod } from '../../kube/kinds/pod.ts';
import { type EndpointPort, isHeadless, type Service } from '../../kube/kinds/service.ts';
import { matchesLabels } from '../../kube/labels.ts';
import { type StringMap, toTimestamp } from '../../kube/meta.ts';
import type { Controller, ControllerContext } from '../controller.ts';
import { endpointPorts, hasEndpoint, isEndpointChanged, servicesOf } from './endpoints.ts';
import { hasSlices, serviceWatch } from './serviceWatch.ts';

/** Longer lists are cut off. */
const ADDRESSES_MAX = 1000;
const ADDRESSES_PER_MS = 25;
const MANAGED_BY = 'endpoints.kubernetes.io/managed-by';
const HEADLESS = 'service.kubernetes.io/headless';
const OVER_CAPACITY = 'endpoints.kubernetes.io/over-capacity';
const CHANGED_AT = 'endpoints.kubernetes.io/last-change-trigger-time';

export const endpointsObject: Controller = {
  name: 'endpoint-controller',
  watches: [
    serviceWatch,
    {
      kind: 'Pod',
      keys({ before, after }, ctx) {
        const pods = [before as Pod | undefined, after as Pod | undefined] as const;
        return isEndpointChanged(...pods) ? servicesOf(pods, ctx) : [];
      },
    },
  ],
  readingMs(key, { api }) {
    const service = api.getByKey<Service>(key);
    const endpoints = service && api.get<Endpoints>('Endpoints', service.metadata.namespace, service.metadata.name);
    return Math.floor((endpoints?.subsets ?? []).reduce((sum, { addresses = [] }) => sum + addresses.length, 0) / ADDRESSES_PER_MS);
  },
  reconcile(key, ctx) {
    const [, namespace = '', name = ''] = key.split('/');
    const service = ctx.api.getByKey<Service>(key);
    const old = ctx.api.get<Endpoints>('Endpoints', namespace, name);
    if (!service) {
      if (old) ctx.api.delete('Endpoints', namespace, name);
      return;
    }
    if (!hasSlices(service) || service.metadata.deletionTimestamp !== undefined) return;
    const { subsets, isCut } = subsetsOf(service, ctx);
    write(service, old, subsets, isCut, ctx);
  },
};

interface Subset {
  readonly ports: readonly EndpointPort[];
  readonly ready: EndpointAddress[];
  readonly notReady: EndpointAddress[];
}

/** Addresses with the same ports are one subset, sorted by address. */
function subsetsOf(service: Service, { api }: ControllerContext): { readonly subsets: readonly EndpointSubset[]; readonly isCut: boolean } {
  const byPorts = new Map<string, Subset>();
  const isAnyway = service.spec.publishNotReadyAddresses === true;
  let count = 0;
  for (const pod of api.list<Pod>('Pod', service.metadata.namespace)) {
    const isLeaving = pod.metadata.deletionTimestamp !== undefined;
    if (!hasEndpoint(pod) || (isLeaving && !isAnyway) || !matchesLabels(service.spec.selector ?? {}, pod.metadata.labels)) continue;
    if (++count > ADDRESSES_MAX) break;
    const ports = endpointPorts(pod, service);
    const key = JSON.stringify(ports);
    let subset = byPorts.get(key);
    if (!subset) byPorts.set(key, (subset = { ports, ready: [], notReady: [] }));
    (isAnyway || isPodReady(pod) ? subset.ready : subset.notReady).push(addressOf(pod));
  }
  const byAddress = (a: EndpointAddress, b: EndpointAddress) => (a.ip < b.ip ? -1 : a.ip > b.ip ? 1 : 0);
  const subsets = [...byPorts.values()].map(({ ports, ready, notReady }) => ({
    ...(ready.length > 0 ? { addresses: ready.sort(byAddress) } : {}),
    ...(notReady.length > 0 ? { notReadyAddresses: notReady.sort(byAddress) } : {}),
    ...(ports.length > 0 ? { ports: ports.map(({ name, ...port }) => (name ? { name, ...port } : port)) } : {}),
  }));
  return { subsets, isCut: count > ADDRESSES_MAX };
}

function addressOf({ metadata, spec, status }: Pod): EndpointAddress {
  const { namespace, name, uid } = metadata;
  const targetRef = { kind: 'Pod', ...(namespace ? { namespace } : {}), name, ...(uid ? { uid } : {}) };
  return { ip: status.podIP ?? '', ...(spec.nodeName ? { nodeName: spec.nodeName } : {}), targetRef };
}

function write(
  service: Service,
  old: Endpoints | undefined,
  subsets: readonly EndpointSubset[],
  isCut: boolean,
  { api, nowMs }: ControllerContext,
): void {
  const { namespace, name, labels: given } = service.metadata;
  const headless: StringMap = isHeadless(service.spec) ? { [HEADLESS]: '' } : {};
  const labels = { ...given, [MANAGED_BY]: 'endpoint-controller', ...headless };
  const annotations = { [CHANGED_AT]: toTimestamp(nowMs), ...(isCut ? { [OVER_CAPACITY]: 'truncated' } : {}) };
  if (!old) {
    const metadata = { name, ...(namespace ? { namespace } : {}), labels, annotations };
    api.create<Endpoints>({ apiVersion: 'v1', kind: 'Endpoints', metadata, ...(subsets.length > 0 ? { subsets } : {}) }, { trusted: true });
    return;
  }
  if (isEqual(subsets, old.subsets ?? []) && isEqual(labels, old.metadata.labels)) return;
  const { subsets: _before, ...rest } = old;
  const metadata = { ...old.metadata, labels, annotations };
  api.update<Endpoints>({ ...rest, metadata, ...(subsets.length > 0 ? { subsets } : {}) }, { trusted: true });
}
