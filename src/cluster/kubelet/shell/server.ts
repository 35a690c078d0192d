// Programs that listen and answer: they open their ports, say so, and go on until a signal ends them.
import type { Call, Outcome } from './call.ts';
import { listen } from './network.ts';
import type { Program } from './program.ts';

/** So often it tries to have a port that is taken, with a pause after each time, before which it says so. */
interface Again {
  readonly times: number;
  readonly everyMs: number;
  readonly say: (call: Call) => void;
  /** Its last words; the exit code. */
  readonly giveUp: (call: Call) => number;
}

export interface Server {
  /** What must be right before it starts; a number is the exit code after it was said what is wrong. */
  readonly prepare?: (call: Call) => number | undefined;
  readonly ports: (call: Call) => readonly number[];
  /** Says on the error output that a port is taken; the exit code. */
  readonly onPortTaken: (call: Call, port: number) => number;
  readonly again?: Again;
  /** From start to the first answer. */
  readonly startMs?: number;
  readonly onReady?: (call: Call) => void;
  readonly memoryBytes?: number;
  readonly cpuMilli?: number;
  /** The exit codes of the signals that it handles; the others do what signals do by default. */
  readonly signals?: Readonly<Record<string, number>>;
  /** Ends with this code by signals that the kernel spares process 1. */
  readonly sparedCode?: number;
  readonly answer?: NonNullable<Program['answer']>;
  /** Said when a signal ends it. */
  readonly onStop?: (call: Call, signal: string) => void;
  /** Called at each of its turns; what it waits for. */
  readonly onTurn?: (call: Call) => Outcome;
}

interface Started {
  readyMs: number;
  isReady: boolean;
  triesLeft: number;
  kept?: unknown;
}

export function server(spec: Server): Program {
  return {
    run(call) {
      const mistake = call.isFirstStep ? spec.prepare?.(call) : undefined;
      if (mistake !== undefined) return mistake;
      const started = call.remember<Started>(() => begin(call, spec));
      if (started.readyMs > call.nowMs) return { untilMs: started.readyMs };
      if (!started.isReady) {
        const taken = spec.ports(call).find((port) => !listen(call.kernel, call.process, port));
        if (taken !== undefined) return withoutPort(call, spec, started, taken);
        started.isReady = true;
        spec.onReady?.(call);
      }
      return spec.onTurn?.(call) ?? {};
    },
    onSignal(call, signal) {
      const code = spec.signals?.[signal] ?? (call.process.pid === 1 && DEADLY.has(signal) ? spec.sparedCode : undefined);
      if (code !== undefined) spec.onStop?.(call, signal);
      return code;
    },
    ...(spec.answer && { answer: spec.answer }),
  };
}

/** What a server keeps in memory as long as it runs. */
export function keptBy<T>(call: Call, make: () => T): T {
  const started = call.remember<Started>(() => ({ readyMs: 0, isReady: false, triesLeft: 0 }));
  started.kept ??= make();
  return started.kept as T;
}

function withoutPort(call: Call, { onPortTaken, again }: Server, started: Started, port: number): Outcome {
  if (again && started.triesLeft === 0) return again.giveUp(call);
  const code = onPortTaken(call, port);
  if (!again) return code;
  again.say(call);
  started.triesLeft--;
  started.readyMs = call.nowMs + again.everyMs;
  return { untilMs: started.readyMs };
}

function begin(call: Call, spec: Server): Started {
  call.process.memoryBytes = spec.memoryBytes ?? 0;
  call.process.cpuMilli = spec.cpuMilli ?? 0;
  return { readyMs: call.nowMs + (spec.startMs ?? 0), isReady: false, triesLeft: spec.again?.times ?? 0 };
}

/** What most programs say. */
export function saysAddressInUse(call: Call, port: number): number {
  return call.fail(`listen tcp :${port}: bind: address already in use`);
}

const DEADLY: ReadonlySet<string> = new Set(['TERM', 'INT', 'HUP']);

export const MEBIBYTE = 1 << 20;

/** A server that ends at once and in order when it is asked to. */
export const ENDS_ON_TERM = { TERM: 0, INT: 0 } as const;
