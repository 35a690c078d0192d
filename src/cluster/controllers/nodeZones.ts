// What the watch over the nodes remembers: which nodes there are, and which of each zone wait to be given up.
import type { Node } from '../../kube/kinds/node.ts';

const PERIOD_MS = 5000;
/** One node of a zone is given up every ten seconds, unless most of the zone is silent. */
export const EVICTION_MS = 10_000;

export interface Zone {
  /** Nodes that wait to be given up, first in first out. */
  waiting: string[];
  /** Nodes that were queued and have not been reachable since. */
  readonly handled: Set<string>;
  /** When the next node may be given up. */
  nextMs: number;
  everyMs: number;
}

export interface Memory {
  /** Nodes that are known to the controller, with their uids. */
  readonly known: Map<string, string>;
  readonly zones: Map<string, Zone>;
  isAllSilent: boolean;
}

export function ceilToPeriod(ms: number): number {
  return Math.ceil(ms / PERIOD_MS) * PERIOD_MS;
}

export function zoneOf({ metadata }: Node, { zones }: Memory): Zone {
  const { labels } = metadata;
  const name = `${labels?.['topology.kubernetes.io/region'] ?? ''}:${labels?.['topology.kubernetes.io/zone'] ?? ''}`;
  let zone = zones.get(name);
  if (!zone) zones.set(name, (zone = { waiting: [], handled: new Set(), nextMs: 0, everyMs: EVICTION_MS }));
  return zone;
}

export function forget(zone: Zone, nodeName: string): void {
  zone.handled.delete(nodeName);
  zone.waiting = zone.waiting.filter((name) => name !== nodeName);
}
