// What a person may do to a world, as plain data: requests to the API server, and faults of the machines under it.
// The list of intents with their moments, the seed and the nodes are enough to run the same world again.
import type { KubeObject } from '../kube/meta.ts';
import type { PatchType } from '../kube/patch.ts';
import type { DeleteOptions } from './deletion.ts';

/** One writing request to the API server, as kubectl sends it. */
export type ApiRequest =
  | {
      readonly verb: 'create' | 'update';
      readonly object: KubeObject;
      readonly strict?: boolean;
      readonly dryRun?: boolean;
      readonly fieldManager?: string;
    }
  | {
      readonly verb: 'apply';
      readonly object: KubeObject;
      readonly fieldManager: string;
      /** Takes over fields that others have set. */
      readonly force?: boolean;
      readonly strict?: boolean;
      readonly dryRun?: boolean;
    }
  | {
      readonly verb: 'patch';
      readonly kind: string;
      readonly namespace: string | undefined;
      readonly name: string;
      readonly type: PatchType;
      readonly patch: unknown;
      readonly subresource?: 'status' | 'scale' | 'resize' | 'ephemeralcontainers';
      readonly strict?: boolean;
      readonly dryRun?: boolean;
      readonly fieldManager?: string;
    }
  | {
      readonly verb: 'delete';
      readonly kind: string;
      readonly namespace: string | undefined;
      readonly name: string;
      readonly options?: DeleteOptions;
    }
  /** Deletes a pod where no disruption budget forbids it. */
  | { readonly verb: 'evict'; readonly namespace: string; readonly name: string; readonly options?: DeleteOptions };

/** A machine, as a scenario lists it. Quantities as in Kubernetes. */
export interface Machine {
  readonly name: string;
  readonly cpu?: string;
  readonly memory?: string;
  readonly pods?: number;
  readonly labels?: Readonly<Record<string, string>>;
  /** `key=value:Effect` or taint objects. */
  readonly taints?: readonly (string | { readonly key: string; readonly value?: string; readonly effect: string })[];
  readonly unschedulable?: boolean;
  readonly resources?: Readonly<Record<string, string>>;
  readonly allocatable?: Readonly<Record<string, string>>;
}

/** Timings of the kubelets in milliseconds: bound to running, SIGTERM to exited. */
export interface KubeletRuntime {
  readonly startupMs: number;
  readonly shutdownMs: number;
  /** Whether containers run their command; recordings of the stand-in kubelet do not. */
  readonly scripts: boolean;
  /** How long pulling an image takes where the machine has not got it; left out, every image is there. */
  readonly pullMs?: number;
  /** When machines that run out of memory or disk evict pods; left out, as kubelets do by default. */
  readonly eviction?: EvictionThresholds;
}

export interface EvictionThresholds {
  readonly memoryHardBytes?: number;
  readonly memorySoftBytes?: number;
  /** How long the soft threshold may be passed. */
  readonly softGraceMs?: number;
  /** How much more than the threshold is freed. */
  readonly minReclaimBytes?: number;
  /** How long pressure is told after it was over. */
  readonly transitionMs?: number;
  /** The grace of pods that are evicted at the soft threshold, at most; left out, they get none. */
  readonly maxPodGraceMs?: number;
  readonly diskHardBytes?: number;
}

/** A command in a container, as `kubectl exec` asks for it, or its first process, as `kubectl attach` does. */
export interface ExecRequest {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  /** Empty: the first process. */
  readonly command: readonly string[];
  /** Of the first process: also what it has printed before. */
  readonly isFromStart?: boolean;
  /** Its whole input, or the beginning of it. */
  readonly stdin?: string;
  readonly isInputOpen?: boolean;
  readonly isTerminal?: boolean;
}

/** A command that runs in a container, or has ended. */
export interface InsideCommand {
  readonly uid: string;
  readonly session: number;
  /** All that it has printed so far. */
  readonly output: readonly { readonly stream: 'stdout' | 'stderr'; readonly text: string }[];
  /** Undefined while it runs. */
  readonly exitCode: number | undefined;
}

export type Intent =
  | { readonly type: 'request'; readonly request: ApiRequest }
  | { readonly type: 'addNode'; readonly machine: Machine }
  /** The kubelet falls silent, speaks again, or is switched off for ever. */
  | { readonly type: 'failNode' | 'recoverNode' | 'removeNode'; readonly name: string }
  | { readonly type: 'runtime'; readonly runtime: Partial<KubeletRuntime> }
  /** The pods of an owner get so much work to share, in thousandths of a CPU. */
  | { readonly type: 'load'; readonly kind: string; readonly namespace: string; readonly name: string; readonly cpuMilli: number }
  | { readonly type: 'exec'; readonly exec: ExecRequest }
  /** More input for a command that runs in a container; the last of it ends its input. */
  | { readonly type: 'input'; readonly uid: string; readonly session: number; readonly text: string; readonly isLast: boolean }
  /** A person sends a request to `pod/NAME` or `svc/NAME` and looks at the answer. */
  | { readonly type: 'send'; readonly namespace: string; readonly to: string; readonly port: number; readonly path: string }
  /** A process in a container takes so much memory more and keeps it. */
  | { readonly type: 'fillMemory'; readonly namespace: string; readonly pod: string; readonly container: string; readonly bytes: number }
  /** A container ends with this exit code, as if its process had crashed. */
  | {
      readonly type: 'exitContainer';
      readonly namespace: string;
      readonly pod: string;
      readonly container?: string;
      readonly exitCode: number;
    };

/** What befalls machines and containers beside requests: what kubectl cannot do. */
export type Fault = Exclude<Intent, { readonly type: 'request' | 'exec' | 'input' }>;

/** Ctrl C, as input for a command that runs in a container. */
export const INTERRUPT = '\u0003';

export interface LoggedIntent {
  readonly atMs: number;
  /** How many timers had fired before it: the exact place in the run. */
  readonly stepCount: number;
  readonly intent: Intent;
  /** The kubectl line that a person typed or that a button stands for. */
  readonly line: string | undefined;
}
