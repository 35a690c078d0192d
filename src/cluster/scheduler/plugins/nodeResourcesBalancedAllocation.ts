// Prefers nodes on which cpu and memory would be used to the same degree. Models plugins/noderesources/balanced_allocation.go.
import { type Plugin, SCORE_MAX } from '../plugin.ts';

export const nodeResourcesBalancedAllocation: Plugin = {
  name: 'NodeResourcesBalancedAllocation',
  isLocal: true,
  weight: 1,
  score({ requests }) {
    // A pod that asks for nothing would leave every balance as it is.
    if (requests.milliCPU === 0 && requests.memory === 0) return undefined;
    return {
      // The deviation of two shares from their mean is half their distance: 60 % of the cpu and 20 % of the memory give 1 - 0.2, so 80.
      of: ({ allocatable, milliCPU, memory }) => {
        if (allocatable.milliCPU === 0 || allocatable.memory === 0) return SCORE_MAX;
        const cpuShare = Math.min(1, (milliCPU + requests.milliCPU) / allocatable.milliCPU);
        const memoryShare = Math.min(1, (memory + requests.memory) / allocatable.memory);
        return Math.trunc((1 - Math.abs((cpuShare - memoryShare) / 2)) * SCORE_MAX);
      },
    };
  },
  events: [],
};
