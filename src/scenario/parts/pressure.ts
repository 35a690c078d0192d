// Machines that run out of memory or disk, and pods that take more than they may.
import { pressure as place } from '../../cluster/kubelet/late.ts';
import { NodePressure } from '../../cluster/kubelet/nodePressure.ts';
import { evictOverLimit } from '../../cluster/kubelet/storageLimits.ts';
import { fill, type Part } from './part.ts';

export const pressure: Part = [fill(place, { NodePressure, evictOverLimit })];
