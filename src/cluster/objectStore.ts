// The objects of the world, all versions of them: what etcd and its watch are to a real API server. Every write gets a resourceVersion, is
// appended to the history as one change signed by who made it, goes into the indexes and is told to who listens. It knows no rules.
import { freeze } from '../base/equal.ts';
import { POD_INSIDE, type PodInside } from '../kube/inside.ts';
import type { Pod } from '../kube/kinds/pod.ts';
import { type Change, type Key, type KubeObject, keyFor, keyOf, type Snapshot, tableOf } from '../kube/meta.ts';
import { History } from '../sim/history.ts';
import type { Simulation } from '../sim/simulation.ts';
import { ObjectIndex } from './objectIndex.ts';

export interface SavedObjectStore {
  readonly uidCount: number;
  readonly revision: number;
  readonly keptCount: number;
}

export abstract class ObjectStore {
  readonly history = new History<KubeObject>();
  protected readonly sim: Simulation;
  private readonly isFrozen: boolean;
  private readonly listeners: ((change: Change) => void)[] = [];
  private readonly index = new ObjectIndex();
  private writer = 'system';
  protected cause: number | undefined;
  private uidCount = 0;
  private revision = 1;
  private keptCount = 0;
  /** The uids of objects that came from another cluster, in the order in which they came. */
  private readonly foreignUids = new Map<string, number>();

  private readonly uidTail: string;

  /** `freeze` makes every stored object immutable at run time too; tests do, long runs need not pay for it. */
  constructor(sim: Simulation, options: { readonly freeze?: boolean } = {}) {
    this.sim = sim;
    this.isFrozen = options.freeze ?? false;
    this.uidTail = `4000-8000-${sim.seed.toString(16).padStart(12, '0').slice(-12)}`;
  }

  get nowMs(): number {
    return this.sim.nowMs;
  }

  /** Runs `work` so that what it writes is signed by `actor` and caused by the change with seq `cause`. */
  act<T>(actor: string, cause: number | undefined, work: () => T): T {
    const before = [this.writer, this.cause] as const;
    this.writer = actor;
    this.cause = cause;
    try {
      return work();
    } finally {
      [this.writer, this.cause] = before;
    }
  }

  /** Who writes. */
  get actor(): string {
    return this.writer;
  }

  /** Calls `listener` right after every change, in the order of subscription. Returns how to stop. */
  onChange(listener: (change: Change) => void): () => void {
    this.listeners.push(listener);
    return () => {
      const at = this.listeners.indexOf(listener);
      if (at >= 0) this.listeners.splice(at, 1);
    };
  }

  // Reading ----------------------------------------------------------------------------------------------------------

  get<T extends KubeObject>(kind: T['kind'], namespace: string | undefined, name: string): T | undefined {
    return this.history.get(kind, keyFor(kind, namespace, name)) as T | undefined;
  }

  getByKey<T extends KubeObject>(key: Key): T | undefined {
    return this.history.get(key.slice(0, key.indexOf('/')), key) as T | undefined;
  }

  /** All objects of a kind, in slot order; within one namespace if given. */
  list<T extends KubeObject>(kind: T['kind'], namespace?: string): T[] {
    if (namespace === undefined) return [...this.history.values(kind)] as T[];
    return this.listKeys<T>(this.index.inNamespace(kind, namespace));
  }

  count(kind: string): number {
    return this.history.count(kind);
  }

  /** Objects that name `uid` among their owners, oldest index entry first. */
  owned<T extends KubeObject>(uid: string, kind?: T['kind']): T[] {
    const owned: T[] = [];
    for (const object of this.index.ownedBy(uid)) if (kind === undefined || object.kind === kind) owned.push(object as T);
    return owned;
  }

  /** Objects of a kind in a namespace that no controller owns: what a selector may still adopt. */
  orphans<T extends KubeObject>(kind: T['kind'], namespace: string | undefined): T[] {
    return this.listKeys<T>(this.index.orphans(kind, namespace));
  }

  podsOnNode(nodeName: string): Pod[] {
    return this.listKeys<Pod>(this.index.onNode(nodeName));
  }

  /** The pods that mount a claim, oldest first. */
  podsUsingClaim(namespace: string, name: string): Pod[] {
    return this.listKeys<Pod>(this.index.ofClaim(namespace, name));
  }

  /** The names that pods are bound to, whether such nodes exist or not; sorted. */
  nodeNamesWithPods(): string[] {
    return this.index.nodeNamesWithPods();
  }

  /** The world as it stands: immutable, and the same object until something changes. */
  snapshot(): Snapshot {
    return this.history.now(this.nowMs);
  }

  // Writing ----------------------------------------------------------------------------------------------------------

  /** Takes over an object of another cluster as it is: its uid, its times and its status stay. Only while the world is made. */
  adopt(object: KubeObject): void {
    const uid = object.metadata.uid ?? this.nextUid();
    this.foreignUids.set(uid, this.foreignUids.size);
    this.store('create', keyOf(object), { ...object, metadata: { ...object.metadata, uid } });
  }

  /** Keeps a record beside the objects, or drops it: part of the history, but served to nobody and heard of by nobody. */
  keep(key: Key, record: PodInside | undefined): void {
    const { actor, cause, nowMs } = this;
    this.history.write({ atMs: nowMs, actor, verb: 'keep', table: POD_INSIDE, key, after: record, cause });
    this.keptCount++;
  }

  /** When an object was last changed. */
  get changedMs(): number {
    const { changes } = this.history;
    let at = changes.length - 1;
    while (at >= 0 && changes[at]?.table === POD_INSIDE) at--;
    return changes[at]?.atMs ?? 0;
  }

  /** Grows with every change of an object; records that are only kept do not count. */
  get objectChangeCount(): number {
    return this.history.seq - this.keptCount;
  }

  /** Stamps and writes an object whose metadata nobody else holds yet: it is the one thing that is written in place, before it is stored. */
  protected store(verb: string, key: Key, object: KubeObject): KubeObject {
    (object.metadata as { resourceVersion?: string }).resourceVersion = String(++this.revision);
    if (this.isFrozen) freeze(object);
    this.write(verb, tableOf(object), key, object);
    return object;
  }

  private write(verb: string, table: string, key: Key, after: KubeObject | undefined): void {
    const change = this.history.write({ atMs: this.nowMs, actor: this.actor, verb, table, key, after, cause: this.cause });
    this.index.update(change.key, change.before, after);
    for (const listener of this.listeners) listener(change);
  }

  /** Uids are counters in the shape of a UUID, so that they never depend on anything random; their order is that of creation. Joined: see keyOf. */
  protected nextUid(): string {
    const count = (++this.uidCount).toString(16).padStart(12, '0');
    const uid = [count.slice(0, 8), count.slice(8), this.uidTail].join('-');
    return this.foreignUids.has(uid) ? this.nextUid() : uid;
  }

  protected remove<T extends KubeObject>(old: T): T {
    this.revision++;
    this.write('delete', tableOf(old), keyOf(old), undefined);
    return old;
  }

  // Checkpoints ------------------------------------------------------------------------------------------------------

  save(): SavedObjectStore {
    return { uidCount: this.uidCount, revision: this.revision, keptCount: this.keptCount };
  }

  /** Goes back to right after change `seq`, at which `saved` was made. */
  load(saved: SavedObjectStore, seq: number): void {
    this.uidCount = saved.uidCount;
    this.revision = saved.revision;
    this.keptCount = saved.keptCount;
    this.history.cutAfter(seq);
    this.index.clear();
    // Index entries are in the order of creation; objects come back in that order when sorted by uid, which is a counter, after those adopted.
    const tables = this.history.tables.filter((table) => table !== POD_INSIDE);
    const objects = tables.flatMap((table) => [...this.history.values(table)]);
    const placeOf = ({ metadata: { uid = '' } }: KubeObject) => this.foreignUids.get(uid) ?? Number.POSITIVE_INFINITY;
    objects.sort((a, b) => placeOf(a) - placeOf(b) || ((a.metadata.uid ?? '') < (b.metadata.uid ?? '') ? -1 : 1));
    for (const object of objects) this.index.update(keyOf(object), undefined, object);
  }

  private listKeys<T extends KubeObject>(keys: ReadonlySet<Key>): T[] {
    const objects: T[] = [];
    for (const key of keys) objects.push(this.getByKey<T>(key) as T);
    return objects;
  }
}
