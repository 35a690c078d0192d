// The kind Pod: its names, life-cycle rules and columns. Models pkg/registry/core/pod/strategy.go.
import type { Kind } from '../kind.ts';
import { podGlances, podUpdateRules } from '../late.ts';
import { validatePod } from '../validation/pod.ts';
import { ageColumn, nameColumn, orNone } from './columns.ts';
import { changed, mapped } from './fill.ts';
import { isPodTerminal, type Pod, type PodAffinity, type PodAffinityTerm, type PodStatus } from './pod.ts';
import { defaultPod } from './podDefaults.ts';
import { qosClassOf } from './podStatus.ts';

export const podKind: Kind<Pod> = {
  kind: 'Pod',
  apiVersion: 'v1',
  plural: 'pods',
  singular: 'pod',
  shortNames: ['po'],
  namespaced: true,
  categories: ['all'],
  hasStatus: true,
  hasGeneration: true,
  isSimulated: true,
  defaults: defaultPod,
  prepareForCreate(pod) {
    return { ...pod, spec: withMatchLabelKeys(pod), status: initialStatus(pod) };
  },
  validate: validatePod,
  validateUpdate: (pod, old) => (isEdited(pod, old) ? podUpdateRules.get().validatePodUpdate(pod, old) : []),
  graceSeconds(pod, requested) {
    if (!pod.spec.nodeName || isPodTerminal(pod)) return 0;
    const seconds = requested ?? pod.spec.terminationGracePeriodSeconds ?? 0;
    return seconds < 0 ? 1 : seconds;
  },
  columns: [
    nameColumn,
    { name: 'Ready', value: (pod) => podGlances.get().readyText(pod) },
    { name: 'Status', value: (pod) => podGlances.get().glanceAt(pod).status },
    { name: 'Restarts', value: (pod, nowMs) => podGlances.get().restartsText(pod, nowMs) },
    ageColumn,
    { name: 'IP', wide: true, value: (pod) => orNone(pod.status?.podIPs?.[0]?.ip) },
    { name: 'Node', wide: true, value: (pod) => orNone(pod.spec.nodeName) },
    { name: 'Nominated Node', wide: true, value: (pod) => orNone(pod.status?.nominatedNodeName) },
    { name: 'Readiness Gates', wide: true, value: readinessGatesText },
  ],
  fieldOf({ spec, status }, field) {
    switch (field) {
      case 'spec.nodeName':
        return spec.nodeName ?? '';
      case 'spec.restartPolicy':
        return spec.restartPolicy ?? '';
      case 'spec.schedulerName':
        return spec.schedulerName ?? '';
      case 'spec.serviceAccountName':
        return spec.serviceAccountName ?? '';
      case 'spec.hostNetwork':
        return String(spec.hostNetwork ?? false);
      case 'status.phase':
        return status?.phase ?? '';
      case 'status.podIP':
      case 'status.podIPs':
        return status?.podIP ?? '';
      case 'status.nominatedNodeName':
        return status?.nominatedNodeName ?? '';
      default:
        return undefined;
    }
  },
};

function isEdited({ spec, metadata }: Pod, old: Pod): boolean {
  return spec !== old.spec || metadata.labels !== old.metadata.labels || metadata.annotations !== old.metadata.annotations;
}

function initialStatus({ metadata, spec }: Pod): PodStatus {
  const status: PodStatus = { phase: 'Pending', qosClass: qosClassOf(spec) };
  if (!spec.schedulingGates?.length) return status;
  const gated = {
    type: 'PodScheduled',
    status: 'False',
    lastProbeTime: null,
    ...(metadata.creationTimestamp ? { lastTransitionTime: metadata.creationTimestamp } : {}),
    reason: 'SchedulingGated',
    message: 'Scheduling is blocked due to non-empty scheduling gates',
  } as const;
  return { ...status, conditions: [gated] };
}

/** `matchLabelKeys` and `mismatchLabelKeys` become terms of the selectors beside them, with the pod's own values. */
function withMatchLabelKeys({ metadata, spec }: Pod): Pod['spec'] {
  const labels = metadata.labels ?? {};
  const withKeys = <T extends Pick<PodAffinityTerm, 'labelSelector' | 'matchLabelKeys' | 'mismatchLabelKeys'>>(term: T): T => {
    if (!term.labelSelector || !(term.matchLabelKeys?.length || term.mismatchLabelKeys?.length)) return term;
    const terms = (keys: readonly string[] | undefined, operator: 'In' | 'NotIn') =>
      (keys ?? []).flatMap((key) => (labels[key] === undefined ? [] : [{ key, operator, values: [labels[key]] }]));
    const added = [...terms(term.matchLabelKeys, 'In'), ...terms(term.mismatchLabelKeys, 'NotIn')];
    const matchExpressions = [...(term.labelSelector.matchExpressions ?? []), ...added];
    return added.length === 0 ? term : { ...term, labelSelector: { ...term.labelSelector, matchExpressions } };
  };
  const inAffinity = (given: PodAffinity): PodAffinity =>
    changed(
      changed(given, 'requiredDuringSchedulingIgnoredDuringExecution', (terms) => mapped(terms, withKeys)),
      'preferredDuringSchedulingIgnoredDuringExecution',
      (terms) => mapped(terms, (weighted) => changed(weighted, 'podAffinityTerm', withKeys)),
    );
  const affine = changed(spec, 'affinity', (affinity) =>
    changed(changed(affinity, 'podAffinity', inAffinity), 'podAntiAffinity', inAffinity),
  );
  return changed(affine, 'topologySpreadConstraints', (constraints) => mapped(constraints, withKeys));
}

function readinessGatesText({ spec, status }: Pod): string {
  const gates = spec.readinessGates ?? [];
  if (gates.length === 0) return '<none>';
  const isTrue = (type: string) => status?.conditions?.find((condition) => condition.type === type)?.status === 'True';
  return `${gates.filter(({ conditionType }) => isTrue(conditionType)).length}/${gates.length}`;
}
