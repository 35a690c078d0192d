// What a server takes but warns of: names that make odd host names, things said twice, labels of old.
// Models pkg/api/pod/warnings.go and the WarningsOnCreate of pods and of what makes pods. Leaves out volumes, annotations and
// security contexts that are deprecated.
import { builtInKinds } from './kinds/builtIn.ts';
import type { Affinity, Container, NodeSelectorTerm, Pod, PodAffinity, PodSpec, PodTemplateSpec, ResourceList } from './kinds/pod.ts';
import { type KubeObject, tableOf } from './meta.ts';
import { isDns1123Label } from './names.ts';
import { parseQuantity } from './quantity.ts';

/** The warnings that come with the answer when this object is created, or its spec changed. */
export function warningsFor(given: KubeObject): readonly string[] {
  const kind = builtInKinds.find(tableOf(given));
  if (!kind) return [];
  const object = kind.defaults?.(given) ?? given;
  if (object.kind === 'Pod') return [...nameWarnings(object, "the Pod's hostname"), ...podWarnings((object as Pod).spec, 'spec')];
  const [template, field] = templateOf(object);
  return template?.spec ? [...nameWarnings(object, 'Pod names and hostnames'), ...podWarnings(template.spec, `${field}.spec`)] : [];
}

function templateOf({ kind, spec }: KubeObject): readonly [PodTemplateSpec | undefined, string] {
  const { template, jobTemplate } = (spec ?? {}) as { readonly template?: PodTemplateSpec; readonly jobTemplate?: KubeObject };
  if (kind === 'CronJob')
    return [(jobTemplate?.spec as { readonly template?: PodTemplateSpec } | undefined)?.template, 'spec.jobTemplate.spec.template'];
  return [template, 'spec.template'];
}

function nameWarnings({ metadata }: KubeObject, use: string): string[] {
  const problems = metadata.name ? isDns1123Label(metadata.name) : [];
  if (problems.length === 0) return [];
  return [
    `metadata.name: this is used in ${use}, which can result in surprising behavior; a DNS label is recommended: [${problems.join(' ')}]`,
  ];
}

function podWarnings(spec: PodSpec, field: string): string[] {
  const lists = [
    ['initContainers', spec.initContainers],
    ['containers', spec.containers],
  ] as const;
  return [
    ...nodeSelectorWarnings(spec, field),
    ...nullSelectorWarnings(spec, field),
    ...lists.flatMap(([list, containers]) =>
      (containers ?? []).flatMap((container, i) => containerWarnings(container, `${field}.${list}[${i}]`)),
    ),
    ...((spec as { readonly imagePullSecrets?: readonly { readonly name?: string }[] }).imagePullSecrets ?? []).flatMap(({ name }, i) =>
      name ? [] : [`${field}.imagePullSecrets[${i}].name: invalid empty name ""`],
    ),
    ...((spec.terminationGracePeriodSeconds ?? 0) < 0
      ? [`${field}.terminationGracePeriodSeconds: must be >= 0; negative values are invalid and will be treated as 1`]
      : []),
  ];
}

function containerWarnings(container: Container, path: string): string[] {
  const names = new Set<string>();
  const hidden = (container.env ?? []).flatMap(({ name }, i) => {
    const isKnown = names.has(name);
    names.add(name);
    return isKnown ? [`${path}.env[${i}]: hides previous definition of "${name}", which may be dropped when using apply`] : [];
  });
  const { requests, limits } = container.resources ?? {};
  return [
    ...hidden,
    ...fractionWarnings(limits, `${path}.resources.limits`),
    ...fractionWarnings(requests, `${path}.resources.requests`),
    ...portWarnings(container, path),
  ];
}

/** `memory: 100m` is a tenth of a byte: a slip of the hand for 100M. */
function fractionWarnings(list: ResourceList | undefined, path: string): string[] {
  return ['memory', 'ephemeral-storage'].flatMap((name) => {
    const quantity = list?.[name];
    if (quantity === undefined || parseQuantity(quantity).nano % 1_000_000_000n === 0n) return [];
    return [`${path}[${name}]: fractional byte value "${quantity}" is invalid, must be an integer`];
  });
}

function portWarnings({ ports = [] }: Container, path: string): string[] {
  return ports.flatMap((port, i) => {
    const earlier = ports.findIndex(
      (other) => other.containerPort === port.containerPort && (other.protocol ?? 'TCP') === (port.protocol ?? 'TCP'),
    );
    const isSame = earlier < i && (ports[earlier]?.hostPort ?? 0) === (port.hostPort ?? 0) && ports[earlier]?.hostIP === port.hostIP;
    return isSame ? [`${path}.ports[${i}]: duplicate port definition with ${path}.ports[${earlier}]`] : [];
  });
}

const OLD_LABELS: Readonly<Record<string, readonly [since: string, now: string]>> = {
  'beta.kubernetes.io/arch': ['v1.14', 'kubernetes.io/arch'],
  'beta.kubernetes.io/os': ['v1.14', 'kubernetes.io/os'],
  'failure-domain.beta.kubernetes.io/region': ['v1.17', 'topology.kubernetes.io/region'],
  'failure-domain.beta.kubernetes.io/zone': ['v1.17', 'topology.kubernetes.io/zone'],
  'beta.kubernetes.io/instance-type': ['v1.17', 'node.kubernetes.io/instance-type'],
};

const oldLabel = (key: string) => (Object.hasOwn(OLD_LABELS, key) ? OLD_LABELS[key] : undefined);

function nodeSelectorWarnings({ nodeSelector = {}, affinity }: PodSpec, field: string): string[] {
  const chosen = Object.keys(nodeSelector).flatMap((key) => {
    const [since, now] = oldLabel(key) ?? [];
    return now ? [`${field}.nodeSelector[${key}]: deprecated since ${since}; use "${now}" instead`] : [];
  });
  return [...chosen, ...affinityWarnings(affinity, `${field}.affinity.nodeAffinity`)];
}

function affinityWarnings(affinity: Affinity | undefined, field: string): string[] {
  const { requiredDuringSchedulingIgnoredDuringExecution: required, preferredDuringSchedulingIgnoredDuringExecution: preferred } =
    affinity?.nodeAffinity ?? {};
  const inTerm = (term: NodeSelectorTerm | undefined, path: string) =>
    (term?.matchExpressions ?? []).flatMap(({ key }, i) => {
      const [since, now] = oldLabel(key) ?? [];
      return now ? [`${path}.matchExpressions[${i}].key: ${key} is deprecated since ${since}; use "${now}" instead`] : [];
    });
  return [
    ...(required?.nodeSelectorTerms ?? []).flatMap((term, i) =>
      inTerm(term, `${field}.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[${i}]`),
    ),
    ...(preferred ?? []).flatMap(({ preference }, i) =>
      inTerm(preference, `${field}.preferredDuringSchedulingIgnoredDuringExecution[${i}].preference`),
    ),
  ];
}

/** A selector that is not there chooses nothing, which is seldom what was meant. */
function nullSelectorWarnings({ affinity, topologySpreadConstraints = [] }: PodSpec, field: string): string[] {
  const warning = (path: string) => `${path}.labelSelector: a null labelSelector results in matching no pod`;
  const inAffinity = (terms: PodAffinity | undefined, path: string) => [
    ...(terms?.requiredDuringSchedulingIgnoredDuringExecution ?? []).flatMap((term, i) =>
      term.labelSelector ? [] : [warning(`${path}.requiredDuringSchedulingIgnoredDuringExecution[${i}]`)],
    ),
    ...(terms?.preferredDuringSchedulingIgnoredDuringExecution ?? []).flatMap(({ podAffinityTerm }, i) =>
      podAffinityTerm?.labelSelector ? [] : [warning(`${path}.preferredDuringSchedulingIgnoredDuringExecution[${i}].podAffinityTerm`)],
    ),
  ];
  return [
    ...inAffinity(affinity?.podAffinity, `${field}.affinity.podAffinity`),
    ...inAffinity(affinity?.podAntiAffinity, `${field}.affinity.podAntiAffinity`),
    ...topologySpreadConstraints.flatMap(({ labelSelector }, i) =>
      labelSelector ? [] : [warning(`${field}.topologySpreadConstraints[${i}]`)],
    ),
  ];
}
