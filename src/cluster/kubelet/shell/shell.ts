// One step of a shell: the commands of a signal's trap, the next node of its script, the next line of its input, or its end.

import type { Waiting } from './builtins/jobs.ts';
import { complaint } from './complaint.ts';
import { ShellContext } from './context.ts';
import { inputPipe, takeLine } from './descriptors.ts';
import { evaluate } from './evaluate.ts';
import { MissingError } from './expand.ts';
import type { Kernel } from './kernel.ts';
import { own } from './own.ts';
import { programOf } from './parser.ts';
import type { Process, Shell } from './process.ts';
import { ScriptError } from './scriptError.ts';
import { rootFrame } from './shellStart.ts';

export function stepShell(kernel: Kernel, process: Process, shell: Shell): void {
  const context = new ShellContext(kernel, process, shell);
  try {
    step(context);
  } catch (error) {
    if (!(error instanceof ScriptError)) throw error;
    context.giveUp(complaint(shell, error.message), statusOf(shell, error));
  }
}

function statusOf({ kind, isCommand }: Shell, error: ScriptError): number {
  if (kind !== 'bash') return 2;
  return error instanceof MissingError && isCommand ? 127 : 1;
}

function step(context: ShellContext): void {
  const { shell } = context;
  if (shell.startError !== undefined) {
    context.call([], {}).err(`${shell.kind === 'bash' ? 'bash' : 'sh'}: ${shell.startError}\n`);
    delete shell.startError;
  }
  const signal = shell.pending.shift();
  if (signal !== undefined) return runTrap(context, signal);
  const frame = shell.frames.at(-1);
  if (frame) return evaluate(context, frame);
  if (shell.unread !== undefined) return readCommands(context);
  return shell.exiting === undefined ? context.exit(shell.status) : context.kernel.end(context.process, shell.exiting);
}

function runTrap(context: ShellContext, signal: string): void {
  const action = context.shell.traps[signal];
  if (!action) return;
  context.push({ ...rootFrame(action, context.shell.kind), isTested: true, boundary: 'trap', restore: { status: context.shell.status } });
}

/** A shell that reads its commands from its input takes as many lines as make a whole command. */
function readCommands(context: ShellContext): void {
  const { shell, process, kernel } = context;
  if (shell.isInteractive && !shell.isPrompted) prompt(context);
  const line = takeLine(kernel, process, 0);
  if (line === undefined) {
    const input = inputPipe(process, 0);
    return context.wait(input === undefined ? {} : { input });
  }
  shell.isPrompted = false;
  const text = (shell.unread ?? '') + line;
  const isAtEnd = line === '';
  if (!isAtEnd && programOf(text, shell.kind).isIncomplete) {
    shell.unread = text;
    return;
  }
  shell.unread = isAtEnd ? undefined : '';
  if (text !== '') context.push(rootFrame(text, shell.kind));
}

/** Leaves what an interactive shell is doing, as Ctrl C does. */
export function interrupt(kernel: Kernel, process: Process, shell: Shell): void {
  process.wait = undefined;
  shell.unread = '';
  new ShellContext(kernel, process, shell).giveUp('', 130);
}

/** PS1 and PS2 as they stand, or `/ # ` of ash, `root@pod:/# ` of bash, and `> ` in the middle of a command. */
function prompt(context: ShellContext): void {
  const { shell, process, kernel } = context;
  const folder = (process.directory || '/').replace(/^\/root(?=\/|$)/, '~');
  const first = shell.kind === 'ash' ? `${folder} # ` : shell.kind === 'bash' ? `root@${kernel.sandbox.hostname}:${folder}# ` : '# ';
  context.call([], {}).err(own(shell.variables, shell.unread ? 'PS2' : 'PS1') ?? (shell.unread ? '> ' : first));
  shell.isPrompted = true;
}

/** True: the shell takes the signal itself. */
export function isTrapped(process: Process, shell: Shell, signal: string): boolean {
  const action = shell.traps[signal];
  if (action === undefined) return shell.isInteractive && shell.unread !== undefined && ['TERM', 'INT', 'QUIT'].includes(signal);
  if (action !== '' && !shell.pending.includes(signal)) shell.pending.push(signal);
  if (action !== '' && process.wait?.isInterruptible) {
    process.wait = undefined;
    const waiting = shell.frames.at(-1)?.state as Waiting | undefined;
    if (waiting) waiting.interruptedBy ??= signal;
  }
  return true;
}
