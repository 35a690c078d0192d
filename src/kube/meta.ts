// What every Kubernetes object has, and the words the whole code base shares: Key, Change, Snapshot.
// Models apimachinery/pkg/apis/meta/v1/types.go. All fields are plain JSON and never written in place.
import { unixMsOf } from '../base/moment.ts';

export interface OwnerReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly uid: string;
  readonly controller?: boolean;
  readonly blockOwnerDeletion?: boolean;
}

export type StringMap = Readonly<Record<string, string>>;

export interface ObjectMeta {
  readonly name: string;
  readonly generateName?: string;
  readonly namespace?: string;
  readonly uid?: string;
  readonly resourceVersion?: string;
  readonly generation?: number;
  readonly creationTimestamp?: string;
  readonly deletionTimestamp?: string;
  readonly deletionGracePeriodSeconds?: number;
  readonly labels?: StringMap;
  readonly annotations?: StringMap;
  readonly ownerReferences?: readonly OwnerReference[];
  readonly finalizers?: readonly string[];
  readonly managedFields?: readonly ManagedFields[];
}

/** Which fields somebody has written. */
export interface ManagedFields {
  readonly apiVersion: string;
  readonly fieldsType: 'FieldsV1';
  readonly fieldsV1: FieldsV1;
  readonly manager: string;
  readonly operation: 'Apply' | 'Update';
  readonly time?: string;
}

export interface FieldsV1 {
  readonly [element: string]: FieldsV1;
}

/** Any Kubernetes object. Kinds narrow it. */
export interface KubeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ObjectMeta;
  readonly spec?: unknown;
  readonly status?: unknown;
}

/** `Kind/namespace/name`, of custom kinds `Kind.group/namespace/name`; the namespace is empty for cluster-scoped kinds. */
export type Key = string;

/** One entry of the log: what one write did, who did it, and which earlier change led to it. */
export interface Change {
  /** 1 for the first change of the world, then one more each. */
  readonly seq: number;
  readonly atMs: number;
  readonly actor: string;
  readonly verb: string;
  /** The object's kind, with its group where that is a custom one: see tableOf. */
  readonly table: string;
  readonly key: Key;
  readonly before: KubeObject | undefined;
  readonly after: KubeObject | undefined;
  readonly cause: number | undefined;
}

/** The world at one moment, for reading. */
export interface Snapshot {
  /** The last change it shows. */
  readonly seq: number;
  readonly atMs: number;
  get(kind: string, key: Key): KubeObject | undefined;
  /** All objects of a kind, oldest slot first; the same array each time. */
  list(kind: string): readonly KubeObject[];
  /** The kinds that ever had an object. */
  readonly tables: readonly string[];
}

export interface LabelSelectorRequirement {
  readonly key: string;
  readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
  readonly values?: readonly string[];
}

export interface LabelSelector {
  readonly matchLabels?: StringMap;
  readonly matchExpressions?: readonly LabelSelectorRequirement[];
}

export interface Condition {
  readonly type: string;
  readonly status: 'True' | 'False' | 'Unknown';
  readonly reason?: string;
  readonly message?: string;
  readonly lastTransitionTime?: string;
  readonly lastUpdateTime?: string;
  readonly lastProbeTime?: string | null;
  readonly lastHeartbeatTime?: string;
  readonly observedGeneration?: number;
}

export function keyFor(kind: string, namespace: string | undefined, name: string): Key {
  return `${kind}/${namespace ?? ''}/${name}`;
}

/** Kubernetes' own groups that are named like domains; in its domain a definition must be approved. Of all others are custom kinds. */
const OWN_DOMAIN = /^(?:[a-z]+|flowcontrol\.apiserver|rbac\.authorization)\.k8s\.io\//;

/** Where objects are kept: under their kind, and under its group too for custom kinds, which may be called as built-in ones are. */
export function tableOf({ apiVersion, kind }: Pick<KubeObject, 'apiVersion' | 'kind'>): string {
  return !apiVersion.includes('.') || OWN_DOMAIN.test(apiVersion) ? kind : `${kind}.${apiVersion.slice(0, apiVersion.indexOf('/'))}`;
}

/** Joined, not added up: these keys are kept as long as the world, and a sum of texts keeps each of its steps. */
export function keyOf(object: KubeObject): Key {
  const { namespace, name } = object.metadata;
  return [tableOf(object), namespace, name].join('/');
}

export function partsOf(key: Key): { kind: string; namespace: string; name: string } {
  const [kind = '', namespace = '', name = ''] = key.split('/');
  return { kind, namespace, name };
}

/** The objects of a kind by its own name; of custom kinds that share it, those of the first that had any. */
export function listNamed(snapshot: Pick<Snapshot, 'list' | 'tables'>, kind: string): readonly KubeObject[] {
  const { tables } = snapshot;
  return snapshot.list(tables.includes(kind) ? kind : (tables.find((table) => table.startsWith(`${kind}.`)) ?? kind));
}

/** The key of what an object refers to. */
export function keyReferred(
  { apiVersion = '', kind, name }: { readonly apiVersion?: string; readonly kind: string; readonly name: string },
  namespace: string | undefined,
): Key {
  return keyFor(tableOf({ apiVersion, kind }), namespace, name);
}

/** The owner that controls the object, or undefined: there is at most one. Models apimachinery/pkg/apis/meta/v1/controller_ref.go. */
const NO_OWNERS: readonly OwnerReference[] = [];

export function controllerOf(object: KubeObject): OwnerReference | undefined {
  for (const reference of object.metadata.ownerReferences ?? NO_OWNERS) if (reference.controller) return reference;
  return undefined;
}

export function controllerRefTo(owner: KubeObject): OwnerReference {
  const { apiVersion, kind, metadata } = owner;
  return { apiVersion, kind, name: metadata.name, uid: metadata.uid ?? '', controller: true, blockOwnerDeletion: true };
}

/** The moment every world begins. Virtual milliseconds count from here. */
export const EPOCH_MS = Date.UTC(2026, 0, 1);

let lastSecond = -1;
let lastTimestamp = '';

/** Virtual milliseconds as RFC 3339 in whole seconds, as Kubernetes writes times. */
export function toTimestamp(ms: number): string {
  const second = Math.floor(ms / 1000);
  if (second !== lastSecond) {
    lastSecond = second;
    lastTimestamp = `${new Date(EPOCH_MS + second * 1000).toISOString().slice(0, 19)}Z`;
  }
  return lastTimestamp;
}

let lastRead: string | undefined;
let lastReadMs = Number.NaN;

/** RFC 3339 back to virtual milliseconds; NaN for text that is no time. */
export function fromTimestamp(text: string | undefined): number {
  if (text !== lastRead) {
    lastRead = text;
    lastReadMs = text === undefined ? Number.NaN : unixMsOf(text) - EPOCH_MS;
  }
  return lastReadMs;
}

export function conditionOf(conditions: readonly Condition[] | undefined, type: string): Condition | undefined {
  return conditions?.find((condition) => condition.type === type);
}
