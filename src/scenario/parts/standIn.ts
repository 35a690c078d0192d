// The stand-in kubelet, whose containers do not run for real.
import { standIn as place } from '../../cluster/kubelet/late.ts';
import { podStages } from '../../cluster/kubelet/podStages.ts';
import { exit } from '../../cluster/kubelet/stageContainers.ts';
import { fill, type Part } from './part.ts';

export const standIn: Part = [fill(place, { podStages, exit })];
