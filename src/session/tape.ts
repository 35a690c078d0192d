// A tape: the log of a scenario's run, written down when the site is built. The same seed gives the same bytes, so a page can show and
// play the run from its tape, of a few kB, before the engine has come; who acts is given the engine, which runs to the same moment.
import { applyDelta, type Delta, deltaOf } from '../base/delta.ts';
import type { LoggedIntent } from '../cluster/intents.ts';
import type { Decision } from '../cluster/scheduler/decisions.ts';
import { POD_INSIDE } from '../kube/inside.ts';
import type { Change, Key, KubeObject } from '../kube/meta.ts';
import type { PartName } from '../scenario/parts/all.ts';
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
  /** What the engine needs, beside itself, to go on with the run. */
  readonly parts: readonly PartName[];
}

/**
 * Writes changes down, each as its difference from what stood under its key. What goes on inside pods keeps its place in the log but is
 * left out: it would be a third of a tape, and whoever looks in has the engine by then.
 */
export function writeChanges(changes: readonly Change[]): TapedChange[] {
  return changes.map(({ atMs, actor, verb, table, key, before, after, cause }) => {
    const delta = after === undefined || table === POD_INSIDE ? null : deltaOf(before, after);
    return [atMs, actor, verb, table, key, cause ?? 0, delta];
  });
}

/** The object after a taped change; `before` is what stood under its key. */
export function objectAfter(before: KubeObject | undefined, delta: Delta | null): KubeObject | undefined {
  return delta === null ? undefined : (applyDelta(before, delta) as KubeObject);
}
