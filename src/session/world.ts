// One world and everything done in it: the cluster, the script of steps and deeds, the commands that run and what they printed.
// It knows the present and the recorded past, but no playhead: which moment is looked at is the session's affair.
import { MissingPart } from '../base/late.ts';
import { Cluster, type ClusterOptions } from '../cluster/cluster.ts';
import { type Fault, INTERRUPT } from '../cluster/intents.ts';
import { kindsOf } from '../kube/custom/served.ts';
import { ApiError } from '../kube/errors.ts';
import { type Change, type Key, type KubeObject, tableOf } from '../kube/meta.ts';
import { notSimulatedIn } from '../kube/notSimulated.ts';
import { type Client, END_OF_INPUT, type Running } from '../kubectl/command.ts';
import { firstKubeconfig, type Kubeconfig, type KubeconfigFile, namespaceOf } from '../kubectl/kubeconfig.ts';
import { startKubectl } from '../kubectl/run.ts';
import { terminalShells } from '../kubectl/terminal/late.ts';
import { isForShell } from '../kubectl/terminal/lines.ts';
import type { TerminalShell } from '../kubectl/terminal/shell.ts';
import type { Setting } from '../scenario/library/library.ts';
import { Looks } from '../scene/looks.ts';
import { awaitedKinds } from './awaitedKinds.ts';
import { liveClient, type Moment, pastClient, type Told, WriteInThePast } from './clients.ts';
import { Commands } from './commands.ts';
import { inDefaultNamespace } from './lines.ts';
import { type IsOverBudget, NO_BUDGET } from './playback.ts';
import type { Recording } from './recording.ts';
import { type Deed, type Place, Script } from './script.ts';
import { isVisible } from './selectors.ts';
import type { MadeWorld, TerminalEntry } from './session.ts';
import { TerminalLog } from './terminalLog.ts';

export interface WorldOptions {
  readonly scenario: Setting;
  readonly seed: number;
  readonly deeds?: readonly Deed[];
  readonly dropped?: readonly number[];
  readonly onTerminal: (entries: readonly TerminalEntry[]) => void;
  readonly onEdit: (key: Key) => void;
  /** Which entry of the terminal takes what is typed. */
  readonly onReader?: (id: number | undefined) => void;
}

/** A command whose writes can be taken back as one. */
interface Action {
  readonly entryId: number;
  /** How many intents there were before it. */
  readonly intentIndex: number;
}

const ANSWER_MS = 100;
const ANSWER_STEP_MS = 10;
/** How far one step looks ahead for something to happen. */
const STEP_HORIZON_MS = 3_600_000;

export class World {
  readonly cluster: Cluster;
  readonly looks: Looks;
  readonly script: Script;
  /** The cluster that ran elsewhere and that this world goes on with. */
  readonly objects: readonly KubeObject[] | undefined;
  private readonly options: WorldOptions;
  private readonly commands: Commands;
  private readonly terminal: TerminalLog;
  /** Of the lines that need one. */
  private shell: TerminalShell | undefined;
  private actions: Action[] = [];
  /** Entries whose commands run in a container. */
  private readonly inContainer = new Set<number>();
  /** What the kubeconfig file says since each change of it, with how many intents came before. */
  private kubeconfigs: { readonly intentCount: number; readonly content: Kubeconfig }[] = [];
  /** While the scenario acts: what it does is not a person's to take back. */
  private isScripted = false;

  constructor(options: WorldOptions, made?: MadeWorld) {
    const { scenario, seed, deeds, dropped, onEdit } = options;
    this.options = options;
    this.objects = scenario.objects;
    this.cluster = made?.cluster ?? new Cluster(clusterOptions(scenario, seed));
    this.looks = made?.looks ?? new Looks();
    this.script = new Script(scenario.steps, deeds, dropped);
    this.terminal = new TerminalLog(options.onTerminal);
    this.commands = new Commands({
      print: (id, type, text) => this.print(id, type, text),
      end: (id, exitCode) => this.terminal.end(id, exitCode),
      edit: onEdit,
      read: (id) => options.onReader?.(id),
    });
  }

  // Time -------------------------------------------------------------------------------------------------------------

  /** Runs on to `targetMs`, with the script's steps at their moments. False when the budget ended first. */
  runOn(targetMs: number, isOverBudget: IsOverBudget): boolean {
    for (;;) {
      const stepAtMs = this.script.nextAtMs;
      if (!this.moveTo(Math.min(targetMs, stepAtMs ?? targetMs), isOverBudget)) return false;
      if (stepAtMs === undefined || stepAtMs > targetMs) return true;
      this.performStep();
    }
  }

  /** Runs on until something that can be seen has happened, with all else of that moment. */
  runToNextChange(): void {
    const { cluster, script, commands } = this;
    const deadlineMs = cluster.nowMs + STEP_HORIZON_MS;
    let read = cluster.api.history.seq;
    let hasHappened = false;
    const look = (): boolean => {
      for (; read < cluster.changes.length && !hasHappened; read++) hasHappened = isVisible(cluster.changes[read] as Change);
      return hasHappened;
    };
    while (!hasHappened) {
      const dueMs = Math.min(cluster.sim.nextDueMs ?? deadlineMs, script.nextAtMs ?? deadlineMs, commands.nextWakeMs(cluster.nowMs));
      if (dueMs >= deadlineMs) break;
      this.runOn(dueMs, look);
      look();
    }
    this.runOn(cluster.nowMs, NO_BUDGET);
  }

  /** While commands wait, they see every single change; otherwise the cluster runs freely. */
  private moveTo(stopMs: number, isOverBudget: IsOverBudget): boolean {
    const { cluster, commands } = this;
    while (commands.isAnyWaiting) {
      const dueMs = cluster.sim.nextDueMs ?? Number.POSITIVE_INFINITY;
      const wakeMs = commands.nextWakeMs(cluster.nowMs);
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

  private performStep(): void {
    const { step, index } = this.script.take(this.place);
    const { kubectl, stdin, fault, typed } = step;
    this.isScripted = true;
    if (typed !== undefined) this.type(typed);
    const line = typeof kubectl === 'function' ? kubectl(this.cluster.snapshot()) : kubectl;
    // A deed says in which namespace it was done; a scenario knows of no other than the default one.
    if (line) this.start(index === undefined ? line : inDefaultNamespace(line, this.namespace), stdin);
    const happening = typeof fault === 'function' ? fault(this.cluster.snapshot()) : fault;
    if (happening) this.startFault(happening);
    this.isScripted = false;
  }

  /** All that was done up to a moment. */
  recordedTo(endMs: number): Recording {
    const { machines, runtime = {}, openAtMs } = this.options.scenario;
    const { history } = this.cluster.api;
    const done = this.script.doneBy(endMs).map(({ step, index, place }) => ({
      step,
      isDeed: index === undefined,
      before: history.viewAtSeq(place.seq, step.atMs),
    }));
    return { machines, runtime, openAtMs, endMs, done, viewAt: (atMs) => this.cluster.viewAt(atMs) };
  }

  private get place(): Place {
    return { intentIndex: this.cluster.intents.length, seq: this.cluster.api.history.seq };
  }

  // Acting -----------------------------------------------------------------------------------------------------------

  /** What is due at this very moment comes first: a deed has its place at the end of its millisecond. */
  finishMoment(): void {
    this.cluster.runUntil(this.cluster.nowMs);
  }

  /** Acts. Where a part of the program was missing before the cluster heard of anything, nothing is left of it: that part. */
  attempt(act: () => void): MissingPart | undefined {
    const { cluster, terminal } = this;
    const { mark } = terminal;
    const { stepCount } = cluster.sim;
    const { length } = cluster.intents;
    try {
      act();
    } catch (error) {
      if (!(error instanceof MissingPart) || cluster.sim.stepCount !== stepCount || cluster.intents.length !== length) throw error;
      terminal.goBackTo(mark);
      return error;
    }
    return undefined;
  }

  /** Runs a line at the end of the world, until it waits or ends. */
  start(line: string, stdin?: string): TerminalEntry {
    const { length } = this.cluster.intents;
    const { id } = this.terminal.add(line, this.cluster.nowMs, stdin);
    this.startCommand(id, { line, stdin }, (told) => this.liveClient(id, told));
    this.nameKept(length);
    return this.terminal.get(id);
  }

  private startCommand(id: number, told: Told, clientOf: (told: Told) => Client): void {
    const client = clientOf(told);
    const { line, stdin } = told;
    const running = stdin === undefined && isForShell(line) ? this.runInShell(line, client, clientOf) : startKubectl(line, stdin, client);
    this.commands.start(id, running, client);
  }

  private runInShell(line: string, client: Client, clientOf: (told: Told) => Client): Running {
    this.shell ??= new (terminalShells.get())();
    return this.shell.run(line, client, (kubectl, stdin) => clientOf({ line: kubectl, stdin }));
  }

  /** Says of what was created since then what of it does nothing here and is only kept; of each kind and each such part once. */
  private nameKept(sinceIntent: number): void {
    const { nowMs } = this.cluster;
    for (const { intent } of this.cluster.intents.slice(sinceIntent)) {
      if (intent.type !== 'request' || (intent.request.verb !== 'create' && intent.request.verb !== 'apply')) continue;
      const kind = kindsOf(this.cluster.api).find(tableOf(intent.request.object));
      if (kind && !kind.isSimulated) this.terminal.commentOnce({ type: 'notSimulated', part: { type: 'kind', name: kind.kind } }, nowMs);
      for (const part of notSimulatedIn(intent.request.object)) this.terminal.commentOnce({ type: 'notSimulated', part }, nowMs);
    }
  }

  /** Whether nothing was missing in an applied text but kinds that it defines itself; says then how to go on. */
  noteAwaitedKinds(text: string, stderr: string): boolean {
    const kinds = awaitedKinds(text, stderr);
    if (kinds.length > 0) this.terminal.commentOnce({ type: 'served', kinds }, this.cluster.nowMs);
    return kinds.length > 0;
  }

  /** Runs a line that reads the past. False when it wants to write, and then nothing of it is left. */
  startInThePast(line: string, stdin: string | undefined, moment: Moment): boolean {
    const { id } = this.terminal.add(line, moment.atMs(), stdin);
    try {
      const client = pastClient(this.cluster, moment, this.kubeconfig);
      this.startCommand(id, { line, stdin }, () => client);
      return true;
    } catch (error) {
      if (!(error instanceof WriteInThePast)) throw error;
      this.terminal.keep((entry) => entry.id !== id);
      return false;
    }
  }

  startFault(fault: Fault): TerminalEntry {
    const { id } = this.terminal.comment({ type: 'fault', fault }, this.cluster.nowMs);
    this.noteAction(id, { atMs: this.cluster.nowMs, fault });
    try {
      this.cluster.submit(fault);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.terminal.end(id, 1, error.message);
    }
    return this.terminal.get(id);
  }

  /** Something is typed into the command that has the terminal, which shows it. */
  type(text: string): void {
    const { cluster, commands } = this;
    if (commands.reader === undefined) return;
    if (text !== END_OF_INPUT) this.print(commands.reader, 'stdout', text === INTERRUPT ? '^C\n' : text);
    if (!this.isScripted) this.script.note({ atMs: cluster.nowMs, typed: text }, this.place);
    commands.type(text);
  }

  get reader(): number | undefined {
    return this.commands.reader;
  }

  /** What is typed goes to a command in a container, and so does Ctrl C. */
  get isReadInContainer(): boolean {
    return this.reader !== undefined && this.inContainer.has(this.reader);
  }

  /** While time stands still, a command in a container gets the moment that it needs to answer. */
  letAnswer(id: number): TerminalEntry {
    const { cluster } = this;
    const untilMs = cluster.nowMs + ANSWER_MS;
    const isWaiting = () => this.inContainer.has(id) && this.terminal.get(id).exitCode === undefined;
    while (isWaiting() && cluster.nowMs < untilMs) this.runOn(cluster.nowMs + ANSWER_STEP_MS, NO_BUDGET);
    return this.terminal.get(id);
  }

  /** Whether this entry wrote something that can be taken back. */
  hasActed(entryId: number): boolean {
    return this.actions.at(-1)?.entryId === entryId;
  }

  wakeAll(): void {
    this.commands.wake(true);
  }

  get isAnyWaiting(): boolean {
    return this.commands.isAnyWaiting;
  }

  interrupt(): void {
    this.commands.interrupt();
  }

  clearTerminal(): void {
    this.terminal.keep(({ exitCode }) => exitCode === undefined);
  }

  private liveClient(entryId: number, told: Told): Client {
    const deed = { atMs: this.cluster.nowMs, kubectl: told.line, stdin: told.stdin };
    let isNoted = false;
    return liveClient(this.cluster, told, {
      kubeconfig: this.kubeconfigFile(deed),
      typed: () => this.commands.typed(entryId),
      onWrite: () => {
        if (!isNoted) this.noteAction(entryId, deed);
        isNoted = true;
      },
      onExec: () => this.inContainer.add(entryId),
    });
  }

  /** The file as a command sees it: changing it is part of the script, for lines after it mean what it says. */
  private kubeconfigFile(deed: Deed): KubeconfigFile {
    const change = (content: Kubeconfig): void => {
      const { intentIndex, seq } = this.place;
      // Taking back the next intent leaves it: it belongs to the intent before.
      if (!this.isScripted) this.script.note(deed, { intentIndex: intentIndex - 1, seq });
      this.kubeconfigs.push({ intentCount: intentIndex, content });
    };
    const read = (): Kubeconfig => this.kubeconfig;
    return {
      get content() {
        return read();
      },
      set content(content) {
        change(content);
      },
    };
  }

  private get kubeconfig(): Kubeconfig {
    return this.kubeconfigs.at(-1)?.content ?? firstKubeconfig;
  }

  /** The namespace that is meant where a line of the terminal names none. */
  get namespace(): string {
    return namespaceOf(this.kubeconfig) ?? 'default';
  }

  /** The first write of a command makes it an action of a person, and part of the script. */
  private noteAction(entryId: number, deed: Deed): void {
    if (this.isScripted) return;
    const { place } = this;
    if (this.actions.every((action) => action.entryId !== entryId)) this.actions.push({ entryId, intentIndex: place.intentIndex });
    this.script.note(deed, place);
  }

  // Taking back ------------------------------------------------------------------------------------------------------

  get canUndo(): boolean {
    return this.actions.length > 0;
  }

  /** Goes back to right before the last action of a person. */
  undo(): void {
    const action = this.actions.at(-1);
    if (!action) return;
    const atMs = this.cluster.intents[action.intentIndex]?.atMs ?? this.cluster.nowMs;
    this.commands.interrupt();
    this.rewindTo(action.intentIndex);
    const kept = new Set(this.actions.map(({ entryId }) => entryId));
    this.terminal.keep((entry) => entry.atMs < atMs || (entry.atMs === atMs && kept.has(entry.id)));
  }

  /** Goes back to `atMs` and forgets what came after. */
  forkAt(atMs: number): void {
    this.commands.interrupt();
    this.cluster.forkAt(atMs);
    this.forget();
    this.terminal.keep((entry) => entry.atMs <= atMs);
  }

  /** Takes back what was done after this many intents; what was printed stays. */
  rewindTo(intentIndex: number): void {
    this.cluster.undoTo(intentIndex);
    this.forget();
  }

  private forget(): void {
    const { length } = this.cluster.intents;
    this.actions = this.actions.filter(({ intentIndex }) => intentIndex < length);
    this.kubeconfigs = this.kubeconfigs.filter(({ intentCount }) => intentCount <= length);
    this.script.rewind(length);
  }

  /** Goes on with what this run had printed when it was told before: what only read is not in the script. */
  takeOver(printed: readonly TerminalEntry[]): void {
    this.terminal.takeOver(printed);
  }

  /** A command that has the terminal has one stream. */
  private print(id: number, given: 'stdout' | 'stderr', text: string): void {
    this.terminal.print(id, { type: id === this.commands.reader ? 'stdout' : given, text });
  }
}

/** The cluster that a world begins with. */
export function clusterOptions({ machines, objects, loads, runtime }: Setting, seed: number): ClusterOptions {
  const beginning = objects ? { objects, ...(loads ? { loads } : {}) } : {};
  return { seed, machines, storage: true, runtime: { scripts: true, ...runtime }, ...beginning };
}
