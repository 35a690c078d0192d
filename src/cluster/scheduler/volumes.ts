// What the scheduler does about a pod's volumes between choosing a node and binding the pod: it takes the volumes that are there,
// asks for the others to be made for that node, and looks every second whether all claims are bound.
// Models AssumePodVolumes and BindPodVolumes of pkg/scheduler/framework/plugins/volumebinding/binder.go.
import type { Node } from '../../kube/kinds/node.ts';
import type { Pod } from '../../kube/kinds/pod.ts';
import {
  BOUND_BY_CONTROLLER,
  claimNamesOf,
  isBoundTo,
  type PersistentVolume,
  type PersistentVolumeClaim,
  SELECTED_NODE,
} from '../../kube/kinds/volumes.ts';
import { keyFor } from '../../kube/meta.ts';
import type { ApiServer } from '../apiServer.ts';
import { claimsOf, isClaimBound, openVolumes, type Placement, placementOn, reachesNode, sortedClaims, volumeOf } from './claims.ts';
import type { ObjectSource } from './clusterState.ts';

/** A pod whose node is chosen and whose volumes are not all bound yet. */
export interface AwaitedVolumes {
  readonly podUid: string;
  readonly nodeName: string;
  /** When waiting for them is given up. */
  readonly untilMs: number;
}

/** What has to happen to a pod's claims for this node; undefined when all are bound. */
export function volumeWork(pod: Pod, node: Node, objects: ObjectSource): Placement | undefined {
  const claims = claimsOf(pod, objects);
  if (claims.length === 0) return undefined;
  const { later } = sortedClaims(claims, objects);
  if (later.length === 0) return undefined;
  return placementOn(node, later, openVolumes(later, objects), objects);
}

/** Reserves the volumes that were taken, and says on the other claims for which node their volume is wanted. */
export function startVolumeWork({ taken, toProvision }: Placement, nodeName: string, api: ApiServer): void {
  for (const { claim, volume } of taken) reserve(volume, claim, api);
  for (const claim of toProvision) {
    if (claim.metadata.annotations?.[SELECTED_NODE] === nodeName) continue;
    const annotations = { ...claim.metadata.annotations, [SELECTED_NODE]: nodeName };
    api.update<PersistentVolumeClaim>({ ...claim, metadata: { ...claim.metadata, annotations } }, { trusted: true });
  }
}

function reserve(volume: PersistentVolume, claim: PersistentVolumeClaim, api: ApiServer): void {
  if (volume.spec.claimRef && isBoundTo(volume, claim) && volume.spec.claimRef.uid) return;
  const { kind, apiVersion, metadata } = claim;
  const { namespace = '', name, uid = '', resourceVersion = '' } = metadata;
  const claimRef = { kind, namespace, name, uid, apiVersion, resourceVersion };
  const annotations = { ...volume.metadata.annotations, [BOUND_BY_CONTROLLER]: 'yes' };
  api.update<PersistentVolume>(
    { ...volume, metadata: { ...volume.metadata, annotations }, spec: { ...volume.spec, claimRef } },
    { trusted: true },
  );
}

/** Whether all claims of the pod are bound, or why they will not be. */
export function volumeProgress(
  pod: Pod,
  node: Node | undefined,
  nodeName: string,
  objects: ObjectSource,
): 'done' | 'wait' | { readonly problem: string } {
  if (!node) return { problem: `failed to get node "${nodeName}": node "${nodeName}" not found` };
  for (const name of claimNamesOf(pod)) {
    const claim = objects.get('PersistentVolumeClaim', keyFor('PersistentVolumeClaim', pod.metadata.namespace, name)) as
      | PersistentVolumeClaim
      | undefined;
    if (!claim) return { problem: `persistentvolumeclaim "${name}" not found` };
    const problem = claimProblem(claim, nodeName);
    if (problem !== undefined) return { problem };
    const volume = volumeOf(claim, objects);
    if (volume && !reachesNode(volume, node)) {
      return { problem: `pv "${volume.metadata.name}" node affinity doesn't match node "${nodeName}": no matching NodeSelectorTerms` };
    }
    if (!isClaimBound(claim)) return 'wait';
  }
  return 'done';
}

function claimProblem({ metadata, spec }: PersistentVolumeClaim, nodeName: string): string | undefined {
  const selected = metadata.annotations?.[SELECTED_NODE];
  if (spec.volumeName || selected === undefined || selected === nodeName) return undefined;
  return `provisioning failed for PVC "${metadata.name}"`;
}
