// kubectl expose and autoscale: a Service or a HorizontalPodAutoscaler for what is there.
// Models kubectl/pkg/cmd/expose/expose.go and kubectl/pkg/cmd/autoscale/autoscale.go.
import { resourceName } from '../../kube/kind.ts';
import type { Container, PodSpec } from '../../kube/kinds/pod.ts';
import type { KubeObject, LabelSelector, StringMap } from '../../kube/meta.ts';
import { CommandError, throwAll } from '../errors.ts';
import { fileFlags } from '../files.ts';
import { inNamespace, parseLabels, requireFlags } from '../generators/generator.ts';
import type { ParsedArgs } from '../parse.ts';
import { findResources, type Target } from '../resources.ts';
import { selectorFlag, type Verb, type VerbContext } from '../verb.ts';
import { attempt, dryRunOf, reporterOf, saveConfigFlag, sendCreate, writingFlags } from '../writing.ts';
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
      const exposed = attempt(errors, () => send(serviceFor(target, args), args, ctx));
      if (exposed) yield report(exposed, 'exposed');
    }
    throwAll(errors);
    return 0;
  },
};

function send(object: KubeObject, args: ParsedArgs, ctx: VerbContext): KubeObject {
  const dryRun = dryRunOf(args);
  const whole = inNamespace(object, ctx.namespace);
  return dryRun === 'client' ? whole : sendCreate(whole, ctx, { dryRun });
}

const EXPOSABLE = ['Service', 'ReplicationController', 'Deployment', 'ReplicaSet', 'Pod'];

function serviceFor(target: Target, args: ParsedArgs): KubeObject {
  const { kind, name, object } = target;
  if (!EXPOSABLE.includes(kind.kind)) throw new CommandError(`cannot expose a ${qualified(target)}`);
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

const qualified = ({ kind }: Target): string =>
  `${kind.kind}${resourceName(kind).includes('.') ? `.${resourceName(kind).split('.').slice(1).join('.')}` : ''}`;

/** The labels by which a service finds the same pods. Models polymorphichelpers/mapbasedselectorforobject.go. */
function selectorOf(target: Target): StringMap {
  const { kind, object } = target;
  if (kind.kind === 'Pod') {
    const { labels } = object.metadata;
    if (!labels || Object.keys(labels).length === 0) throw couldNot('the pod has no labels and cannot be exposed');
    return labels;
  }
  const { selector } = object.spec as { readonly selector?: unknown };
  if (kind.kind === 'Service' || kind.kind === 'ReplicationController') {
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
  if (kind.kind === 'Service') {
    const { ports = [] } = object.spec as { readonly ports?: readonly { readonly port: number; readonly protocol?: string }[] };
    return ports.map(({ port, protocol }) => ({ containerPort: port, ...(protocol ? { protocol } : {}) }));
  }
  const spec: PodSpec | undefined = podSpecOf(object);
  return (spec?.containers ?? []).flatMap((container) => container.ports ?? []);
}

function protocolOf(target: Target, port: number): string | undefined {
  return containerPorts(target).find(({ containerPort }) => containerPort === port)?.protocol;
}

export const autoscale: Verb = {
  name: 'autoscale',
  usage: '(-f FILENAME | TYPE NAME | TYPE/NAME) [--min=MINPODS] --max=MAXPODS [--cpu=CPU] [--memory=MEMORY] [flags]',
  summary: 'Auto-scale a deployment, replica set, stateful set, or replication controller',
  examples: [{ why: 'Between two and five pods', line: 'kubectl autoscale deployment web --min=2 --max=5 --cpu=50%' }],
  flags: [
    ...fileFlags,
    selectorFlag,
    { name: 'min', type: 'int', default: '-1', help: 'The smallest number of pods.' },
    { name: 'max', type: 'int', default: '-1', help: 'The largest number of pods.' },
    { name: 'cpu', type: 'string', help: 'The wanted use of CPU: 50% of the request, or a quantity.' },
    { name: 'memory', type: 'string', help: 'The wanted use of memory: 60% of the request, or a quantity.' },
    { name: 'cpu-percent', type: 'int', default: '-1', help: 'Deprecated: use --cpu.' },
    { name: 'name', type: 'string', help: 'The name of the autoscaler; the object’s if left out.' },
    ...writingFlags,
    saveConfigFlag,
  ],

  *run(args, ctx) {
    requireFlags(args, ['max']);
    const [min, max] = [args.number('min'), args.number('max')];
    if (max < 1) throw new CommandError(`--max=MAXPODS is required and must be at least 1, max: ${max}`);
    if (max < min) throw new CommandError(`--max=MAXPODS must be larger or equal to --min=MINPODS, max: ${max}, min: ${min}`);
    const { targets, errors: missing } = findResources(args, ctx);
    const errors: Error[] = [...missing];
    const report = reporterOf(args);
    for (const target of targets) {
      const scaled = attempt(errors, () => send(autoscalerFor(target, args), args, ctx));
      if (scaled) yield report(scaled, 'autoscaled');
    }
    throwAll(errors);
    if (targets.length === 0) throw new CommandError('no objects passed to autoscale');
    return 0;
  },
};

const SCALABLE = ['Deployment', 'ReplicaSet', 'ReplicationController', 'StatefulSet'];

function autoscalerFor(target: Target, args: ParsedArgs): KubeObject {
  const { kind, name } = target;
  if (!SCALABLE.includes(kind.kind)) throw new CommandError(`cannot autoscale a ${qualified(target)}`);
  const percent = args.number('cpu-percent');
  const cpu = args.text('cpu') || (percent >= 0 ? `${percent}%` : '');
  const metrics = [...metricOf('cpu', cpu), ...metricOf('memory', args.text('memory'))];
  const min = args.number('min');
  const spec = {
    maxReplicas: args.number('max'),
    ...(metrics.length > 0 ? { metrics } : {}),
    ...(min > 0 ? { minReplicas: min } : {}),
    scaleTargetRef: { apiVersion: kind.apiVersion, kind: kind.kind, name },
  };
  const status = { currentMetrics: null, desiredReplicas: 0 };
  return { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', metadata: { name: args.text('name') || name }, spec, status };
}

function metricOf(name: string, text: string): readonly unknown[] {
  if (!text) return [];
  const percent = /^(\d+)%$/.exec(text)?.[1];
  const target = percent ? { averageUtilization: Number(percent), type: 'Utilization' } : { averageValue: text, type: 'AverageValue' };
  return [{ resource: { name, target }, type: 'Resource' }];
}
