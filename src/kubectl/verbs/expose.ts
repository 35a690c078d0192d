// kubectl expose: a Service for the pods of what is there.
// Models kubectl/pkg/cmd/expose/expose.go. Leaves out: --overrides.
import { qualifiedKind } from '../../kube/kind.ts';
import type { Container, PodSpec } from '../../kube/kinds/pod.ts';
import { type KubeObject, type LabelSelector, type StringMap, tableOf } from '../../kube/meta.ts';
import { CommandError, throwAll } from '../errors.ts';
import { fileFlags } from '../files.ts';
import { parseLabels, sendGenerated } from '../generators/generator.ts';
import type { ParsedArgs } from '../parse.ts';
import { findResources, type Target } from '../resources.ts';
import type { Verb } from '../verb.ts';
import { attempt, reporterOf, saveConfigFlag, writingFlags } from '../writing.ts';
import { podSpecOf } from './set/template.ts';

export const expose: Verb = {
  name: 'expose',
  usage: '(-f FILENAME | TYPE NAME) [--port=port] [--protocol=TCP|UDP|SCTP] [--target-port=number-or-name] [--name=name] [--type=type]',
  summary: 'Take a replication controller, service, deployment or pod and expose it as a new Kubernetes service',
  examples: [{ why: 'A service for the pods of a deployment', line: 'kubectl expose deployment web --port=80' }],
  flags: [
    ...fileFlags,
    { name: 'selector', type: 'string', help: 'The labels of the pods, instead of the object’s own.' },
    { name: 'port', type: 'string', help: 'The port of the service; the ports of the containers if left out.' },
    { name: 'target-port', type: 'string', help: 'The port of the pods; the same if left out.' },
    { name: 'protocol', type: 'string', help: 'TCP, UDP or SCTP.' },
    { name: 'name', type: 'string', help: 'The name of the service; the object’s if left out.' },
    { name: 'type', type: 'string', help: 'ClusterIP, NodePort, LoadBalancer or ExternalName.' },
    { name: 'cluster-ip', type: 'string', help: 'An address, or None.' },
    { name: 'external-ip', type: 'string', help: 'One more address.' },
    { name: 'load-balancer-ip', type: 'string', help: 'The address of the load balancer.' },
    { name: 'session-affinity', type: 'string', help: 'None or ClientIP.' },
    { name: 'labels', short: 'l', type: 'string', help: 'The labels of the service.' },
    ...writingFlags,
    saveConfigFlag,
  ],

  *run(args, ctx) {
    const { targets, errors: missing } = findResources(args, ctx, { isListAllowed: false });
    const errors: Error[] = [...missing];
    const report = reporterOf(args);
    for (const target of targets) {
      const exposed = attempt(errors, () => sendGenerated(serviceFor(target, args), args, ctx));
      if (exposed) yield report(exposed, 'exposed');
    }
    throwAll(errors);
    return 0;
  },
};

const EXPOSABLE = ['Service', 'ReplicationController', 'Deployment', 'ReplicaSet', 'Pod'];

function serviceFor(target: Target, args: ParsedArgs): KubeObject {
  const { kind, name, object } = target;
  if (!EXPOSABLE.includes(tableOf(kind))) throw new CommandError(`cannot expose a ${qualifiedKind(kind)}`);
  const type = args.text('type');
  const selector = args.text('selector') ? parseLabels(args.text('selector')) : selectorOf(target);
  const labels = args.text('labels') ? parseLabels(args.text('labels')) : object.metadata.labels;
  const [clusterIP, externalIP, balancerIP, affinity] = ['cluster-ip', 'external-ip', 'load-balancer-ip', 'session-affinity'].map((flag) =>
    args.text(flag),
  );
  const spec = {
    ...(clusterIP ? { clusterIP } : {}),
    ...(externalIP ? { externalIPs: [externalIP] } : {}),
    ...(balancerIP ? { loadBalancerIP: balancerIP } : {}),
    ports: portsOf(target, args),
    selector,
    ...(affinity ? { sessionAffinity: affinity } : {}),
    ...(type ? { type } : {}),
  };
  const metadata = { ...(labels ? { labels } : {}), name: (args.text('name') || name).slice(0, 63) };
  return { apiVersion: 'v1', kind: 'Service', metadata, spec, status: { loadBalancer: {} } };
}

/** The labels by which a service finds the same pods. Models polymorphichelpers/mapbasedselectorforobject.go. */
function selectorOf(target: Target): StringMap {
  const { kind, object } = target;
  if (tableOf(kind) === 'Pod') {
    const { labels } = object.metadata;
    if (!labels || Object.keys(labels).length === 0) throw couldNot('the pod has no labels and cannot be exposed');
    return labels;
  }
  const { selector } = object.spec as { readonly selector?: unknown };
  if (tableOf(kind) === 'Service' || tableOf(kind) === 'ReplicationController') {
    if (!selector) throw couldNot(`the ${kind.kind === 'Service' ? 'service' : 'replication controller'} has no pod selector set`);
    return selector as StringMap;
  }
  const { matchLabels = {}, matchExpressions = [] } = (selector ?? {}) as LabelSelector;
  if (matchExpressions.length > 0)
    throw couldNot(`couldn't convert expressions - "${JSON.stringify(matchExpressions)}" to map-based selector format`);
  return matchLabels;
}

const couldNot = (why: string): CommandError =>
  new CommandError(`couldn't retrieve selectors via --selector flag or introspection: ${why}`);

interface ServicePort {
  readonly name?: string;
  readonly port: number;
  readonly protocol: string;
  readonly targetPort?: number | string;
}

function portsOf(target: Target, args: ParsedArgs): ServicePort[] {
  const given = args.text('port');
  const protocol = args.text('protocol') || 'TCP';
  const wanted = args.text('target-port');
  const ports: ServicePort[] = given
    ? given.split(',').map((text) => ({ port: portNumber(text), protocol: protocolOf(target, Number(text)) ?? protocol }))
    : containerPorts(target).map((port) => ({ port: port.containerPort, protocol: args.text('protocol') || port.protocol || 'TCP' }));
  if (ports.length === 0) throw new CommandError("couldn't find port via --port flag or introspection");
  return ports.map((port, i) => ({
    ...(ports.length > 1 ? { name: `port-${i + 1}` } : {}),
    ...port,
    targetPort: wanted ? (/^\d+$/.test(wanted) ? Number(wanted) : wanted) : port.port,
  }));
}

function portNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new CommandError(`strconv.Atoi: parsing "${text}": invalid syntax`);
  return Number(text);
}

function containerPorts({ kind, object }: Target): NonNullable<Container['ports']> {
  if (tableOf(kind) === 'Service') {
    const { ports = [] } = object.spec as { readonly ports?: readonly { readonly port: number; readonly protocol?: string }[] };
    return ports.map(({ port, protocol }) => ({ containerPort: port, ...(protocol ? { protocol } : {}) }));
  }
  const spec: PodSpec | undefined = podSpecOf(object);
  return (spec?.containers ?? []).flatMap((container) => container.ports ?? []);
}

function protocolOf(target: Target, port: number): string | undefined {
  return containerPorts(target).find(({ containerPort }) => containerPort === port)?.protocol;
}
