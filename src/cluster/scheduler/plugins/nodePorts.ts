// One host port of a node serves one pod. Models plugins/nodeports/node_ports.go.
import { haveClash } from '../../../kube/hostPorts.ts';
import type { Plugin } from '../plugin.ts';
import type { Rejection } from '../rejection.ts';

const name = 'NodePorts';
const rejection: Rejection = { plugin: name, reasons: ["node(s) didn't have free ports for the requested pod ports"], isFinal: false };

export const nodePorts: Plugin = {
  name,
  isLocal: true,
  filter({ hostPorts }) {
    if (hostPorts.length === 0) return undefined;
    return (node) => (haveClash(hostPorts, node.hostPorts) ? rejection : undefined);
  },
  events: ['AssignedPodDelete', 'NodeAdd'],
  hint: (event, { hostPorts }) => event.type !== 'AssignedPodDelete' || haveClash(hostPorts, event.template.hostPorts),
};
