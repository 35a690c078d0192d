// The programs that containers run, but for the few that the runtime brings itself.
import { tools as programs } from '../../cluster/kubelet/shell/late.ts';
import { PROGRAMS } from '../../cluster/kubelet/shell/programs/index.ts';
import { fill, type Part } from './part.ts';

export const tools: Part = [fill(programs, PROGRAMS)];
