// A store of immutable items that remembers every change: what stands now, what stood at any moment, and why.
// Knows nothing of Kubernetes: an item is anything, filed under a table (a kind) and a key.
//
//   table ── slots in chunks of 256 ──▶ items.   A checkpoint copies the list of chunks, not the chunks:
//   chunks are shared until written (copy on write), so a checkpoint of 100,000 items is some 400 pointers.
//   view(seq) = nearest checkpoint before it + replay of at most CHECKPOINT_EVERY changes.
import { assert } from '../base/assert.ts';

const CHUNK_BITS = 8;
const CHUNK = 1 << CHUNK_BITS;
const CHECKPOINT_EVERY = 1024;

export interface LoggedChange<Item> {
  /** 1 for the first change of the world, then one more each. */
  readonly seq: number;
  readonly atMs: number;
  readonly actor: string;
  readonly verb: string;
  readonly table: string;
  readonly key: string;
  readonly before: Item | undefined;
  readonly after: Item | undefined;
  /** The seq of the change that led to this one; undefined where a person or the clock began it. */
  readonly cause: number | undefined;
}

type Chunk<Item> = (Item | undefined)[];

/** The chunks of every table at one moment. */
type Chunks<Item> = Map<string, { chunks: Chunk<Item>[]; live: number; slotCount: number }>;

interface Checkpoint<Item> {
  readonly seq: number;
  readonly chunks: Chunks<Item>;
}

/** Keys get a slot for ever: which key owns which slot does not depend on time, only what is in it does. */
class Slots {
  readonly slotOf = new Map<string, number>();
  /** By slot: every change of an item holds this one string, whoever spelt the key anew. */
  readonly keys: string[] = [];

  slotFor(key: string): number {
    let slot = this.slotOf.get(key);
    if (slot === undefined) {
      this.slotOf.set(key, (slot = this.keys.length));
      this.keys.push(key);
    }
    return slot;
  }

  forgetFrom(slotCount: number): void {
    for (const key of this.keys.splice(slotCount)) this.slotOf.delete(key);
  }
}

/** The store at one moment. Reading is cheap; nothing can be written through it. */
export class View<Item> {
  readonly seq: number;
  readonly atMs: number;
  private readonly slots: ReadonlyMap<string, Slots>;
  private readonly chunks: Chunks<Item>;
  private readonly lists = new Map<string, readonly Item[]>();

  constructor(seq: number, atMs: number, slots: ReadonlyMap<string, Slots>, chunks: Chunks<Item>) {
    this.seq = seq;
    this.atMs = atMs;
    this.slots = slots;
    this.chunks = chunks;
  }

  get(table: string, key: string): Item | undefined {
    const slot = this.slots.get(table)?.slotOf.get(key);
    return slot === undefined ? undefined : this.chunks.get(table)?.chunks[slot >> CHUNK_BITS]?.[slot & (CHUNK - 1)];
  }

  /** All items of a table, oldest slot first. The same array each time. */
  list(table: string): readonly Item[] {
    let list = this.lists.get(table);
    if (!list) {
      const found: Item[] = [];
      for (const chunk of this.chunks.get(table)?.chunks ?? []) for (const item of chunk) if (item !== undefined) found.push(item);
      list = found;
      this.lists.set(table, list);
    }
    return list;
  }

  get tables(): string[] {
    return [...this.chunks.keys()];
  }
}

export class History<Item> {
  private readonly slots = new Map<string, Slots>();
  private chunks: Chunks<Item> = new Map();
  /** Chunks the live store may write in place; all others are shared with a checkpoint or a view. */
  private owned = new Set<Chunk<Item>>();
  private log: LoggedChange<Item>[] = [];
  private checkpoints: Checkpoint<Item>[] = [{ seq: 0, chunks: new Map() }];
  private lastView: View<Item> | undefined;

  /** The number of changes so far, which is the seq of the last one. */
  get seq(): number {
    return this.log.length;
  }

  get changes(): readonly LoggedChange<Item>[] {
    return this.log;
  }

  change(seq: number): LoggedChange<Item> | undefined {
    return this.log[seq - 1];
  }

  get(table: string, key: string): Item | undefined {
    const slot = this.slots.get(table)?.slotOf.get(key);
    return slot === undefined ? undefined : this.chunks.get(table)?.chunks[slot >> CHUNK_BITS]?.[slot & (CHUNK - 1)];
  }

  /** Live items of a table, oldest slot first. Do not write while iterating. */
  *values(table: string): Generator<Item> {
    for (const chunk of this.chunks.get(table)?.chunks ?? []) for (const item of chunk) if (item !== undefined) yield item;
  }

  get tables(): string[] {
    return [...this.chunks.keys()];
  }

  count(table: string): number {
    return this.chunks.get(table)?.live ?? 0;
  }

  /** Appends one change and makes it so. */
  write(change: Omit<LoggedChange<Item>, 'seq' | 'before'>): LoggedChange<Item> {
    const { atMs, actor, verb, table, after, cause } = change;
    const slots = this.slotsOf(table);
    const slot = slots.slotFor(change.key);
    const key = slots.keys[slot] as string;
    const before = this.put(this.chunks, this.owned, table, slot, after);
    const logged: LoggedChange<Item> = { seq: this.log.length + 1, atMs, actor, verb, table, key, before, after, cause };
    this.log.push(logged);
    if (this.log.length % CHECKPOINT_EVERY === 0) {
      this.checkpoints.push({ seq: this.log.length, chunks: copyChunks(this.chunks) });
      this.owned = new Set();
    }
    return logged;
  }

  /** The store as it stands now; the same View until something changes. `atMs` is the moment it is said to show. */
  now(atMs: number): View<Item> {
    const last = this.lastView;
    if (last && last.seq === this.seq && last.atMs === atMs) return last;
    this.lastView = new View(this.seq, atMs, this.slots, copyChunks(this.chunks));
    this.owned = new Set();
    return this.lastView;
  }

  /** The store right after change number `seq`. */
  viewAtSeq(seq: number, atMs: number): View<Item> {
    assert(seq >= 0 && seq <= this.log.length, `change ${seq} lies in the log`);
    if (seq === this.log.length) return this.now(atMs);
    return new View(seq, atMs, this.slots, this.chunksAt(seq));
  }

  /** The seq of the last change made at or before `atMs`; 0 when there is none. */
  seqAt(atMs: number): number {
    let low = 0;
    let high = this.log.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.log[middle] as LoggedChange<Item>).atMs <= atMs) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The store as it stood at `atMs`. */
  viewAt(atMs: number): View<Item> {
    return this.viewAtSeq(this.seqAt(atMs), atMs);
  }

  /** Forgets every change after number `seq` and stands there again. Views made before must not be read any more. */
  cutAfter(seq: number): void {
    this.chunks = this.chunksAt(seq);
    this.owned = new Set();
    this.lastView = undefined;
    this.log.length = seq;
    // Slots given out later are taken back, so that the new future hands them out just as a fresh run would.
    for (const [table, slots] of this.slots) slots.forgetFrom(this.chunks.get(table)?.slotCount ?? 0);
    while ((this.checkpoints.at(-1)?.seq ?? 0) > seq) this.checkpoints.pop();
  }

  private chunksAt(seq: number): Chunks<Item> {
    let low = 0;
    let high = this.checkpoints.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.checkpoints[middle] as Checkpoint<Item>).seq <= seq) low = middle;
      else high = middle - 1;
    }
    const checkpoint = this.checkpoints[low] as Checkpoint<Item>;
    const chunks = copyChunks(checkpoint.chunks);
    const owned = new Set<Chunk<Item>>();
    for (let i = checkpoint.seq; i < seq; i++) {
      const change = this.log[i] as LoggedChange<Item>;
      this.put(chunks, owned, change.table, this.slotsOf(change.table).slotFor(change.key), change.after);
    }
    return chunks;
  }

  private slotsOf(table: string): Slots {
    let slots = this.slots.get(table);
    if (!slots) this.slots.set(table, (slots = new Slots()));
    return slots;
  }

  /** Puts an item in its slot and returns what was there. */
  private put(chunks: Chunks<Item>, owned: Set<Chunk<Item>>, table: string, slot: number, item: Item | undefined): Item | undefined {
    let held = chunks.get(table);
    if (!held) chunks.set(table, (held = { chunks: [], live: 0, slotCount: 0 }));
    if (slot >= held.slotCount) held.slotCount = slot + 1;
    const index = slot >> CHUNK_BITS;
    while (held.chunks.length <= index) {
      const fresh: Chunk<Item> = [];
      held.chunks.push(fresh);
      owned.add(fresh);
    }
    let chunk = held.chunks[index] as Chunk<Item>;
    if (!owned.has(chunk)) {
      chunk = chunk.slice();
      held.chunks[index] = chunk;
      owned.add(chunk);
    }
    const at = slot & (CHUNK - 1);
    while (chunk.length < at) chunk.push(undefined);
    const before = chunk[at];
    chunk[at] = item;
    if (before === undefined && item !== undefined) held.live++;
    if (before !== undefined && item === undefined) held.live--;
    return before;
  }
}

function copyChunks<Item>(chunks: Chunks<Item>): Chunks<Item> {
  const copy: Chunks<Item> = new Map();
  for (const [table, held] of chunks) copy.set(table, { chunks: held.chunks.slice(), live: held.live, slotCount: held.slotCount });
  return copy;
}
