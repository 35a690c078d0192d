// Makes a session: one cluster at a time, one playhead over its history, and the lines and faults a person sends it.
//
//   0 ─────────── recorded ──────────── endMs ─ ─ ─ not yet run
//          ▲ playhead in the past: a view of the history, read only; acting there asks, then forks the cluster
//                                       ▲ playhead at the end: playing runs the cluster on
import { createStore } from 'zustand/vanilla';
import { Cluster } from '../cluster/cluster.ts';
import type { Intent } from '../cluster/intents.ts';
import { ApiError } from '../kube/errors.ts';
import type { Change, Snapshot } from '../kube/meta.ts';
import type { Client } from '../kubectl/command.ts';
import { findVerb } from '../kubectl/verbs/index.ts';
import { DEFAULT_SCENARIO, findScenario } from '../scenario/library/index.ts';
import type { LibraryScenario, LibraryStep } from '../scenario/library/library.ts';
import { Looks } from '../scene/looks.ts';
import { Commands, WriteInThePast } from './commands.ts';
import { createPlayback, type FrameSource } from './playback.ts';
import { writePreference } from './preferences.ts';
import { type Deed, Script } from './script.ts';
import type { Session, SessionState, Speed, TerminalEntry, Theme } from './session.ts';

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

/** A command whose writes can be taken back as one. */
interface Action {
  readonly entryId: number;
  readonly intentIndex: number;
}

type IsOverBudget = () => boolean;

const TERMINAL_MAX = 400;
/** How far one step looks ahead for something to happen. */
const STEP_HORIZON_MS = 3_600_000;
const NO_TIME_LIMIT: IsOverBudget = () => false;

export function createSession(options: SessionOptions = {}): Session {
  let cluster: Cluster;
  let looks: Looks;
  let script = new Script([]);
  let actions: Action[] = [];
  let pending: (() => void) | undefined;
  let exactMs = 0;
  let entryCount = 0;
  let noticeCount = 0;
  let isScripted = false;

  const store = createStore<SessionState>(() => ({
    snapshot: undefined as unknown as Snapshot,
    playheadMs: 0,
    endMs: 0,
    isPlaying: false,
    speed: options.speed ?? 1,
    selection: [],
    hovered: undefined,
    tab: undefined,
    terminal: [],
    isTerminalOpen: false,
    scenario: undefined,
    seed: options.seed ?? 1,
    language: options.language ?? 'en',
    theme: options.theme ?? 'auto',
    isMotionReduced: options.isMotionReduced ?? false,
    notice: undefined,
    pendingFork: undefined,
    epoch: 0,
    stepId: 0,
    refusal: undefined,
  }));
  const { getState: get, setState: set } = store;

  const commands = new Commands({
    print: (id, type, text) => changeEntry(id, (entry) => ({ ...entry, output: [...entry.output, { type, text }] })),
    end: (id, exitCode) => changeEntry(id, (entry) => ({ ...entry, exitCode })),
    edit: (key) => set({ selection: [key], tab: 'yaml' }),
  });
  const playback = createPlayback(onFrame, options.frames);

  // Time -------------------------------------------------------------------------------------------------------------

  function isInThePast(): boolean {
    return get().playheadMs < get().endMs;
  }

  /** Shows the end of the world. The snapshot stays the same object as long as nothing has changed. */
  function showEnd(isOtherHistory = false): void {
    const { snapshot, playheadMs, endMs, epoch } = get();
    const isSame = !isOtherHistory && playheadMs === endMs && snapshot?.seq === cluster.api.history.seq;
    looks.read(cluster.changes);
    exactMs = Math.max(exactMs, cluster.nowMs);
    if (isOtherHistory) exactMs = cluster.nowMs;
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
    const seq = cluster.api.history.seqAt(atMs);
    set({ snapshot: snapshot.seq === seq ? snapshot : cluster.viewAt(atMs), playheadMs: atMs });
  }

  function onFrame(elapsedMs: number, isOverBudget: IsOverBudget): void {
    const { speed, endMs } = get();
    exactMs += elapsedMs * speed;
    const targetMs = Math.floor(exactMs);
    if (targetMs < endMs) return showPast(targetMs);
    if (!runOn(targetMs, isOverBudget)) exactMs = cluster.nowMs;
    showEnd();
  }

  /** Lets the world run on to `targetMs`, with the script's steps at their moments. False when the budget ended first. */
  function runOn(targetMs: number, isOverBudget: IsOverBudget): boolean {
    for (;;) {
      const stepAtMs = script.nextAtMs;
      if (!moveTo(Math.min(targetMs, stepAtMs ?? targetMs), isOverBudget)) return false;
      if (stepAtMs === undefined || stepAtMs > targetMs) return true;
      performStep(script.take(cluster.intents.length));
    }
  }

  /** While commands wait, they see every single change; otherwise the cluster runs freely. */
  function moveTo(stopMs: number, isOverBudget: IsOverBudget): boolean {
    while (commands.isAnyWaiting) {
      const dueMs = cluster.sim.nextDueMs ?? Number.POSITIVE_INFINITY;
      const wakeMs = commands.nextWakeMs ?? Number.POSITIVE_INFINITY;
      if (Math.min(dueMs, wakeMs) > stopMs) break;
      if (dueMs <= wakeMs) {
        const { seq } = cluster.api.history;
        cluster.step();
        if (cluster.api.history.seq !== seq) commands.wake(true);
      } else {
        cluster.runUntil(wakeMs);
        commands.wake(false);
      }
      if (isOverBudget()) return false;
    }
    return cluster.runUntil(stopMs, isOverBudget);
  }

  function performStep({ kubectl, stdin, fault }: LibraryStep): void {
    isScripted = true;
    const line = typeof kubectl === 'function' ? kubectl(cluster.snapshot()) : kubectl;
    if (line) startLive(line, stdin);
    if (fault) startFault(fault, faultLine(fault));
    isScripted = false;
  }

  // Acting -----------------------------------------------------------------------------------------------------------

  /** Does it now; or, in the past, once the person has agreed to drop the future. */
  function inThePresent(act: () => void): void {
    if (!isInThePast()) {
      // What is due at this very moment comes first: a deed has its place at the end of its millisecond.
      cluster.runUntil(cluster.nowMs);
      return act();
    }
    const { endMs, playheadMs } = get();
    pending = act;
    set({ pendingFork: { dropsMs: endMs - playheadMs } });
  }

  function addEntry(line: string, stdin?: string): TerminalEntry {
    const atMs = get().playheadMs < get().endMs ? get().playheadMs : cluster.nowMs;
    const entry: TerminalEntry = {
      id: ++entryCount,
      atMs,
      line,
      output: [],
      exitCode: undefined,
      ...(stdin === undefined ? {} : { stdin }),
    };
    set(({ terminal }) => ({ terminal: [...terminal.slice(1 - TERMINAL_MAX), entry] }));
    return entry;
  }

  function changeEntry(id: number, change: (entry: TerminalEntry) => TerminalEntry): void {
    set(({ terminal }) => ({ terminal: terminal.map((entry) => (entry.id === id ? change(entry) : entry)) }));
  }

  function entryOf(id: number): TerminalEntry | undefined {
    return get().terminal.find((entry) => entry.id === id);
  }

  function noteAction(entryId: number, fault?: Intent): void {
    if (isScripted || actions.some((action) => action.entryId === entryId)) return;
    const intentIndex = cluster.intents.length;
    actions.push({ entryId, intentIndex });
    const { atMs, line, stdin } = entryOf(entryId) as TerminalEntry;
    script.note(fault ? { atMs, fault } : { atMs, kubectl: line, stdin }, intentIndex);
  }

  function startLive(line: string, stdin?: string): TerminalEntry {
    const { id } = addEntry(line, stdin);
    const world = cluster;
    const client: Client = {
      get nowMs() {
        return world.nowMs;
      },
      snapshot: () => world.snapshot(),
      changes: () => world.changes,
      leaseRenewMs: (nodeName) => world.leases.lastRenewMs(nodeName, world.nowMs),
      request: (request) => {
        if (!('dryRun' in request && request.dryRun)) noteAction(id);
        return world.submit({ type: 'request', request }, line) as never;
      },
      hasEditor: true,
    };
    commands.start(id, line, stdin, client);
    return entryOf(id) as TerminalEntry;
  }

  function startFault(intent: Intent, line: string): TerminalEntry {
    const { id } = addEntry(line);
    noteAction(id, intent);
    try {
      cluster.submit(intent, line);
      commands.wake(true);
      changeEntry(id, (entry) => ({ ...entry, exitCode: 0 }));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      changeEntry(id, (entry) => ({ ...entry, output: [{ type: 'stderr', text: `${error.message}\n` }], exitCode: 1 }));
    }
    return entryOf(id) as TerminalEntry;
  }

  /** Reads the past with a command; a command that would write there asks first. */
  function startInThePast(line: string, stdin: string | undefined): void {
    const { id } = addEntry(line, stdin);
    const client: Client = {
      get nowMs() {
        return get().playheadMs;
      },
      snapshot: () => get().snapshot,
      leaseRenewMs: (nodeName) => cluster.leases.lastRenewMs(nodeName, get().playheadMs),
      request: () => {
        throw new WriteInThePast();
      },
    };
    try {
      commands.start(id, line, stdin, client);
    } catch (error) {
      if (!(error instanceof WriteInThePast)) throw error;
      set(({ terminal }) => ({ terminal: terminal.filter((entry) => entry.id !== id) }));
      inThePresent(() => run(line, stdin));
    }
  }

  function run(given: string, stdin?: string): void {
    const line = given.trim().replace(/^k(?=\s)/, 'kubectl');
    const word = line.split(/\s/, 1)[0] ?? '';
    if (line === '') return;
    if (line === 'clear') return session.clearTerminal();
    if (word !== 'kubectl' && !findVerb(word) && word !== 'help') {
      const { id } = addEntry(line);
      changeEntry(id, (entry) => ({ ...entry, output: [{ type: 'stderr', text: `${word}: command not found\n` }], exitCode: 127 }));
      return;
    }
    if (isInThePast()) return startInThePast(line, stdin);
    inThePresent(() => afterActing(startLive(line, stdin)));
  }

  /** The slip that says what was done and offers to take it back, or what went wrong. */
  function afterActing({ id, line, output, exitCode }: TerminalEntry): void {
    commands.wake(true);
    showEnd();
    const hasActed = actions.at(-1)?.entryId === id;
    const said =
      output
        .map(({ text }) => text)
        .join('')
        .trim()
        .split('\n', 1)[0] ?? '';
    if (exitCode !== undefined && exitCode !== 0) {
      if (!get().isTerminalOpen) session.notify(said || line, { isError: true, canUndo: hasActed });
    } else if (hasActed) session.notify(said || line, { canUndo: true });
  }

  /** After a piece of history was dropped: what had been typed in it is dropped too, and so are the script's steps done in it. */
  function dropAfter(atMs: number): void {
    commands.interrupt();
    forgetActions();
    const kept = new Set(actions.map(({ entryId }) => entryId));
    set(({ terminal }) => ({
      terminal: terminal.filter((entry) => entry.atMs < atMs || (entry.atMs === atMs && kept.has(entry.id))),
      notice: undefined,
    }));
    showEnd(true);
  }

  function forgetActions(): void {
    actions = actions.filter(({ intentIndex }) => intentIndex < cluster.intents.length);
    script.rewind(cluster.intents.length);
  }

  // Worlds -----------------------------------------------------------------------------------------------------------

  function load(scenario: LibraryScenario, seed: number, atMs: number, deeds?: readonly Deed[], dropped?: readonly number[]): void {
    commands.interrupt();
    playback.stop();
    cluster = new Cluster({ seed, machines: scenario.machines, runtime: { scripts: true, ...scenario.runtime } });
    looks = new Looks();
    script = new Script(scenario.steps, deeds, dropped);
    actions = [];
    pending = undefined;
    exactMs = 0;
    set({
      terminal: [],
      notice: undefined,
      pendingFork: undefined,
      refusal: undefined,
      hovered: undefined,
      scenario: scenario.name,
      seed,
      playheadMs: 0,
      endMs: 0,
    });
    runOn(atMs, NO_TIME_LIMIT);
    showEnd(true);
    const selected = scenario.select?.(get().snapshot);
    set({ selection: selected === undefined ? [] : [selected], tab: scenario.tab });
  }

  const session: Session = {
    store,
    get cluster() {
      return cluster;
    },
    get looks() {
      return looks;
    },
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
      const targetMs = Math.max(0, Math.min(Math.round(atMs), cluster.nowMs));
      exactMs = targetMs;
      if (targetMs === cluster.nowMs) showEnd();
      else showPast(targetMs);
    },
    stepOn() {
      session.pause();
      const { snapshot, endMs, stepId } = get();
      const next = cluster.changes.slice(snapshot.seq).find(isVisible);
      if (isInThePast() && next) session.seek(next.atMs);
      else if (isInThePast()) session.seek(endMs);
      else runToNextChange();
      set({ stepId: stepId + 1 });
    },
    stepBack() {
      session.pause();
      const { snapshot } = get();
      const { changes } = cluster;
      let at = snapshot.seq - 1;
      while (at >= 0 && !isVisible(changes[at] as Change)) at--;
      const lastMs = changes[at]?.atMs ?? 0;
      while (at >= 0 && ((changes[at] as Change).atMs === lastMs || !isVisible(changes[at] as Change))) at--;
      session.seek(changes[at]?.atMs ?? 0);
    },
    run,
    paste(text) {
      inThePresent(() => {
        const before = cluster.intents.length;
        const entry = startLive('kubectl apply -f -', text);
        if (entry.exitCode === 0) return afterActing(entry);
        const stderr = entry.output.filter(({ type }) => type === 'stderr').map((each) => each.text);
        if (cluster.intents.length > before) {
          cluster.undoTo(before);
          forgetActions();
          showEnd(true);
        }
        set({ refusal: { text, stderr: stderr.join('') } });
      });
    },
    dismissRefusal: () => set({ refusal: undefined }),
    act(intent, line) {
      inThePresent(() => afterActing(startFault(intent, line)));
    },
    interrupt: () => commands.interrupt(),
    clearTerminal: () => set(({ terminal }) => ({ terminal: terminal.filter(({ exitCode }) => exitCode === undefined) })),
    openTerminal: (isTerminalOpen) => set({ isTerminalOpen }),
    confirmFork(isYes) {
      const act = pending;
      pending = undefined;
      set({ pendingFork: undefined });
      if (!isYes || !act) return;
      const { playheadMs } = get();
      cluster.forkAt(playheadMs);
      dropAfter(playheadMs + 1);
      act();
    },
    undo() {
      const action = actions.at(-1);
      if (!action) return;
      const intent = cluster.intents[action.intentIndex];
      cluster.undoTo(action.intentIndex);
      dropAfter(intent?.atMs ?? cluster.nowMs);
    },
    get deeds() {
      return script.deeds;
    },
    get dropped() {
      return script.dropped;
    },
    get canUndo() {
      return actions.length > 0;
    },
    select: (selection, tab) => set(tab === undefined ? { selection } : { selection, tab }),
    hover: (hovered) => get().hovered !== hovered && set({ hovered }),
    loadScenario(name, { seed, atMs } = {}) {
      const scenario = findScenario(name) ?? DEFAULT_SCENARIO;
      const wasPlaying = get().isPlaying;
      load(scenario, seed ?? get().seed, atMs ?? scenario.openAtMs);
      set({ speed: scenario.openSpeed ?? 1 });
      if (wasPlaying) playback.start();
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
      commands.interrupt();
      playback.stop();
    },
  };

  function runToNextChange(): void {
    const deadlineMs = cluster.nowMs + STEP_HORIZON_MS;
    const from = cluster.api.history.seq;
    const hasHappened = () => cluster.changes.slice(from).some(isVisible);
    while (!hasHappened()) {
      const dueMs = Math.min(cluster.sim.nextDueMs ?? deadlineMs, script.nextAtMs ?? deadlineMs, commands.nextWakeMs ?? deadlineMs);
      if (dueMs >= deadlineMs) break;
      runOn(dueMs, hasHappened);
    }
    runOn(cluster.nowMs, NO_TIME_LIMIT);
    showEnd();
  }

  const first = (options.scenario === undefined ? undefined : findScenario(options.scenario)) ?? DEFAULT_SCENARIO;
  load(first, options.seed ?? 1, options.atMs ?? first.openAtMs, options.deeds, options.dropped);
  set({ speed: options.speed ?? first.openSpeed ?? 1 });
  if (options.isPlaying) session.play();
  return session;
}

/** Events are reports about changes; a step is a change that can be seen. */
function isVisible({ table }: Change): boolean {
  return table !== 'Event';
}

/** How a scripted fault reads in the terminal. */
function faultLine(intent: Intent): string {
  switch (intent.type) {
    case 'failNode':
      return `# ${intent.name}: the kubelet falls silent`;
    case 'recoverNode':
      return `# ${intent.name}: the kubelet speaks again`;
    case 'removeNode':
      return `# ${intent.name}: the machine is switched off`;
    case 'addNode':
      return `# ${intent.machine.name}: a machine joins`;
    case 'exitContainer':
      return `# ${intent.pod}: a container exits with ${intent.exitCode}`;
    case 'runtime':
      return '# the kubelets get other timings';
    case 'request':
      return `# ${intent.request.verb}`;
  }
}
