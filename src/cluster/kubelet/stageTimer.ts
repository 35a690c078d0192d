// What the kubelet's timers carry: which stage of which pod is due. The table of the stages is podStages.ts.

export type StageName =
  | 'sync'
  | 'sandbox'
  | 'init-exit'
  | 'init-next'
  | 'ready'
  | 'exit'
  | 'crash-loop'
  | 'restart'
  | 'pulled'
  | 'pull-back-off'
  | 'pull-again'
  | 'definition-changed'
  | 'start-again'
  | 'deadline'
  | 'stopped'
  | 'gone';

/** The table of these is liveStages.ts. */
export type LiveStageName =
  | 'sync'
  | 'look'
  | 'proceed'
  | 'relist'
  | 'run'
  | 'record'
  | 'storage'
  | 'refresh'
  | 'probe'
  | 'ready'
  | 'deadline'
  | 'resize'
  | 'resume'
  | 'ended'
  | 'gone';

/** What a timer carries besides the pod and the stage. */
export interface StageTimer {
  readonly uid: string;
  readonly stage: StageName | LiveStageName;
  readonly container: string | undefined;
  /** The container's era in which the timer was set. */
  readonly era: number;
  /** The index of an init container, the number of an attempt, or an exit code. */
  readonly count: number;
  readonly cause: number | undefined;
}
