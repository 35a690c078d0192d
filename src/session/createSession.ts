// Makes a session: one world at a time, one playhead over its history, and the store that the interface reads.
//
//   0 ─────────── recorded ──────────── endMs ─ ─ ─ not yet run
//          ▲ playhead in the past: a view of the history, read only; acting there asks, then forks the world
//                                       ▲ playhead at the end: playing runs the world on
//
// It may begin with a tape, which shows and plays the same run without the engine; the engine takes over before the first deed.
import { createStore } from 'zustand/vanilla';
import { assert } from '../base/assert.ts';
import { type Key, partsOf } from '../kube/meta.ts';
import type { Acting } from './acting.ts';
import type { Engine } from './engine.ts';
import { enteringOf, INSIDE_TAB } from './entering.ts';
import { firstState, NOTHING_OPEN } from './firstState.ts';
import { momentBefore } from './momentBefore.ts';
import { createPlayback, type FrameSource, type IsOverBudget, NO_BUDGET } from './playback.ts';
import { writePreference } from './preferences.ts';
import type { Deed } from './script.ts';
import { isVisible } from './selectors.ts';
import type { Begun, Session, SessionState, Speed, Theme } from './session.ts';
import { type NamedSetting, Standing } from './standing.ts';
import type { Tape } from './tape.ts';
import { TapedWorld } from './tapedWorld.ts';
import type { World } from './world.ts';

export interface SessionOptions {
  /** The engine, or how to load it when there is a tape to show until then. */
  readonly engine: Engine | (() => Promise<Engine>);
  readonly tape?: Tape;
  readonly scenario?: string;
  /** A world that is not on the menu. */
  readonly setting?: NamedSetting;
  readonly seed?: number;
  readonly atMs?: number;
  readonly isPlaying?: boolean;
  readonly speed?: Speed;
  readonly language?: string;
  readonly theme?: Theme;
  readonly isMotionReduced?: boolean;
  /** The pod to begin in. */
  readonly inside?: Key;
  /** What a person did in the run that a link was made of, and which of the scenario's steps that dropped. */
  readonly deeds?: readonly Deed[];
  readonly dropped?: readonly number[];
  readonly frames?: FrameSource;
}

export function createSession(options: SessionOptions): Session {
  const store = createStore<SessionState>(() => firstState(options));
  const { getState: get, setState: set } = store;
  const playback = createPlayback(onFrameSafely, options.frames);
  const standing = new Standing({
    store,
    playback,
    engine: options.engine,
    onEdit: (key) => session.select([key], 'yaml'),
    onFailure(error) {
      session.pause();
      session.notifyFailure(error);
    },
  });
  const { playhead } = standing;
  /** In the world that stands. */
  let acting: Acting | undefined;
  let noticeCount = 0;

  function onFrame(elapsedMs: number, isOverBudget: IsOverBudget): void {
    if (standing.isBroken) return;
    const { speed, endMs } = get();
    const targetMs = playhead.moveBy(elapsedMs * speed);
    if (targetMs < endMs) return playhead.showPast(targetMs);
    if (standing.world.runOn(targetMs, isOverBudget)) return playhead.showEnd();
    standing.whenLive(() => {});
    playhead.stopAtEnd();
  }

  /** A world that breaks stands still and says so, rather than breaking anew in every frame. */
  function onFrameSafely(elapsedMs: number, isOverBudget: IsOverBudget): void {
    try {
      onFrame(elapsedMs, isOverBudget);
    } catch (error) {
      if (standing.buildAnewAfter(error)) return;
      session.pause();
      session.notifyFailure(error);
      throw error;
    }
  }

  function load(
    engine: Engine,
    scenario: NamedSetting,
    seed: number,
    atMs: number,
    { deeds, dropped, made, speed }: Begun & Pick<SessionOptions, 'speed'> = {},
  ): void {
    playback.stop();
    acting = undefined;
    const run = { scenario, seed, ...(deeds ? { deeds } : {}), ...(dropped ? { dropped } : {}) };
    const live = standing.begin(engine, scenario, run, made);
    set({ ...NOTHING_OPEN, terminal: [], scenario: scenario.name, seed });
    live.runOn(atMs, NO_BUDGET);
    playhead.showEnd(true);
    const selected = scenario.select?.(get().snapshot);
    set({ speed: speed ?? scenario.openSpeed ?? 1 });
    showFirst(selected, scenario.tab);
  }

  function loadTape(tape: Tape): void {
    const taped = new TapedWorld(tape, (terminal) => set({ terminal }));
    standing.beginTape(taped);
    set({ scenario: tape.scenario, seed: tape.seed });
    taped.runOn(options.atMs ?? tape.openAtMs, NO_BUDGET);
    playhead.showEnd(true);
    const { selected, tab, openSpeed } = tape;
    const isThere = selected !== undefined && get().snapshot.get(partsOf(selected).kind, selected) !== undefined;
    set({ speed: options.speed ?? openSpeed });
    showFirst(isThere ? selected : undefined, tab);
  }

  /** What a world is opened with: an object and a tab about it, or the inside of a pod. */
  function showFirst(selected: Key | undefined, tab: string | undefined): void {
    set({ selection: selected === undefined ? [] : [selected], tab });
    if (selected !== undefined && tab === INSIDE_TAB) session.enter(selected);
  }

  const time: Pick<Session, 'play' | 'pause' | 'setSpeed' | 'seek' | 'reach' | 'arrive' | 'stepOn' | 'stepBack' | 'runTo'> = {
    play() {
      set({ isPlaying: true });
      playback.start();
    },
    pause() {
      set({ isPlaying: false });
      playback.stop();
    },
    setSpeed: (speed) => set({ speed }),
    seek: (atMs) => playhead.seek(atMs),
    reach(atMs) {
      const runOn = (reached: World | TapedWorld) => {
        if (atMs > reached.cluster.nowMs) {
          reached.runOn(Math.round(atMs), NO_BUDGET);
          playhead.showEnd();
        }
        playhead.seek(atMs);
      };
      if (standing.live) standing.whenLive(runOn);
      else runOn(standing.world);
    },
    arrive: (atMs) => standing.arrive(atMs),
    stepOn() {
      time.pause();
      const { snapshot, endMs, stepId } = get();
      const { world } = standing;
      if (playhead.isInThePast) playhead.seek(world.cluster.changes.slice(snapshot.seq).find(isVisible)?.atMs ?? endMs);
      else {
        world.runToNextChange();
        playhead.showEnd();
      }
      set({ stepId: stepId + 1 });
    },
    stepBack() {
      time.pause();
      playhead.seek(momentBefore(standing.world.cluster.changes, get().snapshot.seq));
    },
    runTo(atMs) {
      time.pause();
      standing.world.runOn(atMs, NO_BUDGET);
      playhead.showEnd();
    },
  };

  /** What a person does comes with the engine. */
  function acts<Name extends keyof Acting>(name: Name): Acting[Name] {
    const act = (...given: Parameters<Acting[Name]>): void =>
      standing.whenLive((_live, { actingOf }) => {
        acting ??= actingOf({ store, standing, notify: session.notify });
        const does = acting[name] as (...given: Parameters<Acting[Name]>) => void;
        does(...given);
      });
    return act as Acting[Name];
  }

  const session: Session = {
    store,
    get cluster() {
      return standing.world.cluster;
    },
    get looks() {
      return standing.world.looks;
    },
    ...time,
    run: acts('run'),
    runTyped: acts('runTyped'),
    type: acts('type'),
    paste: acts('paste'),
    act: acts('act'),
    confirmFork: acts('confirmFork'),
    confirmPods: acts('confirmPods'),
    undo: acts('undo'),
    interrupt: acts('interrupt'),
    clearTerminal: acts('clearTerminal'),
    record: (use) => standing.whenLive((live) => use(live.recordedTo(get().playheadMs))),
    get deeds() {
      return standing.world.script.deeds;
    },
    get dropped() {
      return standing.world.script.dropped;
    },
    get objects() {
      return standing.live?.objects;
    },
    get canUndo() {
      return standing.world.canUndo;
    },
    dismissRefusal: () => set({ refusal: undefined }),
    wake: () => {
      if (!standing.live) standing.whenLive(() => {}, false);
    },
    nextRunMs(object, afterMs) {
      const { world, engine } = standing;
      return (world instanceof TapedWorld ? world : engine)?.nextRunMs(object, afterMs);
    },
    complete: (line, cursor) =>
      standing.engine?.complete(line, cursor, get().snapshot, standing.world.namespace) ?? { from: cursor, candidates: [] },
    openTerminal: (isTerminalOpen) => set({ isTerminalOpen }),
    ...enteringOf(store),
    hover: (hovered) => get().hovered !== hovered && set({ hovered }),
    loadScenario(name, { seed, atMs } = {}) {
      const open = (loaded: Engine): void => {
        const scenario = loaded.findScenario(name);
        standing.live?.interrupt();
        load(loaded, scenario, seed ?? get().seed, atMs ?? scenario.openAtMs);
        set({ lesson: undefined });
        if (get().isPlaying) playback.start();
      };
      if (standing.engine) open(standing.engine);
      else standing.loadEngine().then(open).catch(session.notifyFailure);
    },
    loadEngine: async () => void (await standing.loadEngine()),
    openSetting(setting, { seed = 1, ...done } = {}) {
      const { engine, live } = standing;
      assert(engine !== undefined, 'the engine is there before a setting is opened');
      live?.interrupt();
      time.pause();
      load(engine, setting, seed, setting.openAtMs, done);
    },
    setLesson: (lesson) => set({ lesson }),
    present: (isPresenting) => set({ isPresenting }),
    setLanguage(language) {
      writePreference('language', language);
      set({ language });
    },
    setTheme(theme) {
      writePreference('theme', theme);
      set({ theme });
    },
    setMotionReduced: (isMotionReduced) => set({ isMotionReduced }),
    notify: (text, { isError = false, canUndo = false, comment } = {}) =>
      set({ notice: { id: ++noticeCount, text, isError, canUndo, ...(comment ? { comment } : {}) } }),
    notifyFailure(error) {
      const text = error instanceof Error ? error.message : String(error);
      set({ notice: { id: ++noticeCount, text, isError: true, isFailure: true, canUndo: false } });
    },
    dismissNotice: () => set({ notice: undefined }),
    dispose() {
      standing.live?.interrupt();
      playback.stop();
    },
  };

  if (options.tape) loadTape(options.tape);
  else {
    const { engine } = standing;
    assert(engine !== undefined, 'a session without a tape begins with the engine');
    const first: NamedSetting = options.setting ?? engine.findScenario(options.scenario ?? '');
    load(engine, first, options.seed ?? 1, options.atMs ?? first.openAtMs, options);
  }
  if (options.inside) session.enter(options.inside);
  if (options.isPlaying) session.play();
  return session;
}
