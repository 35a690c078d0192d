// What only containers with scripts need: the shell, and the programs that are more than a server.
import { Late } from '../../../base/late.ts';
import type { Kernel } from './kernel.ts';
import type { Process, Shell, ShellKind } from './process.ts';
import type { Program } from './program.ts';
import type { HttpAnswer, HttpRequest, NetworkFault } from './world.ts';

interface Shells {
  /** Makes the process a shell. */
  newShell(kernel: Kernel, process: Process, argv: readonly string[], kind: ShellKind): void;
  stepShell(kernel: Kernel, process: Process, shell: Shell): void;
  isTrapped(process: Process, shell: Shell, signal: string): boolean;
  /** Leaves what an interactive shell is doing, as Ctrl C does. */
  interrupt(kernel: Kernel, process: Process, shell: Shell): void;
}

/** What is outside the cluster. */
export interface Outside {
  /** The address of a name; undefined: nobody knows it. */
  addressOf(host: string): string | undefined;
  connect(address: string, port: number): 'open' | NetworkFault;
  request(address: string, port: number, request: HttpRequest): HttpAnswer | NetworkFault;
}

/** Addresses that stand in documents for any. */
export const OUTSIDE_NETWORK = '203.0.113.';

export const shells = new Late<Shells>('shell');
export const tools = new Late<Readonly<Record<string, Program>>>('tools');
export const outside = new Late<Outside>('tools');
/** Databases, queues, languages and what is written in them: looked for after the tools. */
export const applications = new Late<Readonly<Record<string, Program>>>('applications');
