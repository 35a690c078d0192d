// What stands around an owner without owning anything: the disruption budgets that protect its pods, and the Services that lead to
// them. Both only select by labels, so both are looked up by the labels of the template.

import { isPodReady } from '../kube/kinds/pod.ts';
import type { PodDisruptionBudget } from '../kube/kinds/podDisruptionBudget.ts';
import { matchesLabels, matchesSelector } from '../kube/labels.ts';
import { keyOf, type Snapshot, type StringMap } from '../kube/meta.ts';
import { type Door, type OwnerGlyph, podsUnder } from './glyphs.ts';
import { templateOf } from './looks.ts';

/** How many pods of the owner may be evicted now; undefined where no budget says. */
export function mayLose(owner: OwnerGlyph, snapshot: Snapshot): number | undefined {
  const labels = labelsOf(owner);
  if (!labels) return undefined;
  const allowed = (snapshot.list('PodDisruptionBudget') as readonly PodDisruptionBudget[])
    .filter(({ metadata, spec }) => metadata.namespace === owner.namespace && matchesSelector(spec.selector, labels))
    .map(({ status }) => status?.disruptionsAllowed ?? 0);
  return allowed.length > 0 ? Math.min(...allowed) : undefined;
}

export function doorsTo(owner: OwnerGlyph, snapshot: Snapshot): readonly Door[] {
  const labels = labelsOf(owner);
  if (!labels) return [];
  return snapshot.list('Service').flatMap((service) => {
    const selector = (service.spec as { selector?: StringMap } | undefined)?.selector;
    const isTo = service.metadata.namespace === owner.namespace && selector && Object.keys(selector).length > 0;
    if (!isTo || !matchesLabels(selector, labels)) return [];
    const behind = podsUnder(owner).filter(
      ({ pod }) => isPodReady(pod) && !pod.metadata.deletionTimestamp && matchesLabels(selector, pod.metadata.labels),
    );
    return [{ key: keyOf(service), name: service.metadata.name, behind: behind.map(({ key }) => key) }];
  });
}

function labelsOf({ object }: OwnerGlyph): StringMap | undefined {
  return (templateOf(object) as { metadata?: { labels?: StringMap } } | undefined)?.metadata?.labels;
}
