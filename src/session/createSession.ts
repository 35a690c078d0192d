// Makes a session: one world at a time, one playhead over its history, and the store that the interface reads.
//
//   0 ─────────── recorded ──────────── endMs ─ ─ ─ not yet run
//          ▲ playhead in the past: a view of the history, read only; acting there asks, then forks the world
//                                       ▲ playhead at the end: playing runs the world on
import { createStore } from 'zustand/vanilla';
import type { Change, Snapshot } from '../kube/meta.ts';
import { DEFAULT_SCENARIO, findScenario } from '../scenario/library/index.ts';
import type { LibraryScenario } from '../scenario/library/library.ts';
import { createPlayback, type FrameSource } from './playback.ts';
import { writePreference } from './preferences.ts';
import type { Deed } from './script.ts';
import type { Session, SessionState, Speed, TerminalEntry, Theme } from './session.ts';
import { type IsOverBudget, isVisible, NO_BUDGET, World } from './world.ts';

export interface SessionOptions {
  readonly scenario?: string;
  readonly seed?: number;
  readonly atMs?: number;
  readonly isPlaying?: boolean;
  readonly speed?: Speed;
  readonly language?: string;
  readonly theme?: Theme;
  readonly isMotionReduced?: boolean;
  /** What a person did in the run that a link was made of, and which of the scenario's steps that dropped. */
  readonly deeds?: readonly Deed[];
  readonly dropped?: readonly number[];
  readonly frames?: FrameSource;
}

export function createSession(options: SessionOptions = {}): Session {
  const store = createStore<SessionState>(() => firstState(options));
  const { getState: get, setState: set } = store;
  const playback = createPlayback(onFrameSafely, options.frames);
  let world: World;
  /** The playhead with its fraction of a millisecond: at 1x a frame is 16.7 ms. */
  let exactMs = 0;
  /** What waits for the answer to `pendingFork`. */
  let pending: (() => void) | undefined;
  let noticeCount = 0;

  function isInThePast(): boolean {
    return get().playheadMs < get().endMs;
  }

  /** Shows the end of the world. The snapshot stays the same object as long as nothing has changed. */
  function showEnd(isOtherHistory = false): void {
    const { cluster, looks } = world;
    const { snapshot, playheadMs, endMs, epoch } = get();
    const isSame = !isOtherHistory && playheadMs === endMs && snapshot.seq === cluster.api.history.seq;
    looks.read(cluster.changes);
    exactMs = isOtherHistory ? cluster.nowMs : Math.max(exactMs, cluster.nowMs);
    set({
      snapshot: isSame ? snapshot : cluster.snapshot(),
      playheadMs: cluster.nowMs,
      endMs: cluster.nowMs,
      epoch: isOtherHistory ? epoch + 1 : epoch,
    });
  }

  /** Shows the moment `atMs` of the recorded past. */
  function showPast(atMs: number): void {
    const { snapshot } = get();
    const isSame = snapshot.seq === world.cluster.api.history.seqAt(atMs);
    set({ snapshot: isSame ? snapshot : world.cluster.viewAt(atMs), playheadMs: atMs });
    if (!isSame && world.isAnyWaiting) world.wakeAll();
  }

  function onFrame(elapsedMs: number, isOverBudget: IsOverBudget): void {
    const { speed, endMs } = get();
    exactMs += elapsedMs * speed;
    const targetMs = Math.floor(exactMs);
    if (targetMs < endMs) return showPast(targetMs);
    if (!world.runOn(targetMs, isOverBudget)) exactMs = world.cluster.nowMs;
    showEnd();
  }

  /** A world that breaks stands still and says so, rather than breaking anew in every frame. */
  function onFrameSafely(elapsedMs: number, isOverBudget: IsOverBudget): void {
    try {
      onFrame(elapsedMs, isOverBudget);
    } catch (error) {
      session.pause();
      session.notify(error instanceof Error ? error.message : String(error), { isError: true });
      throw error;
    }
  }

  /** Does it now; or, in the past, once the person has agreed to drop the future. */
  function inThePresent(act: () => void): void {
    if (!isInThePast()) {
      world.finishMoment();
      return act();
    }
    const { endMs, playheadMs } = get();
    pending = act;
    set({ pendingFork: { dropsMs: endMs - playheadMs } });
  }

  /** The slip that says what was done and offers to take it back, or what went wrong. */
  function afterActing({ id, line, output, exitCode }: TerminalEntry): void {
    world.wakeAll();
    showEnd();
    const canUndo = world.hasActed(id);
    const isError = exitCode !== undefined && exitCode !== 0;
    const printed = output.map(({ text }) => text).join('');
    if (isError ? !get().isTerminalOpen : canUndo)
      session.notify(printed.trim().split('\n', 1)[0] || line.replace(/^# /, ''), { isError, canUndo });
  }

  function load(
    scenario: LibraryScenario,
    seed: number,
    atMs: number,
    run: Pick<SessionOptions, 'deeds' | 'dropped' | 'speed'> = {},
  ): void {
    playback.stop();
    pending = undefined;
    world = new World({
      scenario,
      seed,
      ...(run.deeds ? { deeds: run.deeds } : {}),
      ...(run.dropped ? { dropped: run.dropped } : {}),
      onTerminal: (terminal) => set({ terminal }),
      onEdit: (key) => session.select([key], 'yaml'),
    });
    set({ ...NOTHING_OPEN, terminal: [], scenario: scenario.name, seed });
    world.runOn(atMs, NO_BUDGET);
    showEnd(true);
    const selected = scenario.select?.(get().snapshot);
    set({ selection: selected === undefined ? [] : [selected], tab: scenario.tab, speed: run.speed ?? scenario.openSpeed ?? 1 });
  }

  const time: Pick<Session, 'play' | 'pause' | 'setSpeed' | 'seek' | 'stepOn' | 'stepBack'> = {
    play() {
      set({ isPlaying: true });
      playback.start();
    },
    pause() {
      set({ isPlaying: false });
      playback.stop();
    },
    setSpeed: (speed) => set({ speed }),
    seek(atMs) {
      const targetMs = Math.max(0, Math.min(Math.round(atMs), world.cluster.nowMs));
      exactMs = targetMs;
      if (targetMs === world.cluster.nowMs) showEnd();
      else showPast(targetMs);
    },
    stepOn() {
      time.pause();
      const { snapshot, endMs, stepId } = get();
      if (isInThePast()) time.seek(world.cluster.changes.slice(snapshot.seq).find(isVisible)?.atMs ?? endMs);
      else {
        world.runToNextChange();
        showEnd();
      }
      set({ stepId: stepId + 1 });
    },
    stepBack() {
      time.pause();
      time.seek(momentBefore(world.cluster.changes, get().snapshot.seq));
    },
  };

  const acting: Pick<Session, 'run' | 'paste' | 'act' | 'confirmFork' | 'undo'> = {
    run(given, stdin) {
      const line = given.trim().replace(/^k(?=\s)/, 'kubectl');
      if (line === '') return;
      if (line === 'clear') return world.clearTerminal();
      if (world.refuse(line, get().playheadMs)) return;
      const moment = { atMs: () => get().playheadMs, snapshot: () => get().snapshot };
      if (isInThePast() && world.startInThePast(line, stdin, moment)) return;
      inThePresent(() => afterActing(world.start(line, stdin)));
    },
    paste: (text) =>
      inThePresent(() => {
        const { length } = world.cluster.intents;
        const entry = world.start('kubectl apply -f -', text);
        if (entry.exitCode === 0) return afterActing(entry);
        if (world.cluster.intents.length > length) {
          world.rewindTo(length);
          showEnd(true);
        }
        const errors = entry.output.filter(({ type }) => type === 'stderr');
        set({ refusal: { text, stderr: errors.map((error) => error.text).join('') } });
      }),
    act: (intent, line) => inThePresent(() => afterActing(world.startFault(intent, line))),
    confirmFork(isYes) {
      const act = pending;
      pending = undefined;
      set({ pendingFork: undefined });
      if (!isYes || !act) return;
      world.forkAt(get().playheadMs);
      showEnd(true);
      act();
    },
    undo() {
      if (!world.canUndo) return;
      world.undo();
      set({ notice: undefined });
      showEnd(true);
    },
  };

  const session: Session = {
    store,
    get cluster() {
      return world.cluster;
    },
    get looks() {
      return world.looks;
    },
    ...time,
    ...acting,
    get deeds() {
      return world.script.deeds;
    },
    get dropped() {
      return world.script.dropped;
    },
    get canUndo() {
      return world.canUndo;
    },
    dismissRefusal: () => set({ refusal: undefined }),
    interrupt: () => world.interrupt(),
    clearTerminal: () => world.clearTerminal(),
    openTerminal: (isTerminalOpen) => set({ isTerminalOpen }),
    select: (selection, tab) => set(tab === undefined ? { selection } : { selection, tab }),
    hover: (hovered) => get().hovered !== hovered && set({ hovered }),
    loadScenario(name, { seed, atMs } = {}) {
      const scenario = findScenario(name) ?? DEFAULT_SCENARIO;
      world.interrupt();
      load(scenario, seed ?? get().seed, atMs ?? scenario.openAtMs);
      if (get().isPlaying) playback.start();
    },
    setLanguage(language) {
      writePreference('language', language);
      set({ language });
    },
    setTheme(theme) {
      writePreference('theme', theme);
      set({ theme });
    },
    setMotionReduced: (isMotionReduced) => set({ isMotionReduced }),
    notify: (text, { isError = false, canUndo = false } = {}) => set({ notice: { id: ++noticeCount, text, isError, canUndo } }),
    dismissNotice: () => set({ notice: undefined }),
    dispose() {
      world.interrupt();
      playback.stop();
    },
  };

  const first = findScenario(options.scenario ?? '') ?? DEFAULT_SCENARIO;
  load(first, options.seed ?? 1, options.atMs ?? first.openAtMs, options);
  if (options.isPlaying) session.play();
  return session;
}

/** What another world closes. */
const NOTHING_OPEN = { notice: undefined, pendingFork: undefined, refusal: undefined, hovered: undefined, playheadMs: 0, endMs: 0 };

function firstState({ seed = 1, language = 'en', theme = 'auto', isMotionReduced = false }: SessionOptions): SessionState {
  return {
    ...NOTHING_OPEN,
    // Replaced before anybody can look: a session begins by loading a scenario.
    snapshot: undefined as unknown as Snapshot,
    isPlaying: false,
    speed: 1,
    selection: [],
    tab: undefined,
    terminal: [],
    isTerminalOpen: false,
    scenario: undefined,
    seed,
    language,
    theme,
    isMotionReduced,
    epoch: 0,
    stepId: 0,
  };
}

/** The moment of the change before the last one shown: going there takes that one back. */
function momentBefore(changes: readonly Change[], seq: number): number {
  let at = seq - 1;
  const isPassed = (change: Change, lastMs: number | undefined) => !isVisible(change) || change.atMs === lastMs;
  while (at >= 0 && isPassed(changes[at] as Change, undefined)) at--;
  const lastMs = changes[at]?.atMs;
  while (at >= 0 && isPassed(changes[at] as Change, lastMs)) at--;
  return changes[at]?.atMs ?? 0;
}
