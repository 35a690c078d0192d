// A tape: the log of a scenario's run, written down when the site is built. The same seed gives the same bytes, so a page can show and
// play the run from its tape, of a few kB, before the engine has come; who acts is given the engine, which runs to the same moment.
import { applyDelta, type Delta, deltaOf } from '../base/delta.ts';
import type { LoggedIntent } from '../cluster/intents.ts';
import type { Decision } from '../cluster/scheduler/decisions.ts';
import type { Change, Key, KubeObject } from '../kube/meta.ts';
import type { Speed, TerminalEntry } from './session.ts';

/** When, who, how, which table, which key, the seq of its cause or 0, and what it made of the object; null where it is gone. */
export type TapedChange = readonly [number, string, string, string, Key, number, Delta | null];

export interface Tape {
  readonly scenario: string;
  readonly seed: number;
  /** Where the playhead stands when it is opened, and what is selected there. */
  readonly openAtMs: number;
  readonly openSpeed: Speed;
  readonly selected?: Key;
  readonly tab?: string;
  readonly endMs: number;
  /** The stretch that a document shows, and the moment of its poster. */
  readonly show: { readonly fromMs: number; readonly askMs: number; readonly toMs: number };
  readonly changes: readonly TapedChange[];
  /** What was done to the machines. */
  readonly faults: readonly LoggedIntent[];
  readonly decisions: readonly Decision[];
  /** When each CronJob cuts its next Jobs. */
  readonly runs: readonly { readonly key: Key; readonly atMs: number }[];
  readonly terminal: readonly TerminalEntry[];
}

/** Writes changes down, each as its difference from what stood under its key. */
export function writeChanges(changes: readonly Change[]): TapedChange[] {
  return changes.map(({ atMs, actor, verb, table, key, before, after, cause }) => {
    const delta = after === undefined ? null : deltaOf(toPlain(before), toPlain(after));
    return [atMs, actor, verb, table, key, cause ?? 0, delta];
  });
}

/** The object after a taped change; `before` is what stood under its key. */
export function objectAfter(before: KubeObject | undefined, delta: Delta | null): KubeObject | undefined {
  return delta === null ? undefined : (fromPlain(applyDelta(toPlain(before), delta)) as KubeObject);
}

// The inside of a pod holds maps, which JSON does not know. What holds none comes back as the same value.
const MAP = '$map';

function toPlain(value: unknown): unknown {
  return value instanceof Map ? { [MAP]: [...value].map(([key, item]) => [key, toPlain(item)]) } : mapped(value, toPlain);
}

function fromPlain(value: unknown): unknown {
  const pairs = (value as { readonly [MAP]?: readonly (readonly [unknown, unknown])[] } | null | undefined)?.[MAP];
  return pairs ? new Map(pairs.map(([key, item]) => [key, fromPlain(item)])) : mapped(value, fromPlain);
}

function mapped(value: unknown, map: (item: unknown) => unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const items = entries.map(([, item]) => map(item));
  if (items.every((item, i) => item === entries[i]?.[1])) return value;
  return Array.isArray(value) ? items : Object.fromEntries(entries.map(([key], i) => [key, items[i]]));
}
