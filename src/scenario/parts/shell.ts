// The shell that containers run scripts in, and the one of the terminal.
import { shells } from '../../cluster/kubelet/shell/late.ts';
import { interrupt, isTrapped, stepShell } from '../../cluster/kubelet/shell/shell.ts';
import { newShell } from '../../cluster/kubelet/shell/shellStart.ts';
import { terminalShells } from '../../kubectl/terminal/late.ts';
import { TerminalShell } from '../../kubectl/terminal/shell.ts';
import { fill, type Part } from './part.ts';

export const shell: Part = [fill(shells, { newShell, stepShell, isTrapped, interrupt }), fill(terminalShells, TerminalShell)];
