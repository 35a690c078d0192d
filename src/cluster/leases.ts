// Node heartbeats. A real kubelet renews a Lease every 10 s; here a beating node costs nothing: a lease is a rule
// ("every 10 s since then, until it stopped") from which the last renewal is computed when somebody asks.
// Models pkg/kubelet/nodelease and the Lease object that pkg/controller/nodelifecycle reads.

export const RENEW_EVERY_MS = 10_000;

interface Lease {
  /** The first renewal; the next come every RENEW_EVERY_MS. */
  readonly firstMs: number;
  /** When the kubelet fell silent; undefined while it beats. */
  readonly stoppedMs: number | undefined;
}

export class Leases {
  private leases = new Map<string, Lease>();
  private readonly listeners: ((nodeName: string) => void)[] = [];

  /** Calls `listener` whenever a node starts or stops beating. */
  onChange(listener: (nodeName: string) => void): void {
    this.listeners.push(listener);
  }

  start(nodeName: string, nowMs: number): void {
    this.leases.set(nodeName, { firstMs: nowMs, stoppedMs: undefined });
    for (const listener of this.listeners) listener(nodeName);
  }

  /** A node that was last heard of at `lastMs`, before this world began. */
  adoptSilent(nodeName: string, lastMs: number): void {
    this.leases.set(nodeName, { firstMs: lastMs, stoppedMs: lastMs });
  }

  stop(nodeName: string, nowMs: number): void {
    const lease = this.leases.get(nodeName);
    if (!lease || lease.stoppedMs !== undefined) return;
    this.leases.set(nodeName, { ...lease, stoppedMs: nowMs });
    for (const listener of this.listeners) listener(nodeName);
  }

  isBeating(nodeName: string): boolean {
    const lease = this.leases.get(nodeName);
    return lease !== undefined && lease.stoppedMs === undefined;
  }

  /** When the node was last heard of, or undefined if never. */
  lastRenewMs(nodeName: string, nowMs: number): number | undefined {
    const lease = this.leases.get(nodeName);
    if (!lease) return undefined;
    const untilMs = Math.min(nowMs, lease.stoppedMs ?? nowMs);
    return lease.firstMs + Math.floor((untilMs - lease.firstMs) / RENEW_EVERY_MS) * RENEW_EVERY_MS;
  }

  save(): ReadonlyMap<string, Lease> {
    return new Map(this.leases);
  }

  load(saved: ReadonlyMap<string, Lease>): void {
    this.leases = new Map(saved);
  }
}
