// The scheduler plugins, in the order in which they filter. Adding one is a file and a line here.
// Models pkg/scheduler/apis/config/v1/default_plugins.go. NodeName has nothing to say here: a pod that names its node is never queued.
import type { Plugin } from './plugin.ts';
import { dynamicResources } from './plugins/dynamicResources.ts';
import { imageLocality } from './plugins/imageLocality.ts';
import { interPodAffinity } from './plugins/interPodAffinity.ts';
import { nodeAffinity } from './plugins/nodeAffinity.ts';
import { nodePorts } from './plugins/nodePorts.ts';
import { nodeResourcesBalancedAllocation } from './plugins/nodeResourcesBalancedAllocation.ts';
import { nodeResourcesFit } from './plugins/nodeResourcesFit.ts';
import { nodeUnschedulable } from './plugins/nodeUnschedulable.ts';
import { podTopologySpread } from './plugins/podTopologySpread.ts';
import { taintToleration } from './plugins/taintToleration.ts';
import { volumeBinding } from './plugins/volumeBinding.ts';
import { volumeRestrictions } from './plugins/volumeRestrictions.ts';
import { volumeZone } from './plugins/volumeZone.ts';

export const plugins: readonly Plugin[] = [
  nodeUnschedulable,
  taintToleration,
  nodeAffinity,
  nodePorts,
  nodeResourcesFit,
  volumeRestrictions,
  volumeBinding,
  volumeZone,
  podTopologySpread,
  interPodAffinity,
  dynamicResources,
  nodeResourcesBalancedAllocation,
  imageLocality,
];
