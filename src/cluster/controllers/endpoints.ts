// What a Service sees of a pod: its address, how it is doing, and the ports that the service's ports lead to.
// Also which services see it. Models pkg/controller/util/endpoint/controller_utils.go and k8s.io/endpointslice/utils.go.
import { remembered } from '../../base/remembered.ts';
import { isPodReady, isPodTerminal, type Pod } from '../../kube/kinds/pod.ts';
import type { Endpoint, EndpointPort, Service, ServicePort } from '../../kube/kinds/service.ts';
import { matchesLabels } from '../../kube/labels.ts';
import { type Key, keyOf } from '../../kube/meta.ts';
import type { ControllerContext } from '../controller.ts';
import { hasSlices } from './serviceWatch.ts';

/** Whether the pod has an address that a service may show. */
export function hasEndpoint(pod: Pod): boolean {
  return pod.status.podIP !== undefined && !isPodTerminal(pod);
}

/** Whether a change of a pod may change what services see of it. */
export function isEndpointChanged(before: Pod | undefined, after: Pod | undefined): boolean {
  if (!before || !after) return hasEndpoint((before ?? after) as Pod);
  if (!hasEndpoint(before) && !hasEndpoint(after)) return false;
  return (
    before.metadata.labels !== after.metadata.labels ||
    before.metadata.deletionTimestamp !== after.metadata.deletionTimestamp ||
    before.status.podIP !== after.status.podIP ||
    hasEndpoint(before) !== hasEndpoint(after) ||
    isPodReady(before) !== isPodReady(after)
  );
}

const plainEndpoint = remembered((pod: Pod): Endpoint => {
  const { namespace, name, uid } = pod.metadata;
  const serving = isPodReady(pod);
  const terminating = pod.metadata.deletionTimestamp !== undefined;
  return {
    addresses: [pod.status.podIP ?? ''],
    conditions: { ready: serving && !terminating, serving, terminating },
    targetRef: { kind: 'Pod', ...(namespace ? { namespace } : {}), name, ...(uid ? { uid } : {}) },
    ...(pod.spec.nodeName ? { nodeName: pod.spec.nodeName } : {}),
  };
});

/** The pod as an endpoint of the service; the same object as long as nothing changes. */
export function endpointOf(pod: Pod, service: Service, zone: string | undefined): Endpoint {
  const endpoint = plainEndpoint(pod);
  const { hostname, subdomain } = pod.spec;
  const isNamed = hostname !== undefined && subdomain === service.metadata.name;
  const isShownAnyway = service.spec.publishNotReadyAddresses === true && !endpoint.conditions.ready;
  if (!isNamed && !isShownAnyway && zone === undefined) return endpoint;
  return {
    ...endpoint,
    ...(isShownAnyway ? { conditions: { ...endpoint.conditions, ready: true } } : {}),
    ...(isNamed ? { hostname } : {}),
    ...(zone === undefined ? {} : { zone }),
  };
}

/** Where the ports of the service lead on this pod; a name that the pod does not know leads nowhere. */
export function endpointPorts(pod: Pod, { spec }: Service): readonly EndpointPort[] {
  return (spec.ports ?? []).flatMap((port) => {
    const number = targetOf(port, pod);
    if (number === undefined) return [];
    const { name = '', protocol = 'TCP', appProtocol } = port;
    return [{ name, protocol, port: number, ...(appProtocol === undefined ? {} : { appProtocol }) }];
  });
}

/** Whether all pods have the same ports for this service, because it names none. */
export function hasPlainPorts({ spec }: Service): boolean {
  return (spec.ports ?? []).every(({ targetPort }) => typeof targetPort !== 'string');
}

function targetOf({ targetPort, port, protocol = 'TCP' }: ServicePort, { spec }: Pod): number | undefined {
  if (typeof targetPort !== 'string') return targetPort || port;
  const sidecars = (spec.initContainers ?? []).filter(({ restartPolicy }) => restartPolicy === 'Always');
  for (const container of [...spec.containers, ...sidecars]) {
    const found = container.ports?.find((each) => each.name === targetPort && (each.protocol ?? 'TCP') === protocol);
    if (found) return found.containerPort;
  }
  return undefined;
}

export function servicesOf(pods: readonly (Pod | undefined)[], { api }: ControllerContext): readonly Key[] {
  const namespace = pods.find((pod) => pod)?.metadata.namespace;
  const isSelected = ({ spec }: Service) => pods.some((pod) => pod && matchesLabels(spec.selector ?? {}, pod.metadata.labels));
  return api
    .list<Service>('Service', namespace)
    .filter((service) => hasSlices(service) && isSelected(service))
    .map(keyOf);
}
