// What a pod wishes of other pods, read from it once.
import type { Affinity, Pod, PodAffinityTerm } from '../../kube/kinds/pod.ts';
import { compileSelector } from '../../kube/labels.ts';
import { type AffinityTerm, type AffinityTerms, withOwnLabels } from './podTemplate.ts';

export function affinityTermsOf(pod: Pod): AffinityTerms {
  const { podAffinity, podAntiAffinity }: Affinity = pod.spec.affinity ?? {};
  const required = (affinity: typeof podAffinity) =>
    (affinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []).map((term) => affinityTerm(term, 0, pod));
  const preferred = (affinity: typeof podAffinity) =>
    (affinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []).map(({ podAffinityTerm, weight }) =>
      affinityTerm(podAffinityTerm, weight, pod),
    );
  return {
    required: required(podAffinity),
    preferred: preferred(podAffinity),
    requiredAnti: required(podAntiAffinity),
    preferredAnti: preferred(podAntiAffinity),
  };
}

function affinityTerm(term: PodAffinityTerm, weight: number, { metadata }: Pod): AffinityTerm {
  const isOwnNamespace = !term.namespaces?.length && !term.namespaceSelector;
  const namespaces = isOwnNamespace ? [metadata.namespace ?? ''] : (term.namespaces ?? []);
  const selector = withOwnLabels(term.labelSelector, metadata.labels, term.matchLabelKeys, term.mismatchLabelKeys);
  return {
    topologyKey: term.topologyKey,
    id: JSON.stringify([[...namespaces].sort(), term.namespaceSelector ?? null, selector ?? null]),
    namespaces: new Set(namespaces),
    namespaceSelector: term.namespaceSelector,
    matchesLabels: compileSelector(selector),
    weight,
  };
}
