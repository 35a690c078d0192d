// Makes a session: one world at a time, one playhead over its history, and the store that the interface reads.
//
//   0 ─────────── recorded ──────────── endMs ─ ─ ─ not yet run
//          ▲ playhead in the past: a view of the history, read only; acting there asks, then forks the world
//                                       ▲ playhead at the end: playing runs the world on
//
// It may begin with a tape, which shows and plays the same run without the engine; the engine takes over before the first deed.
import { createStore } from 'zustand/vanilla';
import { assert } from '../base/assert.ts';
import { MissingPart } from '../base/late.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { type Key, partsOf } from '../kube/meta.ts';
import type { Setting } from '../scenario/library/library.ts';
import type { Engine } from './engine.ts';
import { enteringOf, INSIDE_TAB } from './entering.ts';
import { firstState, NOTHING_OPEN } from './firstState.ts';
import { inDefaultNamespace } from './lines.ts';
import { momentBefore } from './momentBefore.ts';
import { createPlayback, type FrameSource, type IsOverBudget, NO_BUDGET } from './playback.ts';
import { writePreference } from './preferences.ts';
import { Questions } from './questions.ts';
import type { Slices } from './runInSlices.ts';
import type { Deed, Script } from './script.ts';
import { isVisible } from './selectors.ts';
import type { Begun, Session, SessionState, Speed, TerminalEntry, Theme } from './session.ts';
import type { Tape } from './tape.ts';
import { TapedWorld } from './tapedWorld.ts';
import type { World, WorldOptions } from './world.ts';

type NamedSetting = Setting & { readonly name?: string };

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

/** All that a world follows from. */
type Run = Pick<WorldOptions, 'scenario' | 'seed' | 'deeds' | 'dropped'>;

export function createSession(options: SessionOptions): Session {
  const store = createStore<SessionState>(() => firstState(options));
  const { getState: get, setState: set } = store;
  const playback = createPlayback(onFrameSafely, options.frames);
  const questions = new Questions(store);
  let engine = typeof options.engine === 'function' ? undefined : options.engine;
  let world: World | TapedWorld;
  /** What the world began as. */
  let setting: NamedSetting | undefined;
  /** While the engine comes and runs to where the tape is, or a part of it that was missing, and runs to where the world was. */
  let waking: Promise<World | undefined> | undefined;
  /** Whether somebody waits for the engine, rather than that it comes while the tape plays. */
  let isAwaited = false;
  /** The playhead with its fraction of a millisecond: at 1x a frame is 16.7 ms. */
  let exactMs = 0;
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
    if (waking && !(world instanceof TapedWorld)) return;
    const { speed, endMs } = get();
    exactMs += elapsedMs * speed;
    const targetMs = Math.floor(exactMs);
    if (targetMs < endMs) return showPast(targetMs);
    if (!world.runOn(targetMs, isOverBudget)) {
      exactMs = world.cluster.nowMs;
      whenLive(() => {});
    }
    showEnd();
  }

  /** A world that breaks stands still and says so, rather than breaking anew in every frame. */
  function onFrameSafely(elapsedMs: number, isOverBudget: IsOverBudget): void {
    try {
      onFrame(elapsedMs, isOverBudget);
    } catch (error) {
      if (error instanceof MissingPart && !(world instanceof TapedWorld)) return wakeWith(error.part, world, runOf(world));
      session.pause();
      session.notifyFailure(error);
      throw error;
    }
  }

  async function loadEngine(): Promise<Engine> {
    engine ??= typeof options.engine === 'function' ? await options.engine() : options.engine;
    return engine;
  }

  /** Acts in a world that lives: now, or when the engine has taken over from the tape. */
  function whenLive(act: (live: World) => void, isUrgent = true): void {
    if (!waking && !(world instanceof TapedWorld)) return actIn(world, act);
    isAwaited ||= isUrgent;
    if (world instanceof TapedWorld) wakeFrom(world);
    void waking?.then((live) => live && whenLive(act));
  }

  /** Acts; where a part of the engine is missing for that, again when the world has been built anew with it. */
  function actIn(live: World, act: (live: World) => void): void {
    const run = runOf(live);
    try {
      act(live);
    } catch (error) {
      if (!(error instanceof MissingPart)) throw error;
      wakeWith(error.part, live, run);
      whenLive(act);
    }
  }

  /** All that a world follows from: its beginning and what was done to it. */
  function runOf({ script }: { readonly script: Pick<Script, 'deeds' | 'dropped'> }): Run {
    const { scenario, seed } = get();
    const began = setting ?? (engine as Engine).findScenario(scenario ?? '');
    return { scenario: began, seed, deeds: script.deeds, dropped: [...script.dropped] };
  }

  /** The engine comes, and runs to where the tape is: the tape plays on meanwhile, in somebody's document perhaps. */
  function wakeFrom(taped: TapedWorld): void {
    const slices = { playback, store, isWaitedFor: () => isAwaited, budgetMs: BESIDE_TAPE_MS };
    if (!waking) wake(loadEngine().then((loaded) => replace(taped, loaded, runOf(taped), slices)));
  }

  /** A part comes, and the world is built anew with it: that it was missing broke the world off. */
  function wakeWith(part: string, live: World, run: Run): void {
    const loaded = engine as Engine;
    playback.stop();
    wake(loaded.loadPart(part).then(() => replace(live, loaded, run, { playback, store })));
  }

  function wake(building: Promise<World | undefined>): void {
    const told = building.catch((error) => {
      session.pause();
      session.notifyFailure(error);
      return undefined;
    });
    const done = told.finally(() => {
      if (waking !== done) return;
      waking = undefined;
      isAwaited = false;
    });
    waking = done;
  }

  /** Puts a world in the place of another, at the same moment of the same run; undefined when yet another was opened meanwhile. */
  async function replace(
    replaced: World | TapedWorld,
    { makeWorld, makeAt }: Engine,
    run: Run,
    slices: Slices,
  ): Promise<World | undefined> {
    const { live, printed } = await makeAt(() => worldOf(makeWorld, run), replaced.cluster.nowMs, slices);
    if (world !== replaced) return undefined;
    world = live;
    const { playheadMs, epoch, isPlaying } = get();
    const isPast = isInThePast();
    set({ terminal: printed(), epoch: epoch + 1, snapshot: live.cluster.viewAt(playheadMs) });
    if (!isPast) showEnd();
    if (isPlaying) playback.start();
    return live;
  }

  function worldOf(makeWorld: Engine['makeWorld'], run: Run, cluster?: Cluster) {
    let terminal: readonly TerminalEntry[] = [];
    const callbacks: Omit<WorldOptions, keyof typeof run> = {
      onTerminal: (entries) => {
        terminal = entries;
        if (world === live) set({ terminal });
      },
      onEdit: (key) => session.select([key], 'yaml'),
      onReader: (reader) => set({ reader }),
    };
    const live: World = makeWorld({ ...run, ...callbacks }, cluster);
    return { live, printed: () => terminal };
  }

  /** Does it now; or, in the past, once the person has agreed to drop the future. */
  function inThePresent(live: World, act: (live: World) => void): void {
    if (isInThePast()) return questions.askToFork(() => whenLive(act));
    live.finishMoment();
    act(live);
  }

  /** The slip that says what was done and offers to take it back, or what went wrong. */
  function afterActing(live: World, { id, line, output, exitCode }: TerminalEntry): void {
    live.wakeAll();
    showEnd();
    const canUndo = live.hasActed(id);
    const isError = exitCode !== undefined && exitCode !== 0;
    const printed = output.map(({ text }) => text).join('');
    if (isError ? !get().isTerminalOpen : canUndo)
      session.notify(printed.trim().split('\n', 1)[0] || line.replace(/^# /, ''), { isError, canUndo });
  }

  function load(
    { makeWorld }: Engine,
    scenario: NamedSetting,
    seed: number,
    atMs: number,
    { deeds, dropped, cluster, speed }: Begun & Pick<SessionOptions, 'speed'> = {},
  ): void {
    close();
    setting = scenario;
    const run = { scenario, seed, ...(deeds ? { deeds } : {}), ...(dropped ? { dropped } : {}) };
    const { live } = worldOf(makeWorld, run, cluster);
    world = live;
    set({ ...NOTHING_OPEN, terminal: [], scenario: scenario.name, seed });
    world.runOn(atMs, NO_BUDGET);
    showEnd(true);
    const selected = scenario.select?.(get().snapshot);
    set({ speed: speed ?? scenario.openSpeed ?? 1 });
    showFirst(selected, scenario.tab);
  }

  function loadTape(tape: Tape): void {
    world = new TapedWorld(tape, (terminal) => set({ terminal }));
    set({ scenario: tape.scenario, seed: tape.seed });
    world.runOn(options.atMs ?? tape.openAtMs, NO_BUDGET);
    showEnd(true);
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

  function close(): void {
    waking = undefined;
    playback.stop();
    questions.drop();
  }

  const time: Pick<Session, 'play' | 'pause' | 'setSpeed' | 'seek' | 'reach' | 'arrive' | 'stepOn' | 'stepBack'> = {
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
    reach(atMs) {
      const runOn = (reached: World | TapedWorld) => {
        if (atMs > reached.cluster.nowMs) {
          reached.runOn(Math.round(atMs), NO_BUDGET);
          showEnd();
        }
        time.seek(atMs);
      };
      if (world instanceof TapedWorld) runOn(world);
      else whenLive(runOn);
    },
    async arrive(atMs) {
      // What lies after the end of a tape needs the engine.
      if (world instanceof TapedWorld && !world.runOn(atMs)) {
        whenLive(() => {});
        await waking;
      }
      for (;;) {
        const arriving = world;
        if (arriving instanceof TapedWorld) return showEnd();
        const runOn = (isOverBudget: IsOverBudget) => {
          const isThere = waking !== undefined || arriving.runOn(atMs, isOverBudget);
          showEnd();
          return isThere;
        };
        try {
          await engine?.runInSlices({ playback, store }, arriving, atMs, runOn);
        } catch (error) {
          if (!(error instanceof MissingPart)) throw error;
          wakeWith(error.part, arriving, runOf(arriving));
        }
        // Built anew meanwhile: on from where that stands.
        if (!waking || !(await waking)) return;
      }
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

  const carryOut = (given: string, stdin: string | undefined, isTyped = false): void =>
    whenLive((live) => {
      const whole = given.trim().replace(/^k(?=\s)/, 'kubectl');
      const line = isTyped ? whole : inDefaultNamespace(whole, live.namespace);
      if (line === '') return;
      if (line === 'clear') return live.clearTerminal();
      if (live.refuse(line, get().playheadMs)) return;
      const moment = { atMs: () => get().playheadMs, snapshot: () => get().snapshot };
      if (isInThePast() && live.startInThePast(line, stdin, moment)) return;
      inThePresent(live, (now) => {
        const entry = now.start(line, stdin);
        afterActing(now, get().isPlaying ? entry : now.letAnswer(entry.id));
      });
    });

  const pasteNow = (text: string): void =>
    whenLive((given) =>
      inThePresent(given, (live) => {
        const { length } = live.cluster.intents;
        const entry = live.start('kubectl apply -f -', text);
        if (entry.exitCode === 0) return afterActing(live, entry);
        const errors = entry.output.filter(({ type }) => type === 'stderr');
        const stderr = errors.map((error) => error.text).join('');
        if (live.noteAwaitedKinds(text, stderr)) return afterActing(live, entry);
        if (live.cluster.intents.length > length) {
          live.rewindTo(length);
          showEnd(true);
        }
        set({ refusal: { text, stderr } });
      }),
    );

  const acting: Pick<
    Session,
    'run' | 'runTyped' | 'type' | 'paste' | 'act' | 'confirmFork' | 'confirmPods' | 'undo' | 'interrupt' | 'clearTerminal'
  > = {
    run: (given, stdin) => questions.inBounds(`${given}\n${stdin ?? ''}`, (change) => carryOut(change(given), stdin && change(stdin))),
    runTyped: (given) => questions.inBounds(given, (change) => carryOut(change(given), undefined, true)),
    type: (text) =>
      whenLive((given) =>
        inThePresent(given, (live) => {
          const { reader } = live;
          live.type(text);
          if (reader !== undefined && !get().isPlaying) live.letAnswer(reader);
          showEnd();
        }),
      ),
    paste: (given) => questions.inBounds(given, (change) => pasteNow(change(given))),
    act: (intent, line) => whenLive((given) => inThePresent(given, (live) => afterActing(live, live.startFault(intent, line)))),
    confirmFork(isYes) {
      const act = questions.answerFork(isYes);
      if (!act) return;
      whenLive((live) => {
        live.forkAt(get().playheadMs);
        showEnd(true);
        act();
      });
    },
    confirmPods: (choice) => questions.answerPods(choice),
    undo: () =>
      whenLive((live) => {
        if (!live.canUndo) return;
        live.undo();
        set({ notice: undefined });
        showEnd(true);
      }),
    interrupt: () => whenLive((live) => live.interrupt()),
    clearTerminal: () => whenLive((live) => live.clearTerminal()),
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
    record: (use) => whenLive((live) => use(live.recordedTo(get().playheadMs))),
    get deeds() {
      return world.script.deeds;
    },
    get dropped() {
      return world.script.dropped;
    },
    get objects() {
      return world instanceof TapedWorld ? undefined : world.objects;
    },
    get canUndo() {
      return world.canUndo;
    },
    dismissRefusal: () => set({ refusal: undefined }),
    wake: () => {
      if (world instanceof TapedWorld) whenLive(() => {}, false);
    },
    nextRunMs: (object, afterMs) => (world instanceof TapedWorld ? world.nextRunMs(object, afterMs) : engine?.nextRunMs(object, afterMs)),
    complete: (line, cursor) => engine?.complete(line, cursor, get().snapshot, world.namespace) ?? { from: cursor, candidates: [] },
    openTerminal: (isTerminalOpen) => set({ isTerminalOpen }),
    ...enteringOf(store),
    hover: (hovered) => get().hovered !== hovered && set({ hovered }),
    loadScenario(name, { seed, atMs } = {}) {
      const open = (loaded: Engine): void => {
        const scenario = loaded.findScenario(name);
        if (!(world instanceof TapedWorld)) world.interrupt();
        load(loaded, scenario, seed ?? get().seed, atMs ?? scenario.openAtMs);
        set({ lesson: undefined });
        if (get().isPlaying) playback.start();
      };
      if (engine) open(engine);
      else loadEngine().then(open).catch(session.notifyFailure);
    },
    loadEngine: async () => void (await loadEngine()),
    openSetting(setting, { seed = 1, ...done } = {}) {
      assert(engine !== undefined, 'the engine is there before a setting is opened');
      if (!(world instanceof TapedWorld)) world.interrupt();
      time.pause();
      load(engine, setting, seed, setting.openAtMs, done);
    },
    runTo(atMs) {
      time.pause();
      world.runOn(atMs, NO_BUDGET);
      showEnd();
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
    notify: (text, { isError = false, canUndo = false } = {}) => set({ notice: { id: ++noticeCount, text, isError, canUndo } }),
    notifyFailure(error) {
      const text = error instanceof Error ? error.message : String(error);
      set({ notice: { id: ++noticeCount, text, isError: true, isFailure: true, canUndo: false } });
    },
    dismissNotice: () => set({ notice: undefined }),
    dispose() {
      if (!(world instanceof TapedWorld)) world.interrupt();
      playback.stop();
    },
  };

  if (options.tape) loadTape(options.tape);
  else {
    assert(engine !== undefined, 'a session without a tape begins with the engine');
    const first: NamedSetting = options.setting ?? engine.findScenario(options.scenario ?? '');
    load(engine, first, options.seed ?? 1, options.atMs ?? first.openAtMs, options);
  }
  if (options.inside) session.enter(options.inside);
  if (options.isPlaying) session.play();
  return session;
}

/** How long the engine may work in one frame on its way to where the tape is: the tape plays on meanwhile, in somebody's document perhaps. */
const BESIDE_TAPE_MS = 4;
