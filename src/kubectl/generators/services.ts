// kubectl create service clusterip, nodeport, loadbalancer and externalname.
// Models kubectl/pkg/cmd/create/create_service.go.
import { CommandError } from '../errors.ts';
import type { Flag, ParsedArgs } from '../parse.ts';
import type { Generator } from './generator.ts';

const tcpFlag: Flag = { name: 'tcp', type: 'list', help: 'Port pairs: <port>:<targetPort>.' };

interface ServicePort {
  readonly name: string;
  readonly port: number;
  readonly protocol: string;
  readonly targetPort: number | string;
  readonly nodePort?: number;
}

function serviceGenerator(name: string, type: string, usage: string, more: readonly Flag[] = []): Generator {
  return {
    name,
    usage,
    summary: `Create a ${type} service`,
    flags: [tcpFlag, ...more],
    failure: `failed to create ${type} service: `,
    build(serviceName, args) {
      const labels = { app: serviceName };
      const ports = portsOf(args, type);
      const { clusterip, externalName, nodePort } = {
        clusterip: args.text('clusterip'),
        externalName: args.text('external-name'),
        nodePort: args.number('node-port'),
      };
      if (type !== 'ExternalName' && ports.length === 0 && clusterip !== 'None')
        throw new CommandError('at least one tcp port specifier must be provided');
      if (type === 'ExternalName' && !externalName) throw new CommandError('must specify an external name');
      const spec = {
        ...(clusterip ? { clusterIP: clusterip } : {}),
        ...(type === 'ExternalName' ? { externalName } : {}),
        ...(ports.length > 0 ? { ports: nodePort ? ports.map((port) => ({ ...port, nodePort })) : ports } : {}),
        selector: labels,
        type,
      };
      return { apiVersion: 'v1', kind: 'Service', metadata: { labels, name: serviceName }, spec, status: { loadBalancer: {} } };
    },
  };
}

function portsOf(args: ParsedArgs, type: string): ServicePort[] {
  return args.texts('tcp').map((text) => {
    const [port = '', target = port, ...rest] = text.split(':');
    if (rest.length > 0 || !/^\d+$/.test(port)) throw new CommandError(`invalid port specifier: ${text} for ${type}`);
    return {
      name: text.replace(':', '-'),
      port: Number(port),
      protocol: 'TCP',
      targetPort: /^\d+$/.test(target) ? Number(target) : target,
    };
  });
}

export const serviceGenerators: readonly Generator[] = [
  serviceGenerator('clusterip', 'ClusterIP', 'NAME [--tcp=<port>:<targetPort>]', [
    { name: 'clusterip', type: 'string', help: 'An address of your own, or None for a headless service.' },
  ]),
  serviceGenerator('externalname', 'ExternalName', 'NAME --external-name external.name', [
    { name: 'external-name', type: 'string', help: 'The name that the service stands for.' },
  ]),
  serviceGenerator('loadbalancer', 'LoadBalancer', 'NAME [--tcp=port:targetPort]'),
  serviceGenerator('nodeport', 'NodePort', 'NAME [--tcp=port:targetPort]', [
    { name: 'node-port', type: 'int', default: '0', help: 'The port on every node.' },
  ]),
];
