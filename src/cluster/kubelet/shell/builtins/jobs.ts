// Builtins for processes: wait kill jobs.
import type { Builtin } from '../builtin.ts';
import type { Outcome } from '../call.ts';
import type { ShellContext } from '../context.ts';
import type { Frame } from '../process.ts';
import { kill } from '../programs/kill.ts';
import { signalNumber } from '../signals.ts';

/** What `wait` remembers: the signal with a trap that has ended it. */
export interface Waiting {
  interruptedBy: string | undefined;
}

const wait: Builtin = {
  run(context, call) {
    const { shell } = context;
    const { interruptedBy } = call.remember<Waiting>(() => ({ interruptedBy: undefined }));
    if (interruptedBy !== undefined) return 128 + signalNumber(interruptedBy);
    if (call.args[0] === '-n' && shell.kind === 'bash') return waitForFirst(context);
    const wanted = call.args.length > 0 ? call.args.map((word) => jobNamed(context, word)) : [...shell.jobs];
    const unknown = call.args.find((word, i) => wanted[i] === undefined && (word.startsWith('%') || shell.kind === 'bash'));
    if (unknown?.startsWith('%')) return noSuchJob(context, unknown, 'wait', 127);
    if (unknown !== undefined) context.complain(`pid ${unknown} is not a child of this shell`, 'wait');
    let status = 0;
    for (const id of wanted) {
      // bash says nothing of a signal that ended what a script waits for.
      const ended = id === undefined ? 127 : shell.kind === 'bash' ? context.reap(id) : context.reapLoudly(id);
      if (ended === undefined) return { children: [id as number], isInterruptible: true };
      status = call.args.length > 0 ? ended : 0;
    }
    return status;
  },
};

function noSuchJob(context: ShellContext, word: string, builtin: string, statusOfBash: number): number {
  const { kind } = context.shell;
  context.complain(kind === 'dash' ? `No such job: ${word}` : `${word}: no such job`, builtin);
  return kind === 'bash' ? statusOfBash : 2;
}

/** `wait -n`: whichever ends first. */
function waitForFirst(context: ShellContext): Outcome {
  const jobs = [...context.shell.jobs];
  for (const id of jobs) {
    const ended = context.reap(id);
    if (ended !== undefined) return ended;
  }
  return jobs.length === 0 ? 127 : { children: jobs, isInterruptible: true };
}

/** `%1`, `%%` or a process's number. */
function jobNamed(context: ShellContext, word: string): number | undefined {
  const { jobs } = context.shell;
  if (word === '%%' || word === '%+') return jobs.at(-1);
  if (word.startsWith('%')) return jobs[Number(word.slice(1)) - 1];
  return jobs.find((id) => context.kernel.find(id)?.pid === Number(word));
}

const list: Builtin = {
  run(context, call) {
    const { jobs, jobsAbove = [], kind } = context.shell;
    // In a pipe `jobs` lists those of the shell that made the pipe.
    const listed = jobs.length > 0 || kind === 'dash' ? jobs : jobsAbove;
    for (const [i, id] of listed.entries()) {
      const process = context.kernel.find(id);
      if (!process) continue;
      const state = process.exitCode === undefined ? 'Running' : 'Done';
      call.out(call.args.includes('-p') ? `${process.pid}\n` : `[${i + 1}]+  ${state}${' '.repeat(20)}${process.argv.join(' ')}\n`);
    }
    return 0;
  },
};

const killBuiltin: Builtin = {
  run(context, call) {
    const unknown = call.args.find((word) => word.startsWith('%') && jobNamed(context, word) === undefined);
    if (unknown !== undefined) return noSuchJob(context, unknown, 'kill', 1);
    const words = call.argv.map((word) => (word.startsWith('%') ? String(context.kernel.find(jobNamed(context, word) ?? -1)?.pid) : word));
    return kill.run(context.call(words, {}));
  },
};

/** Without job control nothing goes to the background or comes back; `fg` at a terminal waits for the last job. */
function jobControl(name: 'bg' | 'fg'): Builtin {
  return {
    run(context, call) {
      const { kind, isInteractive, jobs: all } = context.shell;
      if (kind === 'bash' && !isInteractive) {
        context.complain('no job control', name);
        return 1;
      }
      if (name === 'fg' && all.length > 0) return wait.run(context, call, context.shell.frames.at(-1) as Frame);
      context.complain('No current job', name);
      return 2;
    },
  };
}

export const jobs: Readonly<Record<string, Builtin>> = {
  wait,
  jobs: list,
  kill: killBuiltin,
  bg: jobControl('bg'),
  fg: jobControl('fg'),
};
