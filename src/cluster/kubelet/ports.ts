// Ports that are named by number or by the name that the container's spec gives them.
import type { Container, IntOrString } from '../../kube/kinds/pod.ts';

export function portOf(container: Container, port: IntOrString): number {
  if (typeof port === 'number') return port;
  const named = container.ports?.find(({ name }) => name === port);
  return named?.containerPort ?? (Number(port) || 0);
}
