// From the objects of a real cluster to the beginning of a world: each is read as a server reads it, what does not hold is told and left
// out, and what is missing is added (standIns.ts, revisions.ts). What is kept keeps its name, uid, owners and status.

import { finish } from '../../base/steps.ts';
import type { CountedRemark, Remark, Unreadable } from '../../i18n/remarks.ts';
import { kindsOf } from '../../kube/custom/served.ts';
import { decode } from '../../kube/decode.ts';
import { ApiError } from '../../kube/errors.ts';
import type { HorizontalPodAutoscaler } from '../../kube/kinds/autoscaler.ts';
import type { Pod } from '../../kube/kinds/pod.ts';
import type { KindTable } from '../../kube/kindTable.ts';
import { type Key, type KubeObject, keyOf, keyReferred, toTimestamp } from '../../kube/meta.ts';
import { milliValueOf } from '../../kube/quantity.ts';
import { missingRevisions } from './revisions.ts';
import { standInsFor } from './standIns.ts';
import { latestMs, moved } from './times.ts';
import { withWholeStatuses } from './wholeStatuses.ts';

/** A world that another cluster begins. */
export interface ImportedCluster {
  readonly objects: readonly KubeObject[];
  readonly loads: Readonly<Record<Key, number>>;
  readonly remarks: readonly Remark[];
}

/** How the reading of a text went. */
export interface Reading {
  readonly isCutOff: boolean;
  readonly isTooMuch: boolean;
  readonly failures: readonly Unreadable[];
  readonly failureCount: number;
}

const WHOLE: Reading = { isCutOff: false, isTooMuch: false, failures: [], failureCount: 0 };
const REFUSALS_MAX = 10;
const DEFINITION = 'CustomResourceDefinition';

export class Intake {
  private readonly byKey = new Map<Key, KubeObject>();
  private readonly uids = new Set<string>();
  private readonly definitions: KubeObject[] = [];
  /** Objects of kinds that nothing read so far has defined. */
  private readonly undefinedYet: KubeObject[] = [];
  private readonly refusals: Remark[] = [];
  private readonly counts = new Map<CountedRemark, number>();
  /** When the cluster changed last. */
  private latestMs = Number.NEGATIVE_INFINITY;

  /** Takes one object in, or notes why not. */
  admit(given: KubeObject): void {
    const kind = this.kinds.findIn(given.apiVersion, given.kind);
    if (!kind) return void this.undefinedYet.push(given);
    try {
      const { object } = decode(given, this.kinds);
      const { managedFields: _fields, selfLink: _link, ...metadata } = object.metadata as unknown as Record<string, unknown>;
      const read = { ...object, metadata } as unknown as KubeObject;
      const whole = kind.defaults?.(read) ?? read;
      // Labels and annotations follow rules that came later than some objects that have them.
      const mistake = kind.validate?.(whole).find(({ field }) => !/\b(labels|annotations)\b/.test(field));
      if (mistake) return this.refuse(given, `${mistake.field}: ${mistake.text}`);
      this.keep(withWholeStatuses(kind.hasStatus && whole.status === undefined ? { ...whole, status: {} } : whole));
    } catch (error) {
      // Whatever a text holds in the place of an object: it is told, and the others go on.
      this.refuse(given, error instanceof ApiError ? error.message : undefined);
    }
  }

  /** What has been taken in, made whole, at once. */
  finish(): ImportedCluster {
    return finish(this.finishing());
  }

  /** The same a little at a time; `text` is how the reading went. */
  *finishing(text: Reading = WHOLE): Generator<void, ImportedCluster> {
    // A definition may stand after the objects of its kind.
    for (const given of this.undefinedYet.splice(0)) this.admit(given);
    const shiftMs = Number.isFinite(this.latestMs) ? -this.latestMs : 0;
    const objects: KubeObject[] = [];
    for (const object of this.withoutLostOwners([...this.byKey.values()])) {
      objects.push(withScheduleFromNow(shiftMs === 0 ? object : moved(object, shiftMs)));
      yield;
    }
    const added = [...standInsFor(objects), ...missingRevisions(objects)];
    yield;
    this.countWhatDiffers(objects);
    return { objects: [...objects, ...added], loads: loadsOf(objects), remarks: [...remarksOn(text), ...this.remarks(objects, added)] };
  }

  private get kinds(): KindTable {
    return kindsOf({ list: (kind) => (kind === DEFINITION ? this.definitions : []) });
  }

  private keep(object: KubeObject): void {
    const key = keyOf(object);
    const { uid } = object.metadata;
    if (this.byKey.has(key) || (uid !== undefined && this.uids.has(uid))) return this.count('duplicates');
    if (uid !== undefined) this.uids.add(uid);
    this.byKey.set(key, object);
    this.latestMs = Math.max(this.latestMs, latestMs(object));
    if (object.kind === DEFINITION) this.definitions.push(object);
  }

  /** In the API server's words, if it has any. */
  private refuse({ kind, metadata }: KubeObject, words: string | undefined): void {
    if (this.refusals.length >= REFUSALS_MAX) return this.count('moreRefused');
    const what = `${kind} ${String(metadata?.namespace ?? '')}/${String(metadata?.name ?? '')}`.replace(' /', ' ').slice(0, 150);
    this.refusals.push(words === undefined ? { type: 'misshapen', what } : { type: 'refused', what, words: words.slice(0, 300) });
  }

  private count(type: CountedRemark, by = 1): void {
    this.counts.set(type, (this.counts.get(type) ?? 0) + by);
  }

  /** An owner of a kind that is known here and that the text does not have would make its dependents garbage. */
  private withoutLostOwners(objects: readonly KubeObject[]): KubeObject[] {
    return objects.map((object) => {
      const { ownerReferences, ...metadata } = object.metadata;
      const kept = ownerReferences?.filter(({ apiVersion, kind, uid }) => this.uids.has(uid) || !this.kinds.findIn(apiVersion, kind));
      if (!ownerReferences || kept?.length === ownerReferences.length) return object;
      this.count('ownerMissing');
      return { ...object, metadata: kept && kept.length > 0 ? { ...metadata, ownerReferences: kept } : metadata };
    });
  }

  private countWhatDiffers(objects: readonly KubeObject[]): void {
    for (const object of objects) {
      if (object.kind === 'HorizontalPodAutoscaler' && !cpuOf(object as HorizontalPodAutoscaler)) this.count('otherMetrics');
      if (object.kind !== 'Pod') continue;
      const { metadata, spec, status } = object as Pod;
      const { schedulerName } = spec as { readonly schedulerName?: string };
      if (metadata.ownerReferences?.some(({ kind }) => kind === 'Node')) this.count('staticPods');
      if (!spec.nodeName && schedulerName && schedulerName !== 'default-scheduler') this.count('otherScheduler');
      const waiting = status.containerStatuses?.filter(({ state }) => /BackOff|Err|Error/.test(state?.waiting?.reason ?? '')) ?? [];
      if (waiting.length > 0) this.count('waiting', waiting.length);
    }
  }

  private remarks(objects: readonly KubeObject[], added: readonly KubeObject[]): Remark[] {
    const notSimulated = tally(objects.filter(({ apiVersion, kind }) => this.kinds.findIn(apiVersion, kind)?.isSimulated === false));
    return [
      ...counted(
        'unknownKind',
        tally(this.undefinedYet, ({ kind, apiVersion }) => `${kind} (${apiVersion})`.slice(0, 100)),
      ),
      ...counted('notSimulated', notSimulated),
      ...this.refusals,
      ...[...this.counts].map(([type, count]): Remark => ({ type, count })),
      ...counted('standIn', tally(added)),
    ];
  }
}

function remarksOn({ isCutOff, isTooMuch, failures, failureCount }: Reading): Remark[] {
  return [
    ...(isCutOff ? [{ type: 'cutOff' } as const] : []),
    ...(isTooMuch ? [{ type: 'tooMuch' } as const] : []),
    ...failures,
    ...(failureCount > failures.length ? [{ type: 'moreUnreadable', count: failureCount - failures.length } as const] : []),
  ];
}

function counted(type: 'unknownKind' | 'notSimulated' | 'standIn', counts: ReadonlyMap<string, number>): Remark[] {
  return [...counts].map(([what, count]) => ({ type, what, count }));
}

function tally(objects: readonly KubeObject[], nameOf = ({ kind }: KubeObject): string => kind): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const name of objects.map(nameOf)) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

/** A schedule is told by the clock, and the clock of a world is its own: what is due counts from its beginning. */
function withScheduleFromNow(object: KubeObject): KubeObject {
  return object.kind === 'CronJob'
    ? { ...object, status: { ...(object.status as object | undefined), lastScheduleTime: toTimestamp(0) } }
    : object;
}

/** What the pods of an autoscaler were using, so that it goes on with the number it had come to. */
function loadsOf(objects: readonly KubeObject[]): Record<Key, number> {
  const loads: Record<Key, number> = {};
  for (const object of objects) {
    if (object.kind !== 'HorizontalPodAutoscaler') continue;
    const { metadata, spec, status } = object as HorizontalPodAutoscaler;
    const average = cpuOf(object as HorizontalPodAutoscaler);
    if (average !== undefined)
      loads[keyReferred(spec.scaleTargetRef, metadata.namespace)] = milliValueOf(average) * (status.currentReplicas ?? 1);
  }
  return loads;
}

function cpuOf({ status }: HorizontalPodAutoscaler) {
  return status?.currentMetrics?.find(({ resource }) => resource?.name === 'cpu')?.resource?.current.averageValue;
}
