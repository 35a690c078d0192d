// Gives containers the default requests and limits of the namespace, and refuses what is out of its bounds.
// Models plugin/pkg/admission/limitranger/admission.go.

import { remembered } from '../../base/remembered.ts';
import { ApiError } from '../../kube/errors.ts';
import { mapped } from '../../kube/kinds/fill.ts';
import type { LimitRange, LimitRangeItem } from '../../kube/kinds/limitRange.ts';
import type { Container, Pod, PodSpec, Quantity, ResourceList } from '../../kube/kinds/pod.ts';
import type { KubeObject } from '../../kube/meta.ts';
import { podLimits, podRequests } from '../../kube/podResources.ts';
import { compareQuantities, milliValueOf } from '../../kube/quantity.ts';
import type { Admission, ObjectReader } from './admission.ts';

const ANNOTATION = 'kubernetes.io/limit-ranger';

export const limitRanger: Admission = {
  name: 'LimitRanger',
  kinds: ['Pod', 'PersistentVolumeClaim'],
  mayInvalidate: true,
  create: (object, api) => (object.kind === 'Pod' ? rangesIn(object, api).reduce(withDefaults, object as Pod) : object),
  validate(object, old, api) {
    if (old && object.kind === 'Pod') return;
    for (const range of rangesIn(object, api)) {
      const problems = object.kind === 'Pod' ? podProblems(range)((object as Pod).spec) : claimProblems(object, range);
      if (problems.length > 0) throw forbidden(object, problems);
    }
  },
};

function rangesIn({ metadata }: KubeObject, api: ObjectReader): LimitRange[] {
  return api.list<LimitRange>('LimitRange', metadata.namespace);
}

function forbidden({ kind, metadata }: KubeObject, problems: readonly string[]): ApiError {
  const resource = kind === 'Pod' ? 'pods' : 'persistentvolumeclaims';
  const reason = problems.length === 1 ? problems[0] : `[${problems.join(', ')}]`;
  return new ApiError('Forbidden', `${resource} "${metadata.name}" is forbidden: ${reason}`);
}

// Defaults ------------------------------------------------------------------------------------------------------------

function withDefaults(pod: Pod, range: LimitRange): Pod {
  if (!pod.spec.containers) return pod;
  const { spec, notes } = defaulted(range)(pod.spec);
  if (notes.length === 0) return pod;
  const annotations = { ...pod.metadata.annotations, [ANNOTATION]: `LimitRanger plugin set: ${notes.join('; ')}` };
  return { ...pod, metadata: { ...pod.metadata, annotations }, spec };
}

/** For one LimitRange: a pod's spec with its defaults, and what they are. All pods of one template share the answer. */
const defaulted = remembered((range: LimitRange) =>
  remembered((spec: PodSpec) => {
    const items = (range.spec.limits ?? []).filter(({ type }) => type === 'Container');
    const requests = Object.assign({}, ...items.map(({ defaultRequest }) => defaultRequest)) as ResourceList;
    const limits = Object.assign({}, ...items.map((item) => item.default)) as ResourceList;
    const notes: string[] = [];
    const fill = (what: string) => (container: Container) => {
      const { resources = {}, name } = container;
      const newRequests = missingFrom(resources.requests, requests);
      const newLimits = missingFrom(resources.limits, limits);
      if (newRequests.length > 0) notes.push(`${newRequests.join(', ')} request for ${what} ${name}`);
      if (newLimits.length > 0) notes.push(`${newLimits.join(', ')} limit for ${what} ${name}`);
      if (newRequests.length + newLimits.length === 0) return container;
      const filled = {
        ...resources,
        ...(newLimits.length > 0 ? { limits: { ...limits, ...resources.limits } } : {}),
        ...(newRequests.length > 0 ? { requests: { ...requests, ...resources.requests } } : {}),
      };
      return { ...container, resources: filled };
    };
    const containers = mapped(spec.containers, fill('container'));
    const initContainers = spec.initContainers && mapped(spec.initContainers, fill('init container'));
    return { spec: { ...spec, containers, ...(initContainers ? { initContainers } : {}) }, notes };
  }),
);

function missingFrom(given: ResourceList = {}, defaults: ResourceList): readonly string[] {
  return Object.keys(defaults)
    .filter((name) => given[name] === undefined)
    .sort();
}

// Bounds --------------------------------------------------------------------------------------------------------------

const podProblems = remembered((range: LimitRange) =>
  remembered((spec: PodSpec): readonly string[] =>
    (range.spec.limits ?? []).flatMap((item) => {
      if (item.type === 'Container') {
        const containers = [...spec.containers, ...(spec.initContainers ?? [])];
        return containers.flatMap(({ resources }) => problemsOf(item, resources?.requests ?? {}, resources?.limits ?? {}));
      }
      const pod = { spec } as Pod;
      return item.type === 'Pod' ? problemsOf(item, podRequests(pod), podLimits(pod)) : [];
    }),
  ),
);

function problemsOf(item: LimitRangeItem, requests: ResourceList, limits: ResourceList): string[] {
  const { type, min, max, maxLimitRequestRatio } = item;
  return [
    ...eachOf(min, (name, bound) => minProblem(type, name, bound, requests[name], limits[name])),
    ...eachOf(max, (name, bound) => maxProblem(type, name, bound, requests[name], limits[name])),
    ...eachOf(maxLimitRequestRatio, (name, bound) => ratioProblem(type, name, bound, requests[name], limits[name])),
  ];
}

function eachOf(bounds: ResourceList | undefined, problem: (name: string, bound: Quantity) => string | undefined): string[] {
  return Object.keys(bounds ?? {})
    .sort()
    .flatMap((name) => problem(name, bounds?.[name] as Quantity) ?? []);
}

type Amount = Quantity | undefined;

function minProblem(type: string, name: string, bound: Quantity, request: Amount, limit: Amount): string | undefined {
  const text = `minimum ${name} usage per ${type} is ${bound}`;
  if (request === undefined) return `${text}.  No request is specified`;
  if (compareQuantities(request, bound) < 0) return `${text}, but request is ${request}`;
  return limit !== undefined && compareQuantities(limit, bound) < 0 ? `${text}, but limit is ${limit}` : undefined;
}

function maxProblem(type: string, name: string, bound: Quantity, request: Amount, limit: Amount): string | undefined {
  const text = `maximum ${name} usage per ${type} is ${bound}`;
  if (limit === undefined) return `${text}.  No limit is specified`;
  if (compareQuantities(limit, bound) > 0) return `${text}, but limit is ${limit}`;
  return request !== undefined && compareQuantities(request, bound) > 0 ? `${text}, but request is ${request}` : undefined;
}

function ratioProblem(type: string, name: string, bound: Quantity, request: Amount, limit: Amount): string | undefined {
  const text = `${name} max limit to request ratio per ${type} is ${bound}`;
  const [asked, allowed] = [milliValueOf(request), milliValueOf(limit)];
  if (asked === 0) return `${text}, but no request is specified or request is 0`;
  if (allowed === 0) return `${text}, but no limit is specified or limit is 0`;
  const ratio = allowed / asked;
  return ratio * 1000 > milliValueOf(bound) ? `${text}, but provided ratio is ${ratio.toFixed(6)}` : undefined;
}

function claimProblems({ spec }: KubeObject, range: LimitRange): readonly string[] {
  const requests = (spec as { readonly resources?: { readonly requests?: ResourceList } } | undefined)?.resources?.requests ?? {};
  return (range.spec.limits ?? [])
    .filter(({ type }) => type === 'PersistentVolumeClaim')
    .flatMap(({ type, min, max }) => [
      ...eachOf(min, (name, bound) => minProblem(type, name, bound, requests[name], undefined)),
      ...eachOf(max, (name, bound) => {
        const text = `maximum ${name} usage per ${type} is ${bound}`;
        const request = requests[name];
        if (request === undefined) return `${text}.  No request is specified`;
        return compareQuantities(request, bound) > 0 ? `${text}, but request is ${request}` : undefined;
      }),
    ]);
}
