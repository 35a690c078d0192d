// Whether a pod's PersistentVolumeClaims are there, are bound, and lead to this node. Models plugins/volumebinding/volume_binding.go
// and plugins/nodeaffinity of volumes. Leaves out binding claims of WaitForFirstConsumer classes to existing volumes and capacity.
import type { NodeSelectorTerm } from '../../../kube/kinds/pod.ts';
import { type KubeObject, keyFor } from '../../../kube/meta.ts';
import type { ClusterState } from '../clusterState.ts';
import type { Plugin } from '../plugin.ts';
import { claimNamesOf, type PodTemplate } from '../podTemplate.ts';
import type { Rejection } from '../rejection.ts';
import { matchesTerm } from './nodeSelectors.ts';

const name = 'VolumeBinding';

interface Claim extends KubeObject {
  readonly spec?: { readonly storageClassName?: string; readonly volumeName?: string };
}

interface Volume extends KubeObject {
  readonly spec?: { readonly nodeAffinity?: { readonly required?: { readonly nodeSelectorTerms?: readonly NodeSelectorTerm[] } } };
}

const refuse = (reason: string): Rejection => ({ plugin: name, reasons: [reason], isFinal: true });
const conflict = refuse("node(s) didn't match PersistentVolume's node affinity");

export const volumeBinding: Plugin = {
  name,
  isLocal: false,
  preFilter({ pod, namespace }, { objects }) {
    const claimNames = claimNamesOf(pod);
    if (claimNames.length === 0) return undefined;
    let isUnbound = false;
    for (const claimName of claimNames) {
      const claim = objects.get('PersistentVolumeClaim', keyFor('PersistentVolumeClaim', namespace, claimName)) as Claim | undefined;
      if (!claim) return { rejection: refuse(`persistentvolumeclaim "${claimName}" not found`) };
      if (claim.metadata.deletionTimestamp) return { rejection: refuse(`persistentvolumeclaim "${claimName}" is being deleted`) };
      if (!claim.spec?.volumeName && !isBoundLater(claim, objects)) isUnbound = true;
    }
    return isUnbound ? { rejection: refuse('pod has unbound immediate PersistentVolumeClaims') } : undefined;
  },
  filter(template, cluster) {
    const terms = volumeTerms(template, cluster);
    if (terms.length === 0) return undefined;
    return ({ node }) => (node && terms.every((list) => list.some((term) => matchesTerm(term, node))) ? undefined : conflict);
  },
  events: ['VolumeChange', 'NodeAdd', 'NodeUpdate'],
};

function isBoundLater(claim: Claim, objects: ClusterState['objects']): boolean {
  const className = claim.spec?.storageClassName;
  const storageClass = className ? objects.get('StorageClass', keyFor('StorageClass', undefined, className)) : undefined;
  return (storageClass as { readonly volumeBindingMode?: string } | undefined)?.volumeBindingMode === 'WaitForFirstConsumer';
}

/** The node selector terms of all volumes that the pod's claims are bound to. */
function volumeTerms({ pod, namespace }: PodTemplate, { objects }: ClusterState): (readonly NodeSelectorTerm[])[] {
  const lists: (readonly NodeSelectorTerm[])[] = [];
  for (const claimName of claimNamesOf(pod)) {
    const claim = objects.get('PersistentVolumeClaim', keyFor('PersistentVolumeClaim', namespace, claimName)) as Claim | undefined;
    const volumeName = claim?.spec?.volumeName;
    const volume = volumeName ? (objects.get('PersistentVolume', keyFor('PersistentVolume', undefined, volumeName)) as Volume) : undefined;
    const terms = volume?.spec?.nodeAffinity?.required?.nodeSelectorTerms;
    if (terms) lists.push(terms);
  }
  return lists;
}
