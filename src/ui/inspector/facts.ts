// How an object without a cutter stands at this moment, as rows of words, and the pods that it is about: a Service and what is behind
// it, a scaler and what it measures, a claim and its volume, a schedule, a budget, a quota, settings.
import type { WhyMessages } from '../../i18n/language.ts';
import { type HorizontalPodAutoscaler } from '../../kube/kinds/autoscaler.ts';
import type { CronJob } from '../../kube/kinds/job.ts';
import type { Pod } from '../../kube/kinds/pod.ts';
import type { PodDisruptionBudget } from '../../kube/kinds/podDisruptionBudget.ts';
import type { EndpointSlice, Service, ServicePort } from '../../kube/kinds/service.ts';
import { claimNamesOf, type PersistentVolume, type PersistentVolumeClaim } from '../../kube/kinds/volumes.ts';
import { formatLabels, formatSelector, matchesSelector } from '../../kube/labels.ts';
import { fromTimestamp, type Key, type KubeObject, keyFor, type Snapshot } from '../../kube/meta.ts';
import { scheduleOf } from '../../kube/schedule.ts';
import { readScaler } from '../../scene/scalers.ts';
import { formatMoment } from '../../session/selectors.ts';
import { podsOf } from './owners.ts';

export interface Fact {
  readonly term: string;
  readonly value: string;
  readonly isAlarm?: boolean;
  /** The object that the value names. */
  readonly goTo?: Key;
}

export interface Facts {
  readonly rows: readonly Fact[];
  /** The pods it is about, under a heading; left out where it is about none. */
  readonly pods?: { readonly title: string; readonly list: readonly Pod[] };
}

type Words = WhyMessages['facts'];
type Reader = (object: KubeObject, snapshot: Snapshot, words: Words) => Facts;

const readers: Readonly<Record<string, Reader>> = {
  Service: (object, snapshot, words) => serviceFacts(object as Service, snapshot, words),
  HorizontalPodAutoscaler: (object, snapshot, words) => scalerFacts(object as HorizontalPodAutoscaler, snapshot, words),
  PersistentVolumeClaim: (object, snapshot, words) => claimFacts(object as PersistentVolumeClaim, snapshot, words),
  PersistentVolume: (object, _snapshot, words) => volumeFacts(object as PersistentVolume, words),
  CronJob: (object, snapshot, words) => cronFacts(object as CronJob, snapshot, words),
  PodDisruptionBudget: (object, snapshot, words) => budgetFacts(object as PodDisruptionBudget, snapshot, words),
  ResourceQuota: (object, _snapshot, words) => quotaFacts(object, words),
  ConfigMap: (object, _snapshot, words) => settingsFacts(object, words),
  Secret: (object, _snapshot, words) => settingsFacts(object, words),
};

export const hasFacts = ({ kind }: KubeObject): boolean => kind in readers;

export function factsOf(object: KubeObject, snapshot: Snapshot, words: Words): Facts {
  return readers[object.kind]?.(object, snapshot, words) ?? { rows: [] };
}

const podsIn = (snapshot: Snapshot, { metadata }: KubeObject) =>
  (snapshot.list('Pod') as readonly Pod[]).filter((pod) => pod.metadata.namespace === metadata.namespace);

// Service ------------------------------------------------------------------------------------------------------------------

function serviceFacts(service: Service, snapshot: Snapshot, words: Words): Facts {
  const { type = 'ClusterIP', clusterIP, externalName, ports = [], selector } = service.spec;
  const { names, ready } = behind(service, snapshot);
  const outside = service.status?.loadBalancer?.ingress?.map(({ ip, hostname }) => ip ?? hostname ?? '').join(', ');
  const list = podsIn(snapshot, service).filter(({ metadata }) => names.has(metadata.name));
  return {
    rows: [
      { term: words.type, value: type },
      ...(externalName ? [{ term: words.leadsTo, value: externalName }] : []),
      ...(clusterIP ? [{ term: words.address, value: clusterIP === 'None' ? words.noAddress : clusterIP }] : []),
      ...(outside ? [{ term: words.outside, value: outside }] : []),
      ...ports.map((port) => ({ term: words.port, value: portText(port, words) })),
      { term: words.chooses, value: selector ? formatLabels(selector) : words.choosesNothing },
      { term: words.traffic, value: words.behind(ready, names.size), isAlarm: names.size > 0 && ready === 0 },
    ],
    pods: { title: words.podsBehind, list },
  };
}

function portText({ name, port, targetPort, nodePort, protocol = 'TCP' }: ServicePort, words: Words): string {
  const text = `${name ? `${name} ` : ''}${port} → ${targetPort ?? port}/${protocol}`;
  return nodePort ? `${text}, ${words.onEveryNode(nodePort)}` : text;
}

/** The names of the pods in the Service's slices, and how many of them get traffic. */
function behind(service: Service, snapshot: Snapshot): { readonly names: ReadonlySet<string>; readonly ready: number } {
  const slices = (snapshot.list('EndpointSlice') as readonly EndpointSlice[]).filter(
    ({ metadata }) =>
      metadata.namespace === service.metadata.namespace && metadata.labels?.['kubernetes.io/service-name'] === service.metadata.name,
  );
  const endpoints = slices.flatMap((slice) => slice.endpoints ?? []).filter(({ targetRef }) => targetRef?.kind === 'Pod');
  const ready = new Set(endpoints.filter(({ conditions }) => conditions.ready).map(({ targetRef }) => targetRef?.name));
  return { names: new Set(endpoints.map(({ targetRef }) => targetRef?.name ?? '')), ready: ready.size };
}

// Scaling ------------------------------------------------------------------------------------------------------------------

function scalerFacts(scaler: HorizontalPodAutoscaler, snapshot: Snapshot, words: Words): Facts {
  const { min, max, now, wants, measures, target } = readScaler(scaler, snapshot, () => undefined);
  const { kind, name } = scaler.spec.scaleTargetRef;
  const owner = snapshot.get(kind, target);
  const { lastScaleTime } = scaler.status ?? {};
  return {
    rows: [
      owner
        ? { term: words.scales, value: `${kind}/${name}`, goTo: target }
        : { term: words.scales, value: words.notThere(`${kind}/${name}`), isAlarm: true },
      { term: words.between, value: words.range(min, max) },
      { term: words.replicas, value: words.hasWants(now, wants) },
      ...measures.map((measure) => ({
        term: measure.name,
        value: words.measured(measure.now, measure.target),
        isAlarm: measure.isOver,
      })),
      { term: words.lastScaled, value: lastScaleTime ? formatMoment(fromTimestamp(lastScaleTime)) : words.never },
    ],
    ...(owner ? { pods: { title: words.podsScaled, list: podsOf(snapshot, owner) } } : {}),
  };
}

// Storage ------------------------------------------------------------------------------------------------------------------

function claimFacts(claim: PersistentVolumeClaim, snapshot: Snapshot, words: Words): Facts {
  const { spec, status, metadata } = claim;
  const asked = spec.resources?.requests?.['storage'];
  const has = status?.capacity?.['storage'];
  const phase = metadata.deletionTimestamp ? words.leaving : (status?.phase ?? 'Pending');
  const list = podsIn(snapshot, claim).filter((pod) => claimNamesOf(pod).includes(metadata.name));
  return {
    rows: [
      { term: words.status, value: phase, isAlarm: status?.phase === 'Lost' },
      spec.volumeName
        ? { term: words.volume, value: spec.volumeName, goTo: keyFor('PersistentVolume', undefined, spec.volumeName) }
        : { term: words.volume, value: words.noneYet },
      { term: words.storageClass, value: spec.storageClassName || words.none },
      { term: words.size, value: words.sizes(String(has ?? ''), String(asked ?? '')) },
      { term: words.access, value: (spec.accessModes ?? []).join(', ') },
    ],
    pods: { title: words.usedBy, list },
  };
}

function volumeFacts({ spec, status }: PersistentVolume, words: Words): Facts {
  const { claimRef, capacity, accessModes, persistentVolumeReclaimPolicy, storageClassName } = spec;
  const { name, namespace } = claimRef ?? {};
  return {
    rows: [
      { term: words.status, value: status?.phase ?? 'Pending', isAlarm: status?.phase === 'Failed' },
      name
        ? { term: words.claim, value: name, goTo: keyFor('PersistentVolumeClaim', namespace, name) }
        : { term: words.claim, value: words.none },
      { term: words.storageClass, value: storageClassName || words.none },
      { term: words.size, value: String(capacity?.['storage'] ?? '') },
      { term: words.access, value: (accessModes ?? []).join(', ') },
      { term: words.afterClaim, value: persistentVolumeReclaimPolicy ?? '' },
    ],
  };
}

// Schedules ----------------------------------------------------------------------------------------------------------------

function cronFacts(cronJob: CronJob, snapshot: Snapshot, words: Words): Facts {
  const { schedule, timeZone, suspend, concurrencyPolicy = 'Allow', startingDeadlineSeconds } = cronJob.spec;
  const { lastScheduleTime, active = [] } = cronJob.status ?? {};
  const next = suspend ? undefined : scheduleOf(schedule, timeZone).next(snapshot.atMs);
  return {
    rows: [
      { term: words.schedule, value: schedule },
      ...(timeZone ? [{ term: words.timeZone, value: timeZone }] : []),
      { term: words.nextRun, value: suspend ? words.suspended : next === undefined ? words.never : formatMoment(next) },
      { term: words.lastRun, value: lastScheduleTime ? formatMoment(fromTimestamp(lastScheduleTime)) : words.never },
      { term: words.overlap, value: words.policies[concurrencyPolicy] },
      ...(startingDeadlineSeconds === undefined ? [] : [{ term: words.startsWithin, value: `${startingDeadlineSeconds} s` }]),
      ...active.map(({ name }) => ({ term: words.running, value: name, goTo: keyFor('Job', cronJob.metadata.namespace, name) })),
    ],
    pods: { title: words.podsCut, list: podsOf(snapshot, cronJob) },
  };
}

// Rules --------------------------------------------------------------------------------------------------------------------

function budgetFacts(budget: PodDisruptionBudget, snapshot: Snapshot, words: Words): Facts {
  const { selector, minAvailable, maxUnavailable } = budget.spec;
  const { disruptionsAllowed = 0, currentHealthy = 0, desiredHealthy = 0, expectedPods = 0 } = budget.status ?? {};
  const list = selector ? podsIn(snapshot, budget).filter(({ metadata }) => matchesSelector(selector, metadata.labels)) : [];
  return {
    rows: [
      { term: words.protects, value: formatSelector(selector) },
      minAvailable === undefined
        ? { term: words.mayMiss, value: String(maxUnavailable ?? 0) }
        : { term: words.mustStay, value: String(minAvailable) },
      { term: words.healthy, value: words.healthyOf(currentHealthy, desiredHealthy, expectedPods) },
      { term: words.mayLose, value: String(disruptionsAllowed), isAlarm: expectedPods > 0 && disruptionsAllowed === 0 },
    ],
    pods: { title: words.podsProtected, list },
  };
}

function quotaFacts({ status }: KubeObject, words: Words): Facts {
  const { hard = {}, used = {} } = (status ?? {}) as Readonly<Record<'hard' | 'used', Readonly<Record<string, string>>>>;
  return { rows: Object.keys(hard).map((name) => ({ term: name, value: words.usedOf(used[name] ?? '0', hard[name] ?? '') })) };
}

function settingsFacts(object: KubeObject, words: Words): Facts {
  const {
    type,
    data = {},
    immutable,
  } = object as KubeObject & {
    readonly type?: string;
    readonly data?: Readonly<Record<string, string>>;
    readonly immutable?: boolean;
  };
  const isSecret = object.kind === 'Secret';
  return {
    rows: [
      ...(type ? [{ term: words.type, value: type }] : []),
      ...Object.entries(data).map(([term, value]) => ({ term, value: isSecret ? words.hidden : value })),
      ...(immutable ? [{ term: words.changes, value: words.immutable }] : []),
    ],
  };
}
