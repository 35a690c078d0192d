// What a scheduler plugin is: how it filters nodes, how it scores them, and which change of the world may help a pod that it turned
// away. Models pkg/scheduler/framework/interface.go; leaves out reserving, permitting and pre-binding, which nothing here needs.
import type { Node } from '../../kube/kinds/node.ts';
import type { Pod } from '../../kube/kinds/pod.ts';
import type { KubeObject } from '../../kube/meta.ts';
import type { ClusterState } from './clusterState.ts';
import type { NodeState } from './nodeState.ts';
import type { PodTemplate } from './podTemplate.ts';
import type { Rejection } from './rejection.ts';

/** Something that happened which may help a waiting pod. */
export type ClusterEvent =
  | { readonly type: 'AssignedPodAdd' | 'AssignedPodDelete'; readonly pod: Pod; readonly template: PodTemplate }
  | {
      readonly type: 'AssignedPodUpdate';
      readonly pod: Pod;
      readonly before: Pod;
      readonly template: PodTemplate;
      readonly was: PodTemplate;
    }
  | { readonly type: 'NodeAdd' | 'NodeDelete'; readonly node: Node }
  | { readonly type: 'NodeUpdate'; readonly node: Node; readonly before: Node }
  /** The waiting pod itself was changed. */
  | { readonly type: 'PodUpdate'; readonly pod: Pod; readonly before: Pod }
  | { readonly type: 'VolumeChange'; readonly before: KubeObject | undefined; readonly after: KubeObject | undefined }
  | { readonly type: 'NamespaceChange' }
  /** Of claims of devices and their classes. */
  | { readonly type: 'ClaimChange' };

export type ClusterEventType = ClusterEvent['type'];

export interface PreFilterResult {
  /** Only these nodes need to be looked at. */
  readonly nodeNames?: ReadonlySet<string>;
  /** The pod fits nowhere, whatever the nodes. */
  readonly rejection?: Rejection;
}

export type NodeFilter = (node: NodeState) => Rejection | undefined;

export interface NodeScorer {
  of(node: NodeState): number;
  /** Brings raw scores to 0 to 100, in place. Left out where they are that already. */
  normalize?(scores: Float64Array): void;
}

export interface Plugin {
  readonly name: string;
  /** Its filter and raw scores depend on the pod's template and on one node alone, so they can be kept until that node changes. */
  readonly isLocal: boolean;
  readonly weight?: number;
  preFilter?(template: PodTemplate, cluster: ClusterState): PreFilterResult | undefined;
  /** Undefined when this pod gives the plugin nothing to check. */
  filter?(template: PodTemplate, cluster: ClusterState): NodeFilter | undefined;
  /** Undefined when this pod gives the plugin nothing to score. `feasible` is empty when a local plugin is asked for one node only. */
  score?(template: PodTemplate, cluster: ClusterState, feasible: readonly NodeState[]): NodeScorer | undefined;
  /** The events that may help a pod which this plugin turned away; a hint says whether one of them does. */
  readonly events: readonly ClusterEventType[];
  hint?(event: ClusterEvent, template: PodTemplate, cluster: ClusterState): boolean;
}

/** The highest score of a node by one plugin, before its weight. */
export const SCORE_MAX = 100;

/** Stretches raw scores so that the best is 100, or the worst is 0 and none is 100 when `isReverse`. Models helper/normalize_score.go. */
export function normalizeToMax(scores: Float64Array, isReverse: boolean): void {
  let max = 0;
  for (let i = 0; i < scores.length; i++) if ((scores[i] as number) > max) max = scores[i] as number;
  if (max === 0) {
    scores.fill(isReverse ? SCORE_MAX : 0);
    return;
  }
  for (let i = 0; i < scores.length; i++) {
    const share = Math.floor((SCORE_MAX * (scores[i] as number)) / max);
    scores[i] = isReverse ? SCORE_MAX - share : share;
  }
}
