// What only a terminal needs whose lines are more than one kubectl command.
import { Late } from '../../base/late.ts';
import type { TerminalShell } from './shell.ts';

export const terminalShells = new Late<new () => TerminalShell>('shell');
