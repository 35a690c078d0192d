// One person's run of one world: the facade that the interface talks to. It holds the cluster, the playhead, the selection and
// the terminal, and publishes them as one zustand store. What it does is in world.ts (time and acting) and terminalLog.ts (lines).
import type { StoreApi } from 'zustand/vanilla';
import type { Cluster } from '../cluster/cluster.ts';
import type { Fault, LoggedIntent } from '../cluster/intents.ts';
import type { Decision } from '../cluster/scheduler/decisions.ts';
import type { WaitingPod } from '../cluster/scheduler/scheduler.ts';
import type { Change, Key, KubeObject, Snapshot } from '../kube/meta.ts';
import type { NotSimulatedPart } from '../kube/notSimulated.ts';
import type { Setting } from '../scenario/library/library.ts';
import type { Looks } from '../scene/looks.ts';
import type { LessonState } from './lessonState.ts';
import type { Recording } from './recording.ts';
import type { Deed } from './script.ts';

export type Theme = 'light' | 'dark' | 'auto';
export type Speed = 1 | 10 | 100;
export const SPEEDS: readonly Speed[] = [1, 10, 100];

/** What the terminal notes beside commands, as data: the words are the page's. */
export type TerminalComment =
  | { readonly type: 'fault'; readonly fault: Fault }
  /** What was created and is only kept: on its kind, or on a part of it, nothing acts. */
  | { readonly type: 'notSimulated'; readonly part: NotSimulatedPart | { readonly type: 'kind'; readonly name: string } }
  /** Kinds that are served from now on: what waited for them can be applied. */
  | { readonly type: 'served'; readonly kinds: readonly string[] };

export interface TerminalEntry {
  readonly id: number;
  readonly atMs: number;
  /** What was typed; empty beside a comment. */
  readonly line: string;
  readonly comment?: TerminalComment;
  readonly stdin?: string;
  readonly output: readonly { readonly type: 'stdout' | 'stderr'; readonly text: string }[];
  /** Undefined while the command runs. */
  readonly exitCode: number | undefined;
}

/** A manifest that was refused: what was pasted and the server's words. The world is as it was before. */
export interface Refusal {
  readonly text: string;
  readonly stderr: string;
}

/** How far a world is: the moment it has come to, or how many objects of a cluster that ran elsewhere it has. */
export type Building =
  | { readonly atMs: number; readonly toMs: number; readonly leftMs: number }
  | { readonly done: number; readonly all: number };

/** A cluster that was made before its world, in slices, and what was read of its log. */
export interface MadeWorld {
  readonly cluster: Cluster;
  readonly looks: Looks;
}

/** What a world begins with beside its setting: what was done in it, and what of it is made already. */
export interface Begun {
  readonly deeds?: readonly Deed[];
  readonly dropped?: readonly number[];
  readonly made?: MadeWorld;
}

export interface SessionNotice {
  readonly id: number;
  readonly text: string;
  /** What was done, where no text says it. */
  readonly comment?: TerminalComment;
  readonly isError: boolean;
  /** The text is what was thrown by something that nothing foresaw. */
  readonly isFailure?: boolean;
  readonly canUndo: boolean;
}

export interface SessionState {
  /** The world at the playhead: what every view draws. */
  readonly snapshot: Snapshot;
  readonly playheadMs: number;
  /** How far the world has been run. The playhead never stands later. */
  readonly endMs: number;
  readonly isPlaying: boolean;
  readonly speed: Speed;
  readonly selection: readonly Key[];
  readonly hovered: Key | undefined;
  /** The pod that is looked into, and the part of it that is chosen: `container/web`, `volume/site`. */
  readonly inside: { readonly key: Key; readonly part: string | undefined } | undefined;
  /** The tab of the inspector, by id. */
  readonly tab: string | undefined;
  readonly terminal: readonly TerminalEntry[];
  readonly isTerminalOpen: boolean;
  /** The entry whose command takes what is typed: `kubectl exec -it`. Undefined: the terminal takes new lines. */
  readonly reader: number | undefined;
  readonly scenario: string | undefined;
  readonly seed: number;
  readonly language: string;
  readonly theme: Theme;
  readonly isMotionReduced: boolean;
  /** A short message with an optional undo: the slip at the bottom of the stage. */
  readonly notice: SessionNotice | undefined;
  /** What waits for a yes: acting in the past drops the future. */
  readonly pendingFork: { readonly dropsMs: number } | undefined;
  /** Whether something was asked for that the engine has to come for. */
  readonly isAwaited: boolean;
  /** How far the world is on its way to a moment, where that takes long. */
  readonly building: Building | undefined;
  /** How many pods a command asks for that waits for an answer: more than a page can well hold. */
  readonly pendingPods: number | undefined;
  /** Counts up whenever a piece of history was dropped or another world began: what was derived from the log before is void. */
  readonly epoch: number;
  /** Counts up with every step button: the stage plays the motion of that step in full although time stands still. */
  readonly stepId: number;
  readonly refusal: Refusal | undefined;
  /** The lesson that is open, and where the learner is in it. */
  readonly lesson: LessonState | undefined;
  /** Classroom mode: large, for a projector. */
  readonly isPresenting: boolean;
}

/** What can be read of a cluster, whether it lives or is played from a tape. */
export interface ClusterView {
  readonly nowMs: number;
  readonly changes: readonly Change[];
  readonly intents: readonly LoggedIntent[];
  snapshot(): Snapshot;
  viewAt(atMs: number): Snapshot;
  readonly api: { readonly history: { readonly seq: number; seqAt(atMs: number): number } };
  readonly scheduler: { decisions(podKey: Key): readonly Decision[]; waiting(): readonly WaitingPod[] };
}

export interface Session {
  readonly store: StoreApi<SessionState>;
  /** For reading: history, changes, decisions of the scheduler. Replaced when a scenario is loaded and when the engine takes over. */
  readonly cluster: ClusterView;
  /** The looks of templates, read up to the end of the log. Replaced when a scenario is loaded. */
  readonly looks: Looks;
  /** Lets the engine come, where a tape is shown until then: the first deed need not wait for it. */
  readonly wake: () => void;
  readonly play: () => void;
  readonly pause: () => void;
  readonly setSpeed: (speed: Speed) => void;
  /** Moves the playhead; going back shows the past, read only. */
  readonly seek: (atMs: number) => void;
  /** The same, and runs the world on first where that moment has not been yet. */
  readonly reach: (atMs: number) => void;
  /** The same in slices between frames, however much there is to run. */
  readonly arrive: (atMs: number) => Promise<void>;
  /** One change on or back, played at 1x in full. */
  readonly stepOn: () => void;
  readonly stepBack: () => void;
  /** Runs a kubectl line, printed in the terminal first. In the past it asks before it drops the future. */
  readonly run: (line: string, stdin?: string) => void;
  /** The same with a line that a person typed: it means the namespace of the terminal's context. */
  readonly runTyped: (line: string) => void;
  /** Types into the command that has the terminal. */
  readonly type: (text: string) => void;
  /** Applies a pasted manifest whole or not at all; what is refused is kept in `refusal`. */
  readonly paste: (text: string) => void;
  readonly dismissRefusal: () => void;
  /** Does what kubectl cannot: silences a node, crashes a container. */
  readonly act: (fault: Fault) => void;
  /** When a CronJob cuts its next Job. */
  readonly nextRunMs: (object: KubeObject, afterMs: number) => number | undefined;
  /** What the word before the cursor may become; nothing before the engine has come. */
  readonly complete: (line: string, cursor: number) => { readonly from: number; readonly candidates: readonly string[] };
  /** Ends the commands that wait, as Ctrl C does. */
  readonly interrupt: () => void;
  readonly clearTerminal: () => void;
  readonly openTerminal: (isOpen: boolean) => void;
  readonly confirmFork: (isYes: boolean) => void;
  readonly confirmPods: (choice: 'all' | 'fewer' | 'none') => void;
  readonly undo: () => void;
  readonly canUndo: boolean;
  /** The run up to the moment shown, for writing it down; the engine comes first where a tape is shown. */
  readonly record: (use: (recording: Recording) => void) => void;
  /** What a person did so far, and which of the scenario's steps that dropped: with scenario and seed it is the whole run. */
  readonly deeds: readonly Deed[];
  readonly dropped: readonly number[];
  /** The cluster that ran elsewhere and that this world goes on with; undefined for a scenario. */
  readonly objects: readonly KubeObject[] | undefined;
  readonly select: (keys: readonly Key[], tab?: string) => void;
  readonly hover: (key: Key | undefined) => void;
  /** Goes inside a pod, and back out. */
  readonly enter: (key: Key) => void;
  readonly leave: () => void;
  readonly choosePart: (part: string | undefined) => void;
  readonly loadScenario: (name: string, options?: { readonly seed?: number; readonly atMs?: number }) => void;
  /** Loads the engine, without which no setting can be opened. */
  readonly loadEngine: () => Promise<void>;
  /** Opens a world that is not on the menu, standing still. */
  readonly openSetting: (setting: Setting & { readonly name?: string }, options?: Begun & { readonly seed?: number }) => void;
  /** Runs the world on to a moment at once. */
  readonly runTo: (atMs: number) => void;
  readonly present: (isPresenting: boolean) => void;
  readonly setLesson: (lesson: LessonState | undefined) => void;
  readonly setLanguage: (code: string) => void;
  readonly setTheme: (theme: Theme) => void;
  readonly setMotionReduced: (isReduced: boolean) => void;
  readonly notify: (text: string, options?: Partial<Pick<SessionNotice, 'isError' | 'canUndo' | 'comment'>>) => void;
  /** Tells of something that nothing foresaw, in the words of what was thrown. */
  readonly notifyFailure: (error: unknown) => void;
  readonly dismissNotice: () => void;
  readonly dispose: () => void;
}
