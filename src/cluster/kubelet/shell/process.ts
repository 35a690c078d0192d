// What runs in a pod, as plain data: processes with the place each has reached in its script, the pipes between them, and what
// their containers are given. Nothing here is a function: a saved pod goes on exactly where it was.
import type { LogLine } from '../../../kube/inside.ts';
import type { Disk } from './disk.ts';

/** Where a descriptor leads. */
export type Target =
  | { readonly type: 'log'; readonly stream: 'stdout' | 'stderr' }
  /** The output of a command from outside, kept for who asked. */
  | { readonly type: 'session'; readonly id: number; readonly stream: 'stdout' | 'stderr' }
  | { readonly type: 'pipe'; readonly id: number; readonly end: 'read' | 'write' }
  /** A file that is written to; reading goes through a pipe that holds what is left of it. */
  | { readonly type: 'file'; readonly path: string }
  | { readonly type: 'device'; readonly name: Device };

/** `null` has nothing to read and takes everything, `full` takes nothing, the others never end. */
export type Device = 'null' | 'zero' | 'full' | 'random';

export interface Pipe {
  text: string;
  /** Someone outside the pod may still write to it: the input of `kubectl exec -i`. */
  isHeldOpen: boolean;
  /** Where it lies, for a named one, and how often each of its ends was opened. */
  named?: { readonly disk: string; readonly path: string; read: number; write: number };
}

/** A place in a script and what is known there. Which fields are used depends on the node. */
export interface Frame {
  readonly source: string;
  readonly node: number;
  /** What is to be done next at this node. */
  at: number;
  /** `set -e` does not count here: under a condition, before `&&`, after `!`. */
  readonly isTested: boolean;
  /** The end of the shell: a command in this place replaces it. */
  readonly isLast: boolean;
  /** What `return` ends, and where the words of a trap end. */
  readonly boundary?: 'function' | 'script' | 'trap' | 'eval';
  /** The function whose body it is. */
  readonly functionName?: string;
  /** The output of the commands in its words, as far as they ran, and the status of the last. */
  outputs?: string[];
  substitutionStatus?: number;
  /** The descriptors of the commands that run beside it. */
  beside?: number[];
  /** The command whose output is being read. */
  collecting?: { readonly pipe: number; readonly child: number; text: string };
  /** The alias whose text this is. */
  readonly alias?: string;
  /** The trap of DEBUG was told of the command. */
  isAnnounced?: boolean;
  /** The command is no function, whatever there is of its name. */
  isPlain?: boolean;
  /** The words of a command; what a `for` goes through. */
  words?: string[];
  /** The assignments before a command, as far as they are known. */
  assigned?: [string, string][];
  /** The processes that are waited for. */
  children?: number[];
  /** A builtin could not begin yet. */
  isRunAgain?: boolean;
  /** What a builtin remembers while it waits. */
  state?: unknown;
  /** What is put back when the frame ends. */
  restore?: {
    descriptors?: Record<number, Target | null>;
    /** Null: it was not set. */
    variables?: Record<string, string | null>;
    exported?: Record<string, boolean>;
    parameters?: string[];
    status?: number;
  };
}

/** What a process waits for; several: whichever comes first. */
export interface Wait {
  readonly untilMs?: number;
  /** The pipe that must have something to read, or no writers any more. */
  readonly input?: number;
  /** The processes of which one must have ended. */
  readonly children?: readonly number[];
  /** The other end of a named pipe: that somebody opens it, if nobody has it open. */
  readonly opened?: { readonly pipe: number; readonly end: 'read' | 'write'; readonly after: number };
  /** A signal with a trap ends the waiting at once: the builtin `wait`. */
  readonly isInterruptible?: boolean;
}

/** ash is busybox's, dash Debian's; bash knows more than both. */
export type ShellKind = 'ash' | 'dash' | 'bash';

export interface Shell {
  readonly type: 'shell';
  readonly kind: ShellKind;
  frames: Frame[];
  variables: Record<string, string>;
  /** Names of variables that commands see. */
  exported: Record<string, true>;
  readonlyNames: Record<string, true>;
  /** Names of arrays with keys. */
  keyed: Readonly<Record<string, true>>;
  functions: Record<string, { readonly source: string; readonly node: number }>;
  /** How deep in `$(…)` it is. */
  depth: number;
  aliases: Readonly<Record<string, string>>;
  /** `$0`. */
  scriptName: string;
  parameters: string[];
  /** By name, `EXIT` included; an empty text ignores the signal. */
  traps: Record<string, string>;
  /** Signals with a trap that were not dealt with yet. */
  pending: string[];
  /** `$?`. */
  status: number;
  /** Those of a pipe's commands, where one came last. */
  pipeStatuses?: readonly number[];
  /** `$!`; 0: none. */
  lastBackground: number;
  /** Background processes that were not waited for. */
  jobs: number[];
  /** Those of the shell that it was forked from. */
  jobsAbove?: readonly number[];
  /** Letters of `set`. */
  options: string;
  /** What bash's `shopt` has switched on. */
  switches?: readonly string[];
  /** The functions in which it was forked, from within. */
  functionsAbove?: readonly string[];
  /** What `pushd` has kept, the newest first. */
  folders?: readonly string[];
  /** Since when bash counts SECONDS. */
  startedMs: number;
  /** `$$`. */
  shellPid: number;
  /** The line that the last command stands on, counted from 0, and what the first line is called. */
  line: number;
  lineFirst: 0 | 1;
  /** Its script is the text after `-c`. */
  readonly isCommand: boolean;
  /** Its script could not be read. */
  startError?: string;
  /** Reads its commands from its input; what it has read and not run. */
  unread: string | undefined;
  /** It prompts, and no mistake ends it; whether it has prompted for the next line. */
  isInteractive: boolean;
  isPrompted: boolean;
  /** It is ending with this status and runs its EXIT trap. */
  exiting: number | undefined;
}

/** A program that is no shell: what it is, and what it remembers. */
export interface Running {
  readonly type: 'program';
  readonly program: string;
  state: unknown;
}

export interface Process {
  /** Unique in the pod. */
  readonly id: number;
  /** As the container sees it. */
  readonly pid: number;
  /** 0: started from outside. */
  parent: number;
  readonly box: string;
  /** Where it is not the container's. */
  user?: number;
  argv: string[];
  body: Shell | Running;
  directory: string;
  environment: Record<string, string>;
  descriptors: Record<number, Target>;
  /** The named pipe that a program reads in the place of its input. */
  namedInput?: string;
  /** Signals that it ignores because its parent did. */
  ignored: string[];
  umask: number;
  wait: Wait | undefined;
  isStopped: boolean;
  /** It has used up what a moment allows and goes on then. */
  busyUntilMs: number;
  startedMs: number;
  /** What it takes of the processor while it runs, in thousandths of one. */
  cpuMilli: number;
  memoryBytes: number;
  /** It has ended, and its parent has not asked for it yet. */
  exitCode: number | undefined;
  /** The signal that ended it. */
  endedBy: string | undefined;
}

export interface Mount {
  readonly path: string;
  /** The volume's name in the pod, or the key of a disk of the machine or the cluster. */
  readonly disk: string;
  /** The folder of the disk that is mounted: `` or `/sub/path`; a file's path mounts that file. */
  readonly folder: string;
  readonly isReadOnly: boolean;
}

/** What one run of a container printed. */
export interface LogRun {
  readonly run: number;
  readonly beganMs: number;
  readonly lines: LogLine[];
  /** How many of the first lines were dropped for want of room. */
  dropped: number;
  /** What stands after the last line's end. */
  readonly partial: { stdout: string; stderr: string };
}

/** As hexadecimal masks: what its processes may do, and what they might be given. */
export interface Capabilities {
  readonly held: string;
  readonly bounding: string;
}

/** What the kubelet asks for when it starts a container. */
export interface BoxSpec {
  readonly name: string;
  readonly image: string;
  /** Which run of the container: the number of restarts before it. */
  readonly run: number;
  /** Replaces the image's entrypoint and its command, as in a container's spec. */
  readonly command?: readonly string[];
  /** Replaces the image's command. */
  readonly args?: readonly string[];
  /** In the order in which `env` prints them; PATH, HOSTNAME and HOME are added. */
  readonly environment: Readonly<Record<string, string>>;
  readonly workingDir?: string;
  readonly mounts: readonly Mount[];
  readonly user?: number;
  readonly group?: number;
  /** Those beside the main one, `fsGroup` among them. */
  readonly groups?: readonly number[];
  readonly isRootReadOnly?: boolean;
  readonly capabilities: Capabilities;
  /** Its processes never get more than they have (`allowPrivilegeEscalation: false`). */
  readonly mayGainNothing?: boolean;
  /** Its users are not those of the machine (`hostUsers: false`). */
  readonly isUserNamespaced?: boolean;
  /** The pod's processes see each other: the first process is not process 1. */
  readonly isProcessNamespaceShared?: boolean;
  /** The container among whose processes its own are. */
  readonly joins?: string;
  /** The ports that its spec and its probes name: an image that is not known answers on them. */
  readonly ports?: readonly number[];
  readonly isStdinOpen?: boolean;
  /** Its input and output are a terminal: a shell is interactive. */
  readonly isTerminal?: boolean;
  /** As the kubelet sets it by QoS class. */
  readonly oomScoreAdjustment?: number;
  readonly memoryLimitBytes?: number;
  readonly cpuLimitMilli?: number;
}

/** A container that was started, as its processes see it. */
export interface Box extends Omit<BoxSpec, 'memoryLimitBytes' | 'cpuLimitMilli'> {
  memoryLimitBytes: number | undefined;
  cpuLimitMilli: number | undefined;
  /** What was written over the image, and what of the image was removed. */
  readonly layer: Disk;
  readonly gone: Record<string, true>;
  readonly startedMs: number;
  nextPid: number;
  /** The process that is the container. */
  main: number;
  /** Undefined while it runs. */
  exitCode: number | undefined;
  /** Steps without a pause, and how often in a row they filled a slice of time. */
  steps: number;
  slices: number;
  /** Until then processes of it are kept busy. */
  busyUntilMs: number;
  /** Processor time used so far, up to the moment `cpuAtMs`, in milliseconds. */
  cpuMs: number;
  cpuAtMs: number;
  isOomKilled: boolean;
}

/** A command that was started from outside: a probe, a hook, `kubectl exec`; or the first process, looked at by `kubectl attach`. */
export interface Session {
  readonly id: number;
  readonly box: string;
  /** The process, to be found in the pod as long as it runs. */
  readonly process: number;
  /** It is the container's own: it prints into the log, and goes on when nobody looks any more. */
  readonly isAttached?: boolean;
  readonly isTerminal?: boolean;
  /** Its input; undefined: it has none. */
  readonly input: number | undefined;
  output: { readonly stream: 'stdout' | 'stderr'; readonly text: string }[];
  outputLetters: number;
  exitCode: number | undefined;
}

export interface Listener {
  readonly port: number;
  readonly box: string;
  readonly process: number;
}

export interface Sandbox {
  readonly hostname: string;
  /** The pod's address. */
  readonly ip: string;
  nextId: number;
  /** Process numbers of a shared namespace; 1 is the pause container's. */
  nextSharedPid: number;
  processes: Process[];
  pipes: Record<number, Pipe>;
  boxes: Record<string, Box>;
  sessions: Record<number, Session>;
  listeners: Listener[];
  /** Volumes that live with the pod. */
  volumes: Record<string, Disk>;
  /** Volumes that are held in memory, with what they may hold. */
  memoryVolumes: Record<string, { readonly bytesMax: number | undefined }>;
  /** This run's and the last run's, the oldest first. */
  logs: Record<string, LogRun[]>;
}
