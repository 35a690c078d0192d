// Prefers nodes that have the pod's images already, weighed by their size and by how many nodes have them.
// Models plugins/imagelocality/image_locality.go.
import type { Container } from '../../../kube/kinds/pod.ts';
import type { ClusterState } from '../clusterState.ts';
import type { NodeState } from '../nodeState.ts';
import { type Plugin, SCORE_MAX } from '../plugin.ts';

const MB = 1024 * 1024;
const SIZE_MIN = 23 * MB;
/** Per container. */
const SIZE_MAX = 1000 * MB;

export const imageLocality: Plugin = {
  name: 'ImageLocality',
  isLocal: false,
  weight: 1,
  score({ pod }, cluster) {
    const sizes = imageSizes(cluster);
    if (sizes.size === 0) return undefined;
    const containers: readonly Container[] = [...(pod.spec.initContainers ?? []), ...pod.spec.containers];
    const most = SIZE_MAX * containers.length;
    return {
      of: (node) => {
        let sum = 0;
        for (const { image } of containers) sum += sizes.get(normalizedName(image ?? ''))?.get(node) ?? 0;
        const size = Math.min(Math.max(sum, SIZE_MIN), most);
        return Math.floor((SCORE_MAX * (size - SIZE_MIN)) / (most - SIZE_MIN));
      },
    };
  },
  events: [],
};

type ImageSizes = ReadonlyMap<string, ReadonlyMap<NodeState, number>>;
const known = new WeakMap<ClusterState, { readonly version: number; readonly sizes: ImageSizes }>();

function imageSizes(cluster: ClusterState): ImageSizes {
  const last = known.get(cluster);
  if (last?.version === cluster.imagesVersion) return last.sizes;
  const sizes = readImageSizes(cluster);
  known.set(cluster, { version: cluster.imagesVersion, sizes });
  return sizes;
}

/** The scaled size of every image on every node: its size times the share of the nodes that have it. */
function readImageSizes(cluster: ClusterState): ImageSizes {
  const nodes = cluster.list();
  const known = new Map<string, Map<NodeState, number>>();
  for (const node of nodes) {
    for (const { names = [], sizeBytes = 0 } of node.node?.status.images ?? []) {
      for (const name of names) {
        const sizes = known.get(name) ?? new Map<NodeState, number>();
        known.set(name, sizes.set(node, sizeBytes));
      }
    }
  }
  for (const sizes of known.values()) {
    const share = sizes.size / nodes.length;
    for (const [node, size] of sizes) sizes.set(node, Math.trunc(size * share));
  }
  return known;
}

function normalizedName(image: string): string {
  return image.lastIndexOf(':') <= image.lastIndexOf('/') ? `${image}:latest` : image;
}
