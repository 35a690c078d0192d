// How far the drain of a node has come: how many pods stood on it when it was cordoned, and whether any was evicted since. A node
// itself says neither, so both are read from the log.

/** What is known at a moment about the cordon that holds. */
export interface Drain {
  /** Pods that had to leave when the node was cordoned; daemons stay. */
  readonly pods: number;
  readonly hasBegun: boolean;
}

interface Cordon {
  readonly seq: number;
  readonly pods: number;
  /** The change that evicted the first pod. */
  evictedSeq: number;
}

export class Drains {
  private readonly cordons = new Map<string, Cordon[]>();

  cordon(node: string, seq: number, pods: number): void {
    const known = this.cordons.get(node) ?? [];
    this.cordons.set(node, [...known, { seq, pods, evictedSeq: Number.POSITIVE_INFINITY }]);
  }

  evicted(node: string, seq: number): void {
    const last = this.cordons.get(node)?.at(-1);
    if (last) last.evictedSeq = Math.min(last.evictedSeq, seq);
  }

  /** The latest cordon up to change `seq`; whether it still holds the node says. */
  of(node: string, seq: number): Drain | undefined {
    const cordon = this.cordons.get(node)?.findLast((one) => one.seq <= seq);
    return cordon && { pods: cordon.pods, hasBegun: cordon.evictedSeq <= seq };
  }

  clear(): void {
    this.cordons.clear();
  }
}
