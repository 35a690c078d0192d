// Who a pod's siblings are when it does not say: the pods chosen by its Services and by the controller that owns it.
// Models plugins/helper/spread.go DefaultSelector.

import { matchesLabels } from '../../../kube/labels.ts';
import {
  controllerOf,
  type KubeObject,
  keyReferred,
  type LabelSelector,
  type LabelSelectorRequirement,
  type StringMap,
  tableOf,
} from '../../../kube/meta.ts';
import type { ClusterState } from '../clusterState.ts';
import type { PodTemplate } from '../podTemplate.ts';

interface Selecting extends KubeObject {
  readonly spec?: { readonly selector?: unknown };
}

const known = new WeakMap<PodTemplate, { readonly version: number; readonly selector: LabelSelector }>();

/** All siblings match everything at once; an empty selector means that the pod has none. */
export function defaultSelector(template: PodTemplate, cluster: ClusterState): LabelSelector {
  const last = known.get(template);
  if (last && last.version === cluster.objectsVersion) return last.selector;
  const selector = readSelector(template, cluster);
  known.set(template, { version: cluster.objectsVersion, selector });
  return selector;
}

function readSelector({ namespace, labels, pod }: PodTemplate, { objects }: ClusterState): LabelSelector {
  const pairs: Record<string, string> = {};
  for (const service of objects.list('Service', namespace) as readonly Selecting[]) {
    const selector = service.spec?.selector as StringMap | undefined;
    if (selector && Object.keys(selector).length > 0 && matchesLabels(selector, labels)) Object.assign(pairs, selector);
  }
  let expressions: readonly LabelSelectorRequirement[] = [];
  const owner = controllerOf(pod);
  const controller = owner && (objects.get(tableOf(owner), keyReferred(owner, namespace)) as Selecting | undefined);
  if (owner?.kind === 'ReplicationController') Object.assign(pairs, controller?.spec?.selector);
  if (owner?.kind === 'ReplicaSet' || owner?.kind === 'StatefulSet') {
    const { matchLabels, matchExpressions } = (controller?.spec?.selector ?? {}) as LabelSelector;
    Object.assign(pairs, matchLabels);
    expressions = matchExpressions ?? [];
  }
  return { matchLabels: pairs, matchExpressions: expressions };
}
