// The ports of its machine that a pod asks for: each serves one pod. Models plugins/nodeports/node_ports.go and framework.HostPortInfo.
import type { Pod } from './kinds/pod.ts';

export interface HostPort {
  readonly protocol: string;
  readonly ip: string;
  readonly port: number;
}

const ANY_IP = '0.0.0.0';
const NONE: readonly HostPort[] = [];

/** Those of its containers and sidecars; the same list for all pods that ask for none. */
export function hostPortsOf({ spec }: Pod): readonly HostPort[] {
  let ports: HostPort[] | undefined;
  const sidecars = spec.initContainers?.filter(({ restartPolicy }) => restartPolicy === 'Always');
  for (const container of sidecars ? [...spec.containers, ...sidecars] : spec.containers) {
    for (const { hostPort, hostIP, protocol } of container.ports ?? []) {
      if (hostPort) (ports ??= []).push({ protocol: protocol ?? 'TCP', ip: hostIP || ANY_IP, port: hostPort });
    }
  }
  return ports ?? NONE;
}

export function haveClash(wanted: readonly HostPort[], used: readonly HostPort[]): boolean {
  return wanted.some((port) => used.some((other) => isClash(port, other)));
}

function isClash(a: HostPort, b: HostPort): boolean {
  return a.port === b.port && a.protocol === b.protocol && (a.ip === b.ip || a.ip === ANY_IP || b.ip === ANY_IP);
}
