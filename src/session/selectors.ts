// What views read of a session's state, and how moments are written.
import { POD_INSIDE } from '../kube/inside.ts';
import type { Change } from '../kube/meta.ts';
import type { SessionState, TerminalEntry } from './session.ts';

/** `2:56`, `1:02:03`. */
export function formatMoment(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const minutes = Math.floor(seconds / 60);
  const pad = (n: number) => String(n).padStart(2, '0');
  return minutes < 60 ? `${minutes}:${pad(seconds % 60)}` : `${Math.floor(minutes / 60)}:${pad(minutes % 60)}:${pad(seconds % 60)}`;
}

/** `67 s`, `4:10`: a length of time in a sentence. */
export function formatLength(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1000));
  return seconds < 120 ? `${seconds} s` : formatMoment(ms);
}

export function selectIsPast({ playheadMs, endMs }: SessionState): boolean {
  return playheadMs < endMs;
}

/** The clock, in whole seconds: views that show it need not be drawn every frame. */
export function selectSecond({ playheadMs }: SessionState): number {
  return Math.floor(playheadMs / 1000);
}

/** The last line typed up to the moment shown. */
export function selectLastEntry({ terminal, playheadMs }: SessionState): TerminalEntry | undefined {
  return terminal.findLast(({ atMs }) => atMs <= playheadMs);
}

/** What the command that has the terminal has printed on the line at which one types: its prompt. Undefined: no command has it. */
export function selectOpenLine({ terminal, reader }: SessionState): string | undefined {
  const entry = reader === undefined ? undefined : terminal.find(({ id }) => id === reader);
  const text = entry?.output.at(-1)?.text ?? '';
  return entry && text.slice(text.lastIndexOf('\n') + 1);
}

/** Events are reports about changes; a step is a change that can be seen. */
export function isVisible({ table }: Pick<Change, 'table'>): boolean {
  return table !== 'Event' && table !== POD_INSIDE;
}

/** No pods, and nobody who would cut one. */
export function selectIsEmpty({ snapshot }: SessionState): boolean {
  return snapshot.list('Pod').length === 0 && OWNERS.every((kind) => snapshot.list(kind).length === 0);
}

const OWNERS = ['Deployment', 'ReplicaSet', 'ReplicationController', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob'];
