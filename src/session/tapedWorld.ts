// A world played from its tape: everything can be seen in it, at any moment, and nothing done. world.ts is the one that lives.
import { type KubeObject, keyOf } from '../kube/meta.ts';
import { Looks } from '../scene/looks.ts';
import { History } from '../sim/history.ts';
import type { IsOverBudget } from './playback.ts';
import { isVisible } from './selectors.ts';
import type { ClusterView, TerminalEntry } from './session.ts';
import { objectAfter, type Tape } from './tape.ts';

export class TapedWorld {
  readonly looks = new Looks();
  readonly cluster: ClusterView;
  readonly script = { deeds: [], dropped: [] };
  readonly canUndo = false;
  readonly namespace = 'default';
  readonly isAnyWaiting = false;
  private readonly tape: Tape;
  private readonly history = new History<KubeObject>();
  private readonly onTerminal: (entries: readonly TerminalEntry[]) => void;
  private nowMs = 0;

  constructor(tape: Tape, onTerminal: (entries: readonly TerminalEntry[]) => void) {
    this.tape = tape;
    this.onTerminal = onTerminal;
    this.cluster = this.view();
  }

  /** Plays on to `targetMs`. False when the tape ends before. */
  runOn(targetMs: number, _isOverBudget?: IsOverBudget): boolean {
    const { tape, history } = this;
    this.nowMs = Math.max(this.nowMs, Math.min(targetMs, tape.endMs));
    for (;;) {
      const next = tape.changes[history.seq];
      if (!next || next[0] > this.nowMs) break;
      const [atMs, actor, verb, table, key, cause, delta] = next;
      history.write({ atMs, actor, verb, table, key, cause: cause || undefined, after: objectAfter(history.get(table, key), delta) });
    }
    this.onTerminal(tape.terminal.filter((entry) => entry.atMs <= this.nowMs));
    return targetMs <= tape.endMs;
  }

  /** Plays on to the moment of the next change that can be seen. */
  runToNextChange(): void {
    const next = this.tape.changes.slice(this.history.seq).find(([, , , table]) => isVisible({ table }));
    this.runOn(next?.[0] ?? this.nowMs);
  }

  nextRunMs(object: KubeObject, afterMs: number): number | undefined {
    return this.tape.runs.find(({ key, atMs }) => key === keyOf(object) && atMs > afterMs)?.atMs;
  }

  wakeAll(): void {}

  private view(): ClusterView {
    const { history, tape } = this;
    const nowMs = () => this.nowMs;
    return {
      get nowMs() {
        return nowMs();
      },
      get changes() {
        return history.changes;
      },
      get intents() {
        return tape.faults.filter(({ atMs }) => atMs <= nowMs());
      },
      snapshot: () => history.now(nowMs()),
      viewAt: (atMs) => history.viewAt(Math.min(atMs, nowMs())),
      api: { history },
      scheduler: {
        decisions: (key) => tape.decisions.filter(({ podKey, atMs }) => podKey === key && atMs <= nowMs()),
        waiting: () => [],
      },
    };
  }
}
