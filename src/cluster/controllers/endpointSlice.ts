// Keeps the EndpointSlices of Services that have a selector: which pods there are, and which are ready, serving or ending.
// Models pkg/controller/endpointslice/endpointslice_controller.go and k8s.io/endpointslice/reconciler.go: endpoints stay in the slice
// they are in, changed slices are filled first. Leaves out IPv6 and hints about topology.
import { isEqual } from '../../base/equal.ts';
import type { Node } from '../../kube/kinds/node.ts';
import type { Pod } from '../../kube/kinds/pod.ts';
import { type Endpoint, type EndpointPort, type EndpointSlice, isHeadless, type Service } from '../../kube/kinds/service.ts';
import { matchesLabels } from '../../kube/labels.ts';
import { conditionOf, controllerRefTo, fromTimestamp, type Key, keyFor, type StringMap, toTimestamp } from '../../kube/meta.ts';
import type { Controller, ControllerContext } from '../controller.ts';
import { endpointOf, endpointPorts, hasEndpoint, hasPlainPorts, isEndpointChanged, servicesOf } from './endpoints.ts';
import { hasSlices, serviceWatch } from './serviceWatch.ts';

const SLICE_SIZE = 100;
/** So many endpoints are compared in a millisecond. */
const ENDPOINTS_PER_MS = 25;
const SERVICE_NAME = 'kubernetes.io/service-name';
const MANAGED_BY = 'endpointslice.kubernetes.io/managed-by';
const HEADLESS = 'service.kubernetes.io/headless';
const MANAGER = 'endpointslice-controller.k8s.io';
const CHANGED_AT = 'endpoints.kubernetes.io/last-change-trigger-time';
const ZONE = 'topology.kubernetes.io/zone';
const RESERVED = new Set([SERVICE_NAME, MANAGED_BY, HEADLESS]);

/** For each service: when what was seen last had last changed, by the name of the pod, and for the service itself under ''. */
interface Memory {
  readonly changed: Map<Key, Map<string, number>>;
}

export const endpointSlice: Controller = {
  name: 'endpointslice-controller',
  memory: (): Memory => ({ changed: new Map() }),
  watches: [
    serviceWatch,
    {
      kind: 'Pod',
      keys({ before, after }, ctx) {
        const pods = [before as Pod | undefined, after as Pod | undefined] as const;
        return isEndpointChanged(...pods) ? servicesOf(pods, ctx) : [];
      },
    },
    {
      kind: 'EndpointSlice',
      keys({ before, after }) {
        const { metadata } = (after ?? before) as EndpointSlice;
        const name = metadata.labels?.[SERVICE_NAME];
        return name !== undefined && metadata.labels?.[MANAGED_BY] === MANAGER ? [keyFor('Service', metadata.namespace, name)] : [];
      },
    },
  ],
  readingMs(key, ctx) {
    const service = ctx.api.getByKey<Service>(key);
    const slices = service ? ctx.api.owned<EndpointSlice>(service.metadata.uid ?? '', 'EndpointSlice') : [];
    return Math.floor(slices.reduce((sum, { endpoints }) => sum + (endpoints?.length ?? 0), 0) / ENDPOINTS_PER_MS);
  },
  reconcile(key, ctx) {
    const service = ctx.api.getByKey<Service>(key);
    const { changed } = ctx.memory as Memory;
    if (!service) changed.delete(key);
    if (!service || !hasSlices(service) || service.metadata.deletionTimestamp !== undefined) return;
    const pods = ctx.api
      .list<Pod>('Pod', service.metadata.namespace)
      .filter(({ metadata }) => matchesLabels(service.spec.selector ?? {}, metadata.labels));
    const changedMs = firstChangeMs(key, service, pods, changed);
    const slices = ctx.api
      .owned<EndpointSlice>(service.metadata.uid ?? '', 'EndpointSlice')
      .filter(({ metadata }) => metadata.labels?.[MANAGED_BY] === MANAGER);
    const { wanted, surplus } = arranged(groupsOf(service, pods, ctx), slices);
    const labels = labelsOf(service);
    for (const slice of wanted) write(slice, service, labels, changedMs, ctx);
    for (const { metadata } of surplus) ctx.api.delete('EndpointSlice', metadata.namespace, metadata.name);
  },
};

// What there should be ------------------------------------------------------------------------------------------------

/** Endpoints that have the same ports, by who they are. */
interface Group {
  readonly ports: readonly EndpointPort[];
  readonly endpoints: Map<string, Endpoint>;
}

const nameOfPorts = (ports: readonly EndpointPort[] | null): string =>
  (ports ?? []).map(({ name, protocol, port, appProtocol }) => `${name}/${protocol}/${port}/${appProtocol ?? ''}`).join();
const nameOfEndpoint = ({ addresses, targetRef }: Endpoint): string => `${targetRef?.uid ?? ''}/${addresses[0]}`;

function groupsOf(service: Service, pods: readonly Pod[], { api }: ControllerContext): ReadonlyMap<string, Group> {
  const groups = new Map<string, Group>();
  const isPlain = hasPlainPorts(service);
  let known: { readonly name: string; readonly ports: readonly EndpointPort[] } | undefined;
  for (const pod of pods) {
    if (!hasEndpoint(pod)) continue;
    if (!known || !isPlain) {
      const ports = endpointPorts(pod, service);
      known = { name: nameOfPorts(ports), ports };
    }
    let group = groups.get(known.name);
    if (!group) groups.set(known.name, (group = { ports: known.ports, endpoints: new Map() }));
    const zone = api.get<Node>('Node', undefined, pod.spec.nodeName ?? '')?.metadata.labels?.[ZONE];
    const endpoint = endpointOf(pod, service, zone);
    group.endpoints.set(nameOfEndpoint(endpoint), endpoint);
  }
  return groups;
}

/** The first of the changes that were not seen yet; undefined where what is written now came about in another way. */
function firstChangeMs(key: Key, { metadata }: Service, pods: readonly Pod[], seen: Memory['changed']): number | undefined {
  const before = seen.get(key);
  const now = new Map([['', fromTimestamp(metadata.creationTimestamp)]]);
  for (const pod of pods) {
    const ready = conditionOf(pod.status.conditions, 'Ready');
    if (ready) now.set(pod.metadata.name, fromTimestamp(ready.lastTransitionTime));
  }
  seen.set(key, now);
  let firstMs: number | undefined;
  for (const [name, ms] of now) if (ms > (before?.get(name) ?? -1)) firstMs = Math.min(firstMs ?? ms, ms);
  return firstMs;
}

function labelsOf({ metadata, spec }: Service): StringMap {
  const own = Object.entries(metadata.labels ?? {}).filter(([key]) => !RESERVED.has(key));
  return {
    ...Object.fromEntries(own),
    [MANAGED_BY]: MANAGER,
    [SERVICE_NAME]: metadata.name,
    ...(isHeadless(spec) ? { [HEADLESS]: '' } : {}),
  };
}

// Which endpoint goes where -------------------------------------------------------------------------------------------

interface WantedSlice {
  /** Undefined for one that has to be made. */
  old: EndpointSlice | undefined;
  readonly ports: readonly EndpointPort[];
  readonly endpoints: Endpoint[];
}

function arranged(groups: ReadonlyMap<string, Group>, slices: readonly EndpointSlice[]) {
  const wanted: WantedSlice[] = [];
  const surplus = slices.filter(({ ports }) => !groups.has(nameOfPorts(ports)));
  for (const [name, group] of groups) {
    const own = slices.filter(({ ports }) => nameOfPorts(ports) === name);
    const filled = fill(group, own);
    surplus.push(...filled.filter(({ endpoints }) => endpoints.length === 0).flatMap(({ old }) => old ?? []));
    wanted.push(...filled.filter(({ endpoints }) => endpoints.length > 0));
  }
  // A service without endpoints keeps one empty slice, and a slice to be made takes over one that would go.
  if (wanted.length === 0) wanted.push({ old: undefined, ports: [], endpoints: [] });
  for (const slice of wanted) slice.old ??= surplus.shift();
  return { wanted, surplus };
}

/** Endpoints stay where they are; new ones go to slices that change anyway, then to any with room, then to new ones. */
function fill({ ports, endpoints }: Group, slices: readonly EndpointSlice[]): readonly WantedSlice[] {
  const left = new Map(endpoints);
  const filled = slices.map((old): WantedSlice & { readonly isChanged: boolean } => {
    const kept = (old.endpoints ?? []).flatMap((endpoint) => {
      const name = nameOfEndpoint(endpoint);
      const now = left.get(name);
      left.delete(name);
      return now ?? [];
    });
    return { old, ports, endpoints: kept, isChanged: !isEqual(kept, old.endpoints) };
  });
  const rest = [...left.values()];
  for (const slice of [...filled.filter(({ isChanged }) => isChanged), ...filled.filter(({ isChanged }) => !isChanged)]) {
    slice.endpoints.push(...rest.splice(0, SLICE_SIZE - slice.endpoints.length));
  }
  const added: WantedSlice[] = [];
  while (rest.length > 0) added.push({ old: undefined, ports, endpoints: rest.splice(0, SLICE_SIZE) });
  return [...filled, ...added];
}

function write(
  { old, ...given }: WantedSlice,
  service: Service,
  labels: StringMap,
  changedMs: number | undefined,
  { api }: ControllerContext,
): void {
  const endpoints = given.endpoints.length > 0 ? given.endpoints : null;
  const ports = given.ports.length > 0 ? given.ports : null;
  const { namespace, name } = service.metadata;
  if (old && isEqual(endpoints, old.endpoints) && isEqual(ports, old.ports) && isEqual(labels, old.metadata.labels)) return;
  const { [CHANGED_AT]: _before, ...kept } = old?.metadata.annotations ?? {};
  const annotations = changedMs === undefined ? kept : { ...kept, [CHANGED_AT]: toTimestamp(changedMs) };
  const annotated = Object.keys(annotations).length > 0 ? { annotations } : {};
  if (old) {
    const { annotations: _annotations, ...metadata } = old.metadata;
    api.update<EndpointSlice>({ ...old, metadata: { ...metadata, labels, ...annotated }, endpoints, ports }, { trusted: true });
    return;
  }
  api.create<EndpointSlice>(
    {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: {
        name: '',
        generateName: `${name}-`,
        ...(namespace ? { namespace } : {}),
        labels,
        ...annotated,
        ownerReferences: [controllerRefTo(service)],
      },
      addressType: 'IPv4',
      endpoints,
      ports,
    },
    { trusted: true },
  );
}
