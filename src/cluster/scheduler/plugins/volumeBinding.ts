// Whether a pod's PersistentVolumeClaims are there and bound, or can be bound on this node, and whether their volumes reach it.
// Models pkg/scheduler/framework/plugins/volumebinding/volume_binding.go; what it reserves and pre-binds is volumes.ts beside the
// scheduler. Leaves out the scores by storage capacity.
import { claimNamesOf, ephemeralClaimName, type PersistentVolumeClaim } from '../../../kube/kinds/volumes.ts';
import { keyFor } from '../../../kube/meta.ts';
import { claimsOf, openVolumes, placementOn, reachesNode, sortedClaims, volumeOf } from '../claims.ts';
import type { ClusterState } from '../clusterState.ts';
import type { Plugin } from '../plugin.ts';
import type { PodTemplate } from '../podTemplate.ts';
import type { Rejection } from '../rejection.ts';

const name = 'VolumeBinding';

const refuse = (reason: string): Rejection => ({ plugin: name, reasons: [reason], isFinal: true });
const conflict = refuse("node(s) didn't match PersistentVolume's node affinity");
const noVolume = refuse("node(s) didn't find available persistent volumes to bind");
const gone = refuse('node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)');

export const volumeBinding: Plugin = {
  name,
  isLocal: false,
  preFilter(template, cluster) {
    if (claimNamesOf(template.pod).length === 0) return undefined;
    const problem = claimProblem(template, cluster);
    if (problem !== undefined) return { rejection: refuse(problem) };
    const { immediate } = sortedClaims(claimsOf(template.pod, cluster.objects), cluster.objects);
    return immediate.length > 0 ? { rejection: refuse('pod has unbound immediate PersistentVolumeClaims') } : undefined;
  },
  filter({ pod }, { objects }) {
    const claims = claimsOf(pod, objects);
    if (claims.length === 0) return undefined;
    const { bound, later } = sortedClaims(claims, objects);
    const volumes = bound.map((claim) => volumeOf(claim, objects));
    const candidates = later.length > 0 ? openVolumes(later, objects) : [];
    return ({ node }) => {
      if (!node) return undefined;
      const reasons: Rejection[] = [];
      if (volumes.some((volume) => !volume)) return gone;
      if (volumes.some((volume) => volume && !reachesNode(volume, node))) reasons.push(conflict);
      if (later.length > 0 && !placementOn(node, later, candidates, objects)) reasons.push(noVolume);
      if (reasons.length === 0) return undefined;
      return { plugin: name, isFinal: true, reasons: reasons.flatMap((each) => each.reasons) };
    };
  },
  events: ['VolumeChange', 'NodeAdd', 'NodeUpdate'],
  hint(event, { pod, namespace }) {
    if (event.type !== 'VolumeChange') return true;
    const { before, after } = event;
    if (!after) return false;
    if (after.kind !== 'PersistentVolumeClaim') return !before || after.kind !== 'StorageClass' || 'allowedTopologies' in after;
    return after.metadata.namespace === namespace && claimNamesOf(pod).includes(after.metadata.name);
  },
};

/** What is wrong with the claims themselves. */
function claimProblem({ pod, namespace }: PodTemplate, { objects }: ClusterState): string | undefined {
  for (const claimName of claimNamesOf(pod)) {
    const claim = objects.get('PersistentVolumeClaim', keyFor('PersistentVolumeClaim', namespace, claimName)) as
      | PersistentVolumeClaim
      | undefined;
    if (!claim) {
      const isEphemeral = pod.spec.volumes?.some((volume) => volume['ephemeral'] && ephemeralClaimName(pod, volume.name) === claimName);
      return isEphemeral
        ? `waiting for ephemeral volume controller to create the persistentvolumeclaim "${claimName}"`
        : `persistentvolumeclaim "${claimName}" not found`;
    }
    if (claim.status?.phase === 'Lost') {
      return `persistentvolumeclaim "${claimName}" bound to non-existent persistentvolume "${claim.spec.volumeName ?? ''}"`;
    }
    if (claim.metadata.deletionTimestamp) return `persistentvolumeclaim "${claimName}" is being deleted`;
  }
  return undefined;
}
