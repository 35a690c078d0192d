// One person's run of one world: the facade that the interface talks to. It holds the cluster, the playhead, the selection and
// the terminal, and publishes them as one zustand store.
import type { StoreApi } from 'zustand/vanilla';
import type { Cluster } from '../cluster/cluster.ts';
import type { Intent } from '../cluster/intents.ts';
import type { Key, Snapshot } from '../kube/meta.ts';

export type Theme = 'light' | 'dark' | 'auto';
export type Speed = 1 | 10 | 100;

export interface TerminalEntry {
  readonly id: number;
  readonly atMs: number;
  readonly line: string;
  readonly stdin?: string;
  readonly output: readonly { readonly type: 'stdout' | 'stderr'; readonly text: string }[];
  /** Undefined while the command runs. */
  readonly exitCode: number | undefined;
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
  /** The tab of the inspector, by id. */
  readonly tab: string | undefined;
  readonly terminal: readonly TerminalEntry[];
  readonly isTerminalOpen: boolean;
  readonly scenario: string | undefined;
  readonly seed: number;
  readonly language: string;
  readonly theme: Theme;
  readonly isMotionReduced: boolean;
  /** A short message with an optional undo: the slip at the bottom of the stage. */
  readonly notice: { readonly id: number; readonly text: string; readonly isError: boolean; readonly canUndo: boolean } | undefined;
  /** What waits for a yes: acting in the past drops the future. */
  readonly pendingFork: { readonly dropsMs: number } | undefined;
}

export interface Session {
  readonly store: StoreApi<SessionState>;
  /** For reading: history, changes, decisions of the scheduler. Replaced when a scenario is loaded. */
  readonly cluster: Cluster;
  play(): void;
  pause(): void;
  setSpeed(speed: Speed): void;
  /** Moves the playhead; going back shows the past, read only. */
  seek(atMs: number): void;
  /** One change on or back, played at 1x in full. */
  stepOn(): void;
  stepBack(): void;
  /** Runs a kubectl line, printed in the terminal first. In the past it asks before it drops the future. */
  run(line: string, stdin?: string): void;
  /** Does what kubectl cannot (silence a node, crash a container); `line` is the words shown in the terminal. */
  act(intent: Intent, line: string): void;
  confirmFork(isYes: boolean): void;
  undo(): void;
  select(keys: readonly Key[], tab?: string): void;
  hover(key: Key | undefined): void;
  loadScenario(name: string, options?: { readonly seed?: number; readonly atMs?: number }): void;
  setLanguage(code: string): void;
  setTheme(theme: Theme): void;
  notify(text: string, options?: { readonly isError?: boolean; readonly canUndo?: boolean }): void;
  dispose(): void;
}
