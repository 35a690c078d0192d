// Databases, queues, languages and what is written in them.

import { JAVA_SCRIPTS } from '../../cluster/kubelet/shell/images/javaScripts.ts';
import { scripts } from '../../cluster/kubelet/shell/images/late.ts';
import { applications as programs } from '../../cluster/kubelet/shell/late.ts';
import { APPLICATIONS } from '../../cluster/kubelet/shell/programs/applications.ts';
import { fill, type Part } from './part.ts';

export const applications: Part = [fill(programs, APPLICATIONS), fill(scripts, JAVA_SCRIPTS)];
