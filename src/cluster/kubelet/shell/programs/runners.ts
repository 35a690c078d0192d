// Programs that run others: timeout watch xargs nohup nice time.
import type { Call, Outcome } from '../call.ts';
import { formatDate } from '../dates.ts';
import { readOptions } from '../options.ts';
import type { Program } from '../program.ts';
import { readAll } from '../readAll.ts';
import { signalNamed } from '../signals.ts';
import { becomeOther, type Children, endOf, runEach, startChild } from '../spawn.ts';
import { secondsOf } from './sleep.ts';

interface Timed {
  child: number | undefined;
  untilMs: number;
  isKilled: boolean;
}

function timeoutUsage(call: Call): number {
  if (call.isBusybox) return call.missingOperand('[-s SIG] [-k KILL_SECS] SECS PROG ARGS');
  call.err(`${call.moreHelp}\n`);
  return 125;
}

export const timeout: Program = {
  run(call) {
    const options = readOptions(call, '+s:k:t:', { 'signal=': 's', 'kill-after=': 'k', 'preserve-status': 'p', foreground: 'f' });
    if (typeof options === 'number') return options;
    const old = options.value('t');
    const [duration = '', ...argv] = old === undefined ? options.operands : [old, ...options.operands];
    const seconds = secondsOf(duration);
    if (argv.length === 0) return timeoutUsage(call);
    if (seconds === undefined) {
      return call.isBusybox ? call.fail(`invalid number '${duration}'`) : call.misuse(`invalid time interval '${duration}'`);
    }
    const timed = call.remember<Timed>(() => ({ child: startChild(call, argv), untilMs: call.nowMs + seconds * 1000, isKilled: false }));
    if (timed.child === undefined) return 127;
    const signal = call.kernel.find(timed.child)?.endedBy;
    const status = endOf(call, timed.child);
    if (status !== undefined && timed.isKilled && !call.isBusybox) return signal === 'KILL' ? status : 124;
    // That of busybox becomes the command, and so ends as it does.
    if (status !== undefined && signal && call.isBusybox) call.kernel.end(call.process, status, signal);
    if (status !== undefined) return status;
    if (seconds > 0 && timed.untilMs <= call.nowMs && !timed.isKilled) {
      timed.isKilled = true;
      const child = call.kernel.find(timed.child);
      if (child) call.kernel.signal(child, signalNamed(options.value('s') ?? 'TERM') ?? 'TERM');
      const after = secondsOf(options.value('k') ?? '');
      timed.untilMs = after === undefined ? Number.MAX_SAFE_INTEGER : call.nowMs + after * 1000;
    } else if (timed.isKilled && timed.untilMs <= call.nowMs) {
      const child = call.kernel.find(timed.child);
      if (child) call.kernel.signal(child, 'KILL');
    }
    return { children: [timed.child], untilMs: timed.untilMs };
  },
};

export const watch: Program = {
  run(call) {
    const options = readOptions(call, '+n:tdex', { 'interval=': 'n' });
    if (typeof options === 'number') return options;
    const everyMs = Math.max(100, (Number(options.value('n') ?? 2) || 2) * 1000);
    const command = options.operands.join(' ');
    const memory = call.remember<{ child: number | undefined; nextMs: number }>(() => ({ child: undefined, nextMs: call.nowMs }));
    if (memory.child !== undefined) {
      if (endOf(call, memory.child) === undefined) return { children: [memory.child] };
      memory.child = undefined;
    }
    if (memory.nextMs > call.nowMs) return { untilMs: memory.nextMs };
    memory.nextMs = call.nowMs + everyMs;
    if (!options.has('t'))
      call.out(`Every ${(everyMs / 1000).toFixed(1)}s: ${command}${' '.repeat(10)}${formatDate(call.nowMs, '%Y-%m-%d %H:%M:%S')}\n\n`);
    memory.child = startChild(call, ['sh', '-c', command]);
    return memory.child === undefined ? 127 : { children: [memory.child] };
  },
};

/** As many words as xargs gives to one command. */
const WORDS_MAX = 5000;

export const xargs: Program = {
  run(call) {
    const options = readOptions(call, '+n:I:0rL:P:td:', { null: '0', 'no-run-if-empty': 'r', 'max-args=': 'n', 'max-procs=': 'P' });
    if (typeof options === 'number') return options;
    const memory = call.remember<Children & { text: string; argvs: string[][] | undefined }>(() => ({
      text: '',
      argvs: undefined,
      next: 0,
      child: undefined,
      status: 0,
    }));
    if (!memory.argvs) {
      const text = readAll(call, []);
      if (typeof text !== 'string') return text;
      const command = options.operands.length > 0 ? options.operands : ['echo'];
      memory.argvs = commandsFor(text, command, {
        placeholder: options.value('I'),
        count: options.has('L') ? 1 : Number(options.value('n') ?? WORDS_MAX),
        separator: options.has('0') ? '\0' : options.value('d'),
        isAlways: !options.has('r'),
      });
    }
    return runEach(call, memory.argvs, memory) ?? (memory.status === 0 ? 0 : memory.status === 127 ? 127 : 123);
  },
};

interface Ways {
  readonly placeholder: string | undefined;
  readonly count: number;
  readonly separator: string | undefined;
  readonly isAlways: boolean;
}

function commandsFor(text: string, command: readonly string[], { placeholder, count, separator, isAlways }: Ways): string[][] {
  if (placeholder !== undefined) {
    const lines = text
      .split(separator ?? '\n')
      .map((line) => line.trim())
      .filter((line) => line !== '');
    return lines.map((line) => command.map((word) => word.replaceAll(placeholder, line)));
  }
  const words = separator === undefined ? wordsOf(text) : text.split(separator).filter((word) => word !== '' && word !== '\n');
  const commands: string[][] = [];
  for (let i = 0; i < words.length; i += count) commands.push([...command, ...words.slice(i, i + count)]);
  return commands.length === 0 && isAlways && separator !== '\0' ? [[...command]] : commands;
}

/** Words between blanks; quotes and backslashes keep blanks. */
function wordsOf(text: string): string[] {
  const found = text.match(/(?:"[^"\n]*"|'[^'\n]*'|\\[^]|[^\s"'\\])+/g) ?? [];
  return found.map((word) =>
    word.replace(/"([^"\n]*)"|'([^'\n]*)'|\\([^])/g, (_whole, a?: string, b?: string, c?: string) => a ?? b ?? c ?? ''),
  );
}

/** nohup, nice, setsid and the like: the command after the options takes their place. */
export const nohup: Program = {
  run(call) {
    const options = readOptions(call, '+n:');
    if (typeof options === 'number') return options;
    if (call.name === 'nohup') call.process.ignored.push('HUP');
    return options.operands.length === 0 ? call.fail('missing operand', 125) : becomeOther(call, options.operands);
  },
};

export const time: Program = {
  run(call): Outcome {
    const memory = call.remember<{ child: number | undefined; fromMs: number }>(() => ({
      child: startChild(call, call.args),
      fromMs: call.nowMs,
    }));
    if (memory.child === undefined) return 127;
    const status = endOf(call, memory.child);
    if (status === undefined) return { children: [memory.child] };
    call.err(timesText(call.nowMs - memory.fromMs));
    return status;
  },
};

function timesText(ms: number): string {
  const shown = `${Math.floor(ms / 60_000)}m ${((ms % 60_000) / 1000).toFixed(2)}s`;
  return `real\t${shown}\nuser\t0m 0.00s\nsys\t0m 0.00s\n`;
}
