// What only containers with scripts need: the shell, and the programs that are more than a server.
import { Late } from '../../../base/late.ts';
import type { Kernel } from './kernel.ts';
import type { Process, Shell, ShellKind } from './process.ts';
import type { Program } from './program.ts';

interface Shells {
  /** Makes the process a shell. */
  newShell(kernel: Kernel, process: Process, argv: readonly string[], kind: ShellKind): void;
  stepShell(kernel: Kernel, process: Process, shell: Shell): void;
  isTrapped(process: Process, shell: Shell, signal: string): boolean;
}

export const shells = new Late<Shells>('shell');
export const tools = new Late<Readonly<Record<string, Program>>>('tools');
/** Databases, queues, languages and what is written in them: looked for after the tools. */
export const applications = new Late<Readonly<Record<string, Program>>>('applications');
