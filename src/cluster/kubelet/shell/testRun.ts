// For tests: a pod with one container that runs a script until it ends or nothing can happen any more.
import { lineText } from '../../../kube/inside.ts';
import type { Happening } from './happening.ts';
import type { BoxSpec, Sandbox } from './process.ts';
import { advance, execInBox, nextWakeMs, startBox } from './runtime.ts';
import { newSandbox } from './sandbox.ts';
import type { World } from './world.ts';

/** A world with nothing in it but time and chance. */
export function testWorld(given: Partial<World> = {}): World & { nowMs: number } {
  let seed = 1;
  return {
    nowMs: 0,
    random: () => {
      seed = (seed * 16807) % 2147483647;
      return seed / 2147483647;
    },
    disk: () => undefined,
    resolve: () => undefined,
    connect: () => 'refused',
    request: () => 'refused',
    ...given,
  };
}

export function testBox(given: Partial<BoxSpec> = {}): BoxSpec {
  return { name: 'app', run: 0, image: 'busybox:1.36', environment: {}, mounts: [], capabilities: { held: '0', bounding: '0' }, ...given };
}

export interface Ended {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number | undefined;
  readonly atMs: number;
  readonly sandbox: Sandbox;
  readonly happenings: readonly Happening[];
}

/** Lets time pass until `untilMs`, or until nothing more happens. */
export function runUntil(sandbox: Sandbox, world: { nowMs: number } & World, untilMs: number): Happening[] {
  const happenings = advance(sandbox, world);
  for (let next = nextWakeMs(sandbox, world); next !== undefined && next <= untilMs; next = nextWakeMs(sandbox, world)) {
    world.nowMs = Math.max(world.nowMs, next);
    happenings.push(...advance(sandbox, world));
  }
  return happenings;
}

/** Runs `sh -c script`, or these words, as the container's command. */
export function run(script: string | readonly string[], given: Partial<BoxSpec> = {}, untilMs = 100_000_000): Ended {
  const sandbox = newSandbox('pod', '10.0.0.5');
  const world = testWorld();
  const command = typeof script === 'string' ? ['sh', '-c', script] : script;
  const error = startBox(sandbox, testBox({ command, ...given }), world);
  if (error) return { stdout: '', stderr: error.message, exitCode: 128, atMs: 0, sandbox, happenings: [] };
  const happenings = runUntil(sandbox, world, untilMs);
  const { exitCode } = sandbox.boxes['app'] ?? {};
  return { stdout: logText(sandbox, 'stdout'), stderr: logText(sandbox, 'stderr'), exitCode, atMs: world.nowMs, sandbox, happenings };
}

export function logText(sandbox: Sandbox, stream: 'stdout' | 'stderr', box = 'app'): string {
  const log = sandbox.logs[box]?.at(-1);
  const lines = log?.lines.filter((line) => line.stream === stream).map(lineText) ?? [];
  return lines.join('') + (log?.partial[stream] ?? '');
}

/** A script and what it does; what is left out is empty or 0. */
export type Row = readonly [script: string, stdout: string, stderr?: string, exitCode?: number, atMs?: number];

/** What the script of a row did, as a row. */
export function rowOf(script: string, given: Partial<BoxSpec> = {}): Row {
  const { stdout, stderr, exitCode, atMs } = run(script, given);
  return [script, stdout, stderr, exitCode ?? -1, atMs];
}

export function wholeRow([script, stdout, stderr = '', exitCode = 0, atMs = 0]: Row): Row {
  return [script, stdout, stderr, exitCode, atMs];
}

/** Runs a command in the container from outside, until it ends. */
export function exec(sandbox: Sandbox, world: { nowMs: number } & World, argv: readonly string[], stdin?: string) {
  const session = execInBox(sandbox, 'app', argv, stdin === undefined ? {} : { stdin }, world);
  if ('message' in session) return { output: session.message, exitCode: 126 };
  advance(sandbox, world);
  for (let next = nextWakeMs(sandbox, world); session.exitCode === undefined && next !== undefined; next = nextWakeMs(sandbox, world)) {
    world.nowMs = next;
    advance(sandbox, world);
  }
  return { output: session.output.map(({ text }) => text).join(''), exitCode: session.exitCode };
}
