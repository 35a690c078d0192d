// Worlds that begin with the machines and pods of a cluster that ran elsewhere.
import * as adopt from '../../cluster/kubelet/adopt.ts';
import { adoption } from '../../cluster/kubelet/late.ts';
import { fill, type Part } from './part.ts';

export const objects: Part = [fill(adoption, adopt)];
