// Which look a template has and which template a pod was cut from, read once from the log of changes.
// A look belongs to the hash of a template, not to a revision: the first template ever seen is A, the next different one B, across
// all owners; going back to an earlier template gives the earlier letter back. Letters never end (Z, AA…); the eight looks do: from
// the ninth on, a template takes the first look that no living template uses. Because all of it follows the log alone, any moment
// that is looked at shows the same letters.
import { POD_INSIDE } from '../kube/inside.ts';
import { type Change, conditionOf, controllerOf, type Key, type KubeObject, keyReferred } from '../kube/meta.ts';
import { Drains } from './drains.ts';
import { Moves } from './moves.ts';
import { HAND_CUT, type Look, type PodRecord } from './podRecord.ts';
import { SHAPES, type Shape } from './shapes.ts';

/** One template an owner held, from change `seq` on. */
export interface HeldTemplate {
  readonly seq: number;
  readonly atMs: number;
  readonly hash: string;
}

interface OwnerRecord {
  readonly uid: string;
  readonly templates: HeldTemplate[];
  isLiving: boolean;
}

export class Looks {
  readonly drains = new Drains();
  readonly moves = new Moves();
  /** Another number after a fork, when what was known of pods is no longer true. */
  epoch = 0;
  private readCount = 0;
  private lastRead: Change | undefined;
  private readonly lookOf = new Map<string, Look>();
  private readonly owners = new Map<Key, OwnerRecord>();
  private readonly pods = new Map<string, PodRecord>();
  /** The last pod of each name. */
  private readonly lastOf = new Map<Key, PodRecord>();
  /** How many living owners and pods hold each template. */
  private readonly holders = new Map<string, number>();
  private readonly hashOfPod = new Map<string, string>();
  private readonly slots = new Map<string, (string | undefined)[]>();
  private readonly hashes = new WeakMap<object, string>();

  /**
   * Reads what was appended since the last call, of the first `count` changes. After a fork, when the log it knows was cut, it reads
   * again from the start.
   */
  read(changes: readonly Change[], count = changes.length): void {
    if (this.readCount > changes.length || (this.readCount > 0 && changes[this.readCount - 1] !== this.lastRead)) this.forget();
    for (; this.readCount < count; this.readCount++) this.readChange(changes[this.readCount] as Change);
    this.lastRead = changes[this.readCount - 1];
  }

  /** The look of a template, or of an owner's template part by its hash. */
  ofHash(hash: string): Look {
    return this.lookOf.get(hash) ?? HAND_CUT;
  }

  ofTemplate(template: object | undefined): Look {
    return template ? this.ofHash(this.hashOf(template)) : HAND_CUT;
  }

  ofPod(pod: KubeObject): Look {
    return this.recordOf(pod)?.look ?? HAND_CUT;
  }

  recordOf(pod: KubeObject): PodRecord | undefined {
    return this.pods.get(pod.metadata.uid ?? '');
  }

  /** The templates that an owner held up to change `seq`, oldest first. */
  templatesOf(owner: Key, seq: number): readonly HeldTemplate[] {
    const templates = this.owners.get(owner)?.templates ?? [];
    return (templates.at(-1)?.seq ?? 0) <= seq ? templates : templates.filter((held) => held.seq <= seq);
  }

  private forget(): void {
    this.epoch++;
    this.readCount = 0;
    this.lastRead = undefined;
    const { lookOf, owners, pods, lastOf, holders, hashOfPod, slots, drains, moves } = this;
    for (const known of [lookOf, owners, pods, lastOf, holders, hashOfPod, slots, drains, moves]) known.clear();
  }

  private readChange(change: Change): void {
    if (change.table === 'Pod') this.readPod(change);
    else if (change.table === 'Node') this.readNode(change);
    else if (change.table === POD_INSIDE) this.moves.readInside(change);
    else if (change.table !== 'Event' && (templateOf(change.after) || templateOf(change.before))) this.readOwner(change);
  }

  private readOwner(change: Change): void {
    const { key, before, after, seq, atMs } = change;
    if (before && after && templateOf(before) !== templateOf(after)) this.moves.edited(change);
    let record = this.owners.get(key);
    if (!after) {
      if (record?.isLiving) this.release(record.templates.at(-1)?.hash);
      if (record) record.isLiving = false;
      return;
    }
    if (!record || record.uid !== after.metadata.uid) {
      this.owners.set(key, (record = { uid: after.metadata.uid ?? '', templates: [], isLiving: true }));
    } else if (before && templateOf(before) === templateOf(after)) return;
    const hash = this.hashOf(templateOf(after) as object);
    const held = record.templates.at(-1)?.hash;
    if (hash === held) return;
    this.release(held);
    this.hold(hash);
    record.templates.push({ seq, atMs, hash });
  }

  private readNode(change: Change): void {
    const { before, after, seq } = change;
    this.moves.readNode(change);
    if (!after || !isCordoned(after) || isCordoned(before)) return;
    const { name } = after.metadata;
    const pods = (this.slots.get(name) ?? []).filter((uid) => uid !== undefined && !this.pods.get(uid)?.isDaemon);
    this.drains.cordon(name, seq, pods.length);
  }

  private readPod(change: Change): void {
    const { before, after, seq, atMs } = change;
    const uid = (after ?? before)?.metadata.uid ?? '';
    if (!after) {
      this.moves.readPod(change, this.pods.get(uid));
      const node = (before as { spec?: { nodeName?: string } } | undefined)?.spec?.nodeName;
      const slots = node ? this.slots.get(node) : undefined;
      const slot = this.pods.get(uid)?.slot ?? -1;
      if (slots?.[slot] === uid) slots[slot] = undefined;
      return this.release(this.hashOfPod.get(uid));
    }
    const record = this.pods.get(uid) ?? this.meetPod(change, after, uid);
    this.moves.readPod(change, record);
    const { spec, status } = after as { spec?: { nodeName?: string }; status?: { phase?: string } };
    if (record.boundMs === undefined && spec?.nodeName) {
      record.boundMs = atMs;
      record.boundSeq = seq;
      record.slot = this.takeSlot(spec.nodeName, uid);
    }
    if (record.startedMs === undefined && status?.phase === 'Running') record.startedMs = atMs;
    if (spec?.nodeName && isEvicted(after) && !isEvicted(before)) this.drains.evicted(spec.nodeName, seq);
  }

  private meetPod({ key, seq, atMs }: Change, pod: KubeObject, uid: string): PodRecord {
    const hash = this.templateThatCut(pod);
    if (hash !== undefined) {
      this.hashOfPod.set(uid, hash);
      this.hold(hash);
    }
    const look = hash === undefined ? HAND_CUT : this.ofHash(hash);
    const isDaemon = controllerOf(pod)?.kind === 'DaemonSet';
    const record: PodRecord = {
      key,
      look,
      cutMs: atMs,
      cutSeq: seq,
      boundSeq: undefined,
      boundMs: undefined,
      startedMs: undefined,
      isDaemon,
      hasHeir: false,
      slot: 0,
    };
    const before = this.lastOf.get(key);
    if (before) before.hasHeir = true;
    this.lastOf.set(key, record);
    this.pods.set(uid, record);
    return record;
  }

  private takeSlot(node: string, uid: string): number {
    let slots = this.slots.get(node);
    if (!slots) this.slots.set(node, (slots = []));
    const free = slots.indexOf(undefined);
    const slot = free < 0 ? slots.length : free;
    slots[slot] = uid;
    return slot;
  }

  /** The template that the pod's controller held when it made the pod. */
  private templateThatCut(pod: KubeObject): string | undefined {
    const owner = controllerOf(pod);
    return owner && this.owners.get(keyReferred(owner, pod.metadata.namespace))?.templates.at(-1)?.hash;
  }

  private hold(hash: string): void {
    this.holders.set(hash, (this.holders.get(hash) ?? 0) + 1);
    if (!this.lookOf.has(hash)) this.lookOf.set(hash, { letter: letterAt(this.lookOf.size), shape: this.freeShape(hash) });
  }

  private release(hash: string | undefined): void {
    if (hash !== undefined) this.holders.set(hash, (this.holders.get(hash) ?? 1) - 1);
  }

  private freeShape(newHash: string): Shape {
    const index = this.lookOf.size;
    if (index < SHAPES.length) return SHAPES[index] as Shape;
    const used = new Set<Shape>();
    for (const [hash, { shape }] of this.lookOf) if (hash !== newHash && (this.holders.get(hash) ?? 0) > 0) used.add(shape);
    return SHAPES.find((shape) => !used.has(shape)) ?? (SHAPES[index % SHAPES.length] as Shape);
  }

  private hashOf(template: object): string {
    let hash = this.hashes.get(template);
    if (hash === undefined) this.hashes.set(template, (hash = canonical(template)));
    return hash;
  }
}

/** The look of one of the eight letters, as the first templates of a world get them; empty for a pod cut by hand. */
export function lookOfLetter(letter: string): Look {
  const shape = SHAPES[letter.charCodeAt(0) - 65];
  return shape ? { letter, shape } : HAND_CUT;
}

/** A, B … Z, AA, AB … */
export function letterAt(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : letterAt(Math.floor(index / 26) - 1) + last;
}

type Template = { readonly spec?: { readonly containers?: unknown } };

/** The pod template of an owner, for a CronJob that of its Jobs; undefined for an object that cuts no pods. */
export function templateOf(object: KubeObject | undefined): Template | undefined {
  const spec = object?.spec as { template?: Template; jobTemplate?: { spec?: { template?: Template } } } | undefined;
  const template = object?.kind === 'CronJob' ? spec?.jobTemplate?.spec?.template : spec?.template;
  // A custom kind may call anything its template.
  return Array.isArray(template?.spec?.containers) ? template : undefined;
}

function isCordoned(node: KubeObject | undefined): boolean {
  return (node?.spec as { unschedulable?: boolean } | undefined)?.unschedulable === true;
}

/** Whether the eviction API was asked to take this pod away. */
function isEvicted(pod: KubeObject | undefined): boolean {
  const target = conditionOf((pod?.status as { conditions?: [] } | undefined)?.conditions, 'DisruptionTarget') as
    | { readonly reason?: string }
    | undefined;
  return target?.reason === 'EvictionByEvictionAPI';
}

/** The template in one spelling: keys in order, without what a Deployment, a Job or a revision adds for its own sake. */
function canonical(value: unknown, path = ''): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item, `${path}[]`)).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).filter(([key, item]) => item !== undefined && item !== null && !isNotOfTheTemplate(path, key));
  return `{${entries
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, item]) => `${key}:${canonical(item, `${path}.${key}`)}`)
    .filter((text) => !text.endsWith(':{}'))
    .join(',')}}`;
}

const ADDED_LABELS = new Set([
  'pod-template-hash',
  'controller-uid',
  'job-name',
  'batch.kubernetes.io/controller-uid',
  'batch.kubernetes.io/job-name',
]);

function isNotOfTheTemplate(path: string, key: string): boolean {
  if (path === '.metadata.labels') return ADDED_LABELS.has(key);
  return (path === '.metadata' && key === 'creationTimestamp') || (path === '' && key === '$patch');
}
