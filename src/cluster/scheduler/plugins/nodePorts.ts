// One host port of a node serves one pod. Models plugins/nodeports/node_ports.go.
import type { Plugin } from '../plugin.ts';
import type { HostPort } from '../podTemplate.ts';
import type { Rejection } from '../rejection.ts';

const name = 'NodePorts';
const rejection: Rejection = { plugin: name, reasons: ["node(s) didn't have free ports for the requested pod ports"], isFinal: false };
const ANY_IP = '0.0.0.0';

const isClash = (a: HostPort, b: HostPort) =>
  a.port === b.port && a.protocol === b.protocol && (a.ip === b.ip || a.ip === ANY_IP || b.ip === ANY_IP);
const hasClash = (wanted: readonly HostPort[], used: readonly HostPort[]) =>
  wanted.some((port) => used.some((other) => isClash(port, other)));

export const nodePorts: Plugin = {
  name,
  isLocal: true,
  filter({ hostPorts }) {
    if (hostPorts.length === 0) return undefined;
    return (node) => (hasClash(hostPorts, node.hostPorts) ? rejection : undefined);
  },
  events: ['AssignedPodDelete', 'NodeAdd'],
  hint: (event, { hostPorts }) => event.type !== 'AssignedPodDelete' || hasClash(hostPorts, event.template.hostPorts),
};
