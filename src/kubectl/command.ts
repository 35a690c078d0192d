// What a kubectl command is: a generator that prints, waits for the world to move, and ends with an exit code.
// The one who runs it (terminal, recorder, test) decides how time passes while it waits.
import type { ApiRequest, ExecRequest, InsideCommand } from '../cluster/intents.ts';
import type { Change, Key, KubeObject, Snapshot } from '../kube/meta.ts';
import type { Descriptions } from '../kube/schema/descriptions.ts';
import type { KubeconfigFile } from './kubeconfig.ts';

/** Ctrl D, typed into a command. */
export const END_OF_INPUT = '\u0004';

/** What kubectl needs of a cluster. */
export interface Client {
  readonly nowMs: number;
  /** The world as it stands, for reading. */
  snapshot(): Snapshot;
  /** The log of the world, for --watch; left out where the world stands still. */
  changes?(): readonly Change[];
  /** When the lease of a node was last renewed; undefined where nobody knows. */
  readonly leaseRenewMs?: (nodeName: string) => number | undefined;
  /** What types and fields are for; undefined until they have been loaded. Left out where nobody can load them. */
  descriptions?(): Descriptions | undefined;
  /** Sends one writing request. Throws ApiError. */
  request(request: ApiRequest): KubeObject;
  /** What the server told beside its answers since this was last asked; left out where it tells nothing. */
  warnings?(): readonly string[];
  /** Which cluster and namespace commands are meant for; left out where that cannot be changed. */
  readonly kubeconfig?: KubeconfigFile;
  /** Whether the kubelet of a machine answers; left out where all do. */
  readonly isAnswering?: (nodeName: string) => boolean;
  /** Whether a metrics server tells what pods use: a person's world has one; recordings have none, as the control planes had that were recorded. */
  readonly hasMetrics?: boolean;
  /** Commands in containers; left out where none can be run. */
  readonly inside?: Inside;
  /** Whether whoever runs the command opens an editor at the step `edit`; without one `kubectl edit` says why it cannot be. */
  readonly hasEditor?: boolean;
}

export interface Inside {
  /** Starts a command in a container, or says in the runtime's words why not. */
  exec(command: ExecRequest): InsideCommand | string;
  /** Types into it; the last of it ends its input. */
  write(command: InsideCommand, text: string, isLast: boolean): void;
  /** What was typed for this command since it was last asked; left out where there is no terminal. */
  readonly typed?: () => string | undefined;
}

export type CommandStep =
  | { readonly type: 'stdout' | 'stderr'; readonly text: string }
  /** Wake me when any object has changed, or at `untilMs` at the latest. */
  | { readonly type: 'wait'; readonly untilMs?: number }
  /** Load what is loaded on demand, and wake me; also when that fails. */
  | { readonly type: 'load' }
  /** A file for whoever runs the command to keep. */
  | { readonly type: 'file'; readonly path: string; readonly text: string }
  /** The terminal is this command's from now on: what is typed is for it. */
  | { readonly type: 'terminal' }
  /** Open the editor on this object: its answer is a command of its own. */
  | { readonly type: 'edit'; readonly key: Key };

/** A running command: yields what it prints and when it waits; returns its exit code. */
export type Running = Generator<CommandStep, number, void>;
