// Counts the templates that a DaemonSet has had, in an annotation that its pods bear as a label.
// Models pkg/registry/apps/daemonset/strategy.go, which does it when it prepares an object, and the conversion to apps/v1.
import { isEqual } from '../../base/equal.ts';
import type { DaemonSet } from '../../kube/kinds/daemonSet.ts';
import type { Admission } from './admission.ts';

const ANNOTATION = 'deprecated.daemonset.template.generation';

export const templateGeneration: Admission = {
  name: 'TemplateGeneration',
  kinds: ['DaemonSet'],
  create: (object) => withGeneration(object as DaemonSet, 1),
  update(object, old) {
    const [set, before] = [object as DaemonSet, old as DaemonSet];
    const generation = Number(before.metadata.annotations?.[ANNOTATION] ?? 1);
    return withGeneration(set, isEqual(set.spec.template, before.spec.template) ? generation : generation + 1);
  },
};

function withGeneration(set: DaemonSet, generation: number): DaemonSet {
  const annotations = { ...set.metadata.annotations, [ANNOTATION]: String(generation) };
  return { ...set, metadata: { ...set.metadata, annotations } };
}
