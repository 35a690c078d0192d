// The shell that containers run scripts in.
import { shells } from '../../cluster/kubelet/shell/late.ts';
import { isTrapped, stepShell } from '../../cluster/kubelet/shell/shell.ts';
import { newShell } from '../../cluster/kubelet/shell/shellStart.ts';
import { fill, type Part } from './part.ts';

export const shell: Part = [fill(shells, { newShell, stepShell, isTrapped })];
