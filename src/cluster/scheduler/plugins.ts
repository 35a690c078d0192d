// The scheduler plugins, in the order in which they filter. Adding one is a file and a line here.
// Models pkg/scheduler/apis/config/v1/default_plugins.go. NodeName has nothing to say here: a pod that names its node is never queued.
import type { Late } from '../../base/late.ts';
import { claimNamesOf } from '../../kube/kinds/volumes.ts';
import type { ClusterState } from './clusterState.ts';
import { devices, interPodAffinity, volumeBinding, volumeRestrictions, volumeZone } from './late.ts';
import type { Plugin } from './plugin.ts';
import { imageLocality } from './plugins/imageLocality.ts';
import { nodeAffinity } from './plugins/nodeAffinity.ts';
import { nodePorts } from './plugins/nodePorts.ts';
import { nodeResourcesBalancedAllocation } from './plugins/nodeResourcesBalancedAllocation.ts';
import { nodeResourcesFit } from './plugins/nodeResourcesFit.ts';
import { nodeUnschedulable } from './plugins/nodeUnschedulable.ts';
import { podTopologySpread } from './plugins/podTopologySpread.ts';
import { taintToleration } from './plugins/taintToleration.ts';
import type { PodTemplate } from './podTemplate.ts';

const hasClaims = ({ pod }: PodTemplate) => claimNamesOf(pod).length > 0;
const asksForDevices = ({ pod }: PodTemplate) => pod.spec.resourceClaims !== undefined;
const isAffine = ({ affinity }: PodTemplate, { affineTemplates }: ClusterState) => affinity !== undefined || affineTemplates.size > 0;

export const plugins: readonly Plugin[] = [
  nodeUnschedulable,
  taintToleration,
  nodeAffinity,
  nodePorts,
  nodeResourcesFit,
  late('VolumeRestrictions', volumeRestrictions, hasClaims),
  late('VolumeBinding', volumeBinding, hasClaims),
  late('VolumeZone', volumeZone, hasClaims),
  podTopologySpread,
  late('InterPodAffinity', interPodAffinity, isAffine),
  late('DynamicResources', devices, asksForDevices),
  nodeResourcesBalancedAllocation,
  imageLocality,
];

/** A plugin that is asked only about some pods, and comes with the first of them. */
function late(name: string, plugin: Late<Plugin>, isAsked: (template: PodTemplate, cluster: ClusterState) => boolean): Plugin {
  return {
    name,
    isLocal: false,
    get weight() {
      return plugin.isThere ? plugin.get().weight : undefined;
    },
    get events() {
      return plugin.isThere ? plugin.get().events : [];
    },
    preFilter: (template, cluster) => (isAsked(template, cluster) ? plugin.get().preFilter?.(template, cluster) : undefined),
    filter: (template, cluster) => (isAsked(template, cluster) ? plugin.get().filter?.(template, cluster) : undefined),
    score: (template, cluster, feasible) => (isAsked(template, cluster) ? plugin.get().score?.(template, cluster, feasible) : undefined),
    hint: (event, template, cluster) => plugin.get().hint?.(event, template, cluster) ?? true,
  };
}
