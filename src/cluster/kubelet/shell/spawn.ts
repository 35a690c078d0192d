// Programs that run programs: in their own place, or as a child that they wait for.
import type { Call, Outcome } from './call.ts';
import { type ExecFault, execute } from './execute.ts';
import { isAlive } from './sandbox.ts';

/** Becomes another program; a number: the exit code after that could not be, which was said. */
export function becomeOther(call: Call, argv: readonly string[]): Outcome {
  const fault = execute(call.kernel, call.process, argv);
  if (!fault) return 0;
  return call.fail(cannotRun(call, argv[0] ?? '', fault), fault === 'not found' || fault === 'not in path' ? 127 : 126);
}

function cannotRun(call: Call, name: string, fault: ExecFault): string {
  const reason = fault === 'not found' || fault === 'not in path' ? 'No such file or directory' : 'Permission denied';
  if (call.name === 'xargs') return `${name}: ${reason}`;
  if (call.isBusybox) return `can't execute '${name}': ${reason}`;
  return /^(nohup|timeout)$/.test(call.name) ? `failed to run command '${name}': ${reason}` : `'${name}': ${reason}`;
}

/** A child that runs these words; undefined: it could not be started, which was said. */
export function startChild(call: Call, argv: readonly string[], descriptors = call.process.descriptors): number | undefined {
  const body = { type: 'program', program: 'unknown', state: undefined } as const;
  const child = call.kernel.fork(call.process, { body: { ...body }, descriptors: { ...descriptors } });
  if (!child) {
    call.fail("can't fork: Resource temporarily unavailable");
    return undefined;
  }
  const fault = execute(call.kernel, child, argv);
  if (!fault) return child.id;
  call.kernel.reap(child);
  call.fail(cannotRun(call, argv[0] ?? '', fault));
  return undefined;
}

/** How a child ended; undefined: it has not. */
export function endOf(call: Call, child: number): number | undefined {
  const process = call.kernel.find(child);
  if (!process) return 127;
  if (isAlive(process)) return undefined;
  call.kernel.reap(process);
  return process.exitCode;
}

/** What a program remembers that runs several children one after the other. */
export interface Children {
  next: number;
  child: number | undefined;
  status: number;
}

/** Runs all, one after the other; undefined: all are done. */
export function runEach(call: Call, argvs: readonly (readonly string[])[], memory: Children): Outcome | undefined {
  for (;;) {
    if (memory.child !== undefined) {
      const status = endOf(call, memory.child);
      if (status === undefined) return { children: [memory.child] };
      memory.child = undefined;
      if (status !== 0) memory.status = status;
    }
    const argv = argvs[memory.next++];
    if (!argv) return undefined;
    memory.child = startChild(call, argv);
    if (memory.child === undefined) memory.status = 127;
  }
}
