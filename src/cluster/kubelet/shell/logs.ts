// What containers print, line by line, as the runtime keeps it: this run and the one before, the oldest lines dropped for want of room.

import type { LogLine } from '../../../kube/inside.ts';
import { own } from './own.ts';
import type { LogRun, Sandbox, Session } from './process.ts';

/** Lines of one run; a real kubelet keeps files of 10 MiB, five of them. */
const LINES_MAX = 2000;
/** How many lines are dropped at once, so that dropping is not done for each line. */
const DROP_COUNT = 200;
/** As containerd: longer lines are cut into pieces. */
const LINE_LETTERS_MAX = 16384;
/** This run and the one before. */
const RUNS_MAX = 2;

export function beginLog(sandbox: Sandbox, box: string, run: number, nowMs: number): void {
  const runs = own(sandbox.logs, box) ?? [];
  sandbox.logs[box] = [...runs.slice(1 - RUNS_MAX), { run, beganMs: nowMs, lines: [], dropped: 0, partial: { stdout: '', stderr: '' } }];
}

export function appendLog(sandbox: Sandbox, box: string, stream: 'stdout' | 'stderr', text: string, nowMs: number): void {
  const log = sandbox.logs[box]?.at(-1);
  if (!log) return;
  const lines = (log.partial[stream] + text).split('\n');
  log.partial[stream] = lines.pop() as string;
  for (const line of lines) addLine(log, { atMs: nowMs, stream, text: line });
  while (log.partial[stream].length > LINE_LETTERS_MAX) {
    addLine(log, { atMs: nowMs, stream, text: log.partial[stream].slice(0, LINE_LETTERS_MAX), isOpen: true });
    log.partial[stream] = log.partial[stream].slice(LINE_LETTERS_MAX);
  }
}

/** At a container's end what stands after the last line's end is a line, too. */
export function endLog(sandbox: Sandbox, box: string, nowMs: number): void {
  const log = sandbox.logs[box]?.at(-1);
  if (!log) return;
  for (const stream of ['stdout', 'stderr'] as const) {
    if (log.partial[stream]) addLine(log, { atMs: nowMs, stream, text: log.partial[stream], isOpen: true });
    log.partial[stream] = '';
  }
}

/** What a container has printed in this run, or only what stands after the last line's end. */
export function textsOf(sandbox: Sandbox, box: string, isFromStart: boolean): Session['output'] {
  const log = own(sandbox.logs, box)?.at(-1);
  const lines = isFromStart && log ? log.lines.map(({ stream, text, isOpen }) => ({ stream, text: isOpen ? text : `${text}\n` })) : [];
  const rest = (['stdout', 'stderr'] as const).map((stream) => ({ stream, text: log?.partial[stream] ?? '' }));
  return [...lines, ...rest.filter(({ text }) => text !== '')];
}

function addLine(log: LogRun, line: LogLine): void {
  log.lines.push(line);
  if (log.lines.length <= LINES_MAX) return;
  log.lines.splice(0, DROP_COUNT);
  log.dropped += DROP_COUNT;
}
