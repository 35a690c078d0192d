// What processes are when it is their turn: shells, and the programs of the registry.
import { Call, type Outcome, WriteError } from './call.ts';
import { StillWritten } from './descriptors.ts';
import type { Bodies, Kernel } from './kernel.ts';
import { applications, shells, tools } from './late.ts';
import type { Process } from './process.ts';
import type { Program } from './program.ts';
import { entrypoint } from './programs/entrypoint.ts';
import { nginx } from './programs/nginx.ts';
import { pause } from './programs/pause.ts';
import { sleep } from './programs/sleep.ts';
import { isAlive } from './sandbox.ts';

/** A program that is there and is not simulated says so. */
const NOT_SIMULATED: Program = { run: (call) => call.fail('not simulated', 127) };

/** What containers run that only have to be there; all else comes with the shell, whose scripts call it. */
const FIRST: Readonly<Record<string, Program>> = Object.assign(Object.create(null), { entrypoint, nginx, pause, sleep });

function programOf({ world }: Kernel, { body }: Process): Program | undefined {
  if (body.type !== 'program') return undefined;
  return (
    FIRST[body.program] ??
    (world.programs?.[body.program] as Program | undefined) ??
    tools.get()[body.program] ??
    applications.get()[body.program] ??
    NOT_SIMULATED
  );
}

function callOf(kernel: Kernel, process: Process): Call {
  return new Call(kernel, process, process.argv, process.body.type === 'program' ? process.body : {});
}

export const bodies: Bodies = {
  step(kernel, process) {
    if (process.body.type === 'shell') return shells.get().stepShell(kernel, process, process.body);
    const call = callOf(kernel, process);
    const outcome = runProgram(call, programOf(kernel, process) as Program);
    if (!isAlive(process)) return;
    // A program that has become another one begins at its next step.
    if (outcome === 'executed') return;
    if (typeof outcome === 'number') kernel.end(process, outcome);
    else process.wait = outcome;
  },

  isSignalTaken(kernel, process, signal) {
    if (process.body.type === 'shell') return shells.get().isTrapped(process, process.body, signal);
    const outcome = programOf(kernel, process)?.onSignal?.(callOf(kernel, process), signal);
    if (typeof outcome === 'number') kernel.end(process, outcome);
    return outcome !== undefined;
  },

  answer(kernel, process, request, port) {
    return programOf(kernel, process)?.answer?.(callOf(kernel, process), request, port) ?? 'reset';
  },

  knock(kernel, process) {
    programOf(kernel, process)?.onKnock?.(callOf(kernel, process));
  },
};

function runProgram(call: Call, program: Program): Outcome | 'executed' {
  const { body } = call.process;
  try {
    const outcome = program.run(call);
    return call.process.body === body ? outcome : 'executed';
  } catch (error) {
    if (error instanceof StillWritten) return error.wait;
    if (!(error instanceof WriteError)) throw error;
    return call.fail(`write error: ${error.message}`);
  }
}
