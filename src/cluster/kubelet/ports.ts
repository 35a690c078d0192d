// Ports that are named by number or by the name that the container's spec gives them.
import type { Container, IntOrString } from '../../kube/kinds/pod.ts';

export function portOf(container: Container, port: IntOrString): number {
  if (typeof port === 'number') return port;
  const named = container.ports?.find(({ name }) => name === port);
  return named?.containerPort ?? (Number(port) || 0);
}

/** All ports that a container's spec and its probes name: on these an image that is not known answers. */
export function portsNamedBy(container: Container): number[] {
  const { startupProbe, livenessProbe, readinessProbe } = container;
  const probed = [startupProbe, livenessProbe, readinessProbe].flatMap(
    (probe) => probe?.httpGet?.port ?? probe?.tcpSocket?.port ?? probe?.grpc?.port ?? [],
  );
  const named = (container.ports ?? []).map(({ containerPort }) => containerPort);
  return [...new Set([...named, ...probed.map((port) => portOf(container, port))])].filter((port) => port > 0);
}
