// The programs that containers run, but for the few that the runtime brings itself, and what they find outside the cluster.
import { OUTSIDE } from '../../cluster/kubelet/outside.ts';
import { generatedFiles } from '../../cluster/kubelet/shell/descriptors.ts';
import { outside, tools as programs } from '../../cluster/kubelet/shell/late.ts';
import { procFile } from '../../cluster/kubelet/shell/procFiles.ts';
import { PROGRAMS } from '../../cluster/kubelet/shell/programs/index.ts';
import { fill, type Part } from './part.ts';

export const tools: Part = [fill(programs, PROGRAMS), fill(generatedFiles, { procFile }), fill(outside, OUTSIDE)];
