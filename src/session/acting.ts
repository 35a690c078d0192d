// What a person does in a world: a line, a pasted manifest, a fault, typing into a command; and taking it back.
import type { StoreApi } from 'zustand/vanilla';
import { INTERRUPT } from '../cluster/intents.ts';
import { inDefaultNamespace } from './lines.ts';
import type { Playhead } from './playhead.ts';
import { Questions } from './questions.ts';
import type { Session, SessionState, TerminalEntry } from './session.ts';
import type { World } from './world.ts';

export type Acting = Pick<
  Session,
  'run' | 'runTyped' | 'type' | 'paste' | 'act' | 'confirmFork' | 'confirmPods' | 'undo' | 'interrupt' | 'clearTerminal'
>;

interface ActingOptions {
  readonly store: StoreApi<SessionState>;
  readonly standing: { readonly playhead: Playhead; readonly whenLive: (act: (live: World) => void) => void };
  readonly notify: Session['notify'];
}

export function actingOf({ store, standing, notify }: ActingOptions): Acting {
  const { getState: get, setState: set } = store;
  const { playhead } = standing;
  const questions = new Questions(store);

  /** Does it now; or, in the past, once the person has agreed to drop the future. */
  function inThePresent(act: (live: World) => void): void {
    standing.whenLive((live) => {
      if (playhead.isInThePast) return questions.askToFork(() => standing.whenLive(act));
      live.finishMoment();
      act(live);
    });
  }

  /** The slip that says what was done and offers to take it back, or what went wrong. */
  function afterActing(live: World, { id, line, comment, output, exitCode }: TerminalEntry): void {
    live.wakeAll();
    playhead.showEnd();
    const canUndo = live.hasActed(id);
    const isError = exitCode !== undefined && exitCode !== 0;
    const printed = output.map(({ text }) => text).join('');
    // What waits at its prompt has said nothing yet.
    const said = exitCode === undefined && !printed.includes('\n') ? '' : printed.trim().split('\n', 1)[0];
    if (isError ? !get().isTerminalOpen : canUndo)
      notify(said || line, { isError, canUndo, ...(printed === '' && comment ? { comment } : {}) });
  }

  function carryOut(given: string, stdin: string | undefined, isTyped = false): void {
    standing.whenLive((live) => {
      const whole = given.trim().replace(/^k(?=\s)/, 'kubectl');
      const line = isTyped ? whole : inDefaultNamespace(whole, live.namespace);
      if (line === '') return;
      if (line === 'clear') return live.clearTerminal();
      const moment = { atMs: () => get().playheadMs, snapshot: () => get().snapshot };
      if (playhead.isInThePast && live.startInThePast(line, stdin, moment)) return;
      inThePresent((now) => {
        const entry = now.start(line, stdin);
        afterActing(now, get().isPlaying ? entry : now.letAnswer(entry.id));
      });
    });
  }

  function paste(text: string): void {
    inThePresent((live) => {
      const { length } = live.cluster.intents;
      const entry = live.start('kubectl apply -f -', text);
      if (entry.exitCode === 0) return afterActing(live, entry);
      const errors = entry.output.filter(({ type }) => type === 'stderr');
      const stderr = errors.map((error) => error.text).join('');
      if (live.noteAwaitedKinds(text, stderr)) return afterActing(live, entry);
      if (live.cluster.intents.length > length) {
        live.rewindTo(length);
        playhead.showEnd(true);
      }
      set({ refusal: { text, stderr } });
    });
  }

  const type = (text: string): void =>
    inThePresent((live) => {
      const { reader } = live;
      live.type(text);
      if (reader !== undefined && !get().isPlaying) live.letAnswer(reader);
      playhead.showEnd();
    });

  return {
    run: (given, stdin) => questions.inBounds(`${given}\n${stdin ?? ''}`, (change) => carryOut(change(given), stdin && change(stdin))),
    runTyped: (given) => questions.inBounds(given, (change) => carryOut(change(given), undefined, true)),
    type,
    paste: (given) => questions.inBounds(given, (change) => paste(change(given))),
    act: (fault) => inThePresent((live) => afterActing(live, live.startFault(fault))),
    confirmFork(isYes) {
      const act = questions.answerFork(isYes);
      if (!act) return;
      standing.whenLive((live) => {
        live.forkAt(get().playheadMs);
        playhead.showEnd(true);
        act();
      });
    },
    confirmPods: (choice) => questions.answerPods(choice),
    undo: () =>
      standing.whenLive((live) => {
        if (!live.canUndo) return;
        live.undo();
        set({ notice: undefined });
        playhead.showEnd(true);
      }),
    interrupt: () => standing.whenLive((live) => (live.isReadInContainer ? type(INTERRUPT) : live.interrupt())),
    clearTerminal: () => standing.whenLive((live) => live.clearTerminal()),
  };
}
