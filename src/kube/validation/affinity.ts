// The rules for what a pod wishes of nodes and of other pods: affinity and topology spread.
// Models pkg/apis/core/validation/validation.go (validateAffinity, validateTopologySpreadConstraints).
import type { FieldError } from '../errors.ts';
import { allInvalid, duplicate, forbidden, invalid, notSupported, positive, required } from '../fieldErrors.ts';
import type {
  Affinity,
  NodeSelectorRequirement,
  NodeSelectorTerm,
  PodAffinity,
  PodAffinityTerm,
  TopologySpreadConstraint,
} from '../kinds/pod.ts';
import { isQualifiedName } from '../names.ts';
import { validateLabelName, validateSelector } from './meta.ts';

const NO_WEIGHT = 'must be in the range 1-100';

export function validateAffinity(affinity: Affinity | undefined, field: string): FieldError[] {
  if (!affinity) return [];
  return [
    ...validateNodeAffinity(affinity.nodeAffinity, `${field}.nodeAffinity`),
    ...validatePodAffinity(affinity.podAffinity, `${field}.podAffinity`),
    ...validatePodAffinity(affinity.podAntiAffinity, `${field}.podAntiAffinity`),
  ];
}

function validateNodeAffinity(affinity: Affinity['nodeAffinity'], field: string): FieldError[] {
  const requiredTerms = affinity?.requiredDuringSchedulingIgnoredDuringExecution;
  const requiredField = `${field}.requiredDuringSchedulingIgnoredDuringExecution`;
  const errors: FieldError[] = [];
  if (requiredTerms) {
    const terms = requiredTerms.nodeSelectorTerms ?? [];
    if (terms.length === 0) errors.push(required(`${requiredField}.nodeSelectorTerms`, 'must have at least one node selector term'));
    errors.push(...terms.flatMap((term, i) => validateNodeTerm(term, `${requiredField}.nodeSelectorTerms[${i}]`)));
  }
  const preferred = affinity?.preferredDuringSchedulingIgnoredDuringExecution ?? [];
  return [
    ...errors,
    ...preferred.flatMap(({ weight, preference }, i) => {
      const path = `${field}.preferredDuringSchedulingIgnoredDuringExecution[${i}]`;
      return [...validateWeight(weight, `${path}.weight`), ...validateNodeTerm(preference ?? {}, `${path}.preference`)];
    }),
  ];
}

const validateWeight = (weight: number | undefined, field: string): FieldError[] =>
  weight === undefined || weight <= 0 || weight > 100 ? [invalid(field, weight ?? 0, NO_WEIGHT)] : [];

function validateNodeTerm({ matchExpressions = [], matchFields = [] }: NodeSelectorTerm, field: string): FieldError[] {
  return [
    ...matchExpressions.flatMap((requirement, i) => validateNodeRequirement(requirement, `${field}.matchExpressions[${i}]`)),
    ...matchFields.flatMap((requirement, i) => validateNodeField(requirement, `${field}.matchFields[${i}]`)),
  ];
}

function validateNodeRequirement({ key, operator, values = [] }: NodeSelectorRequirement, path: string): FieldError[] {
  const errors: FieldError[] = [];
  switch (operator) {
    case 'In':
    case 'NotIn':
      if (values.length === 0) errors.push(required(`${path}.values`, "must be specified when `operator` is 'In' or 'NotIn'"));
      break;
    case 'Exists':
    case 'DoesNotExist':
      if (values.length > 0) errors.push(forbidden(`${path}.values`, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"));
      break;
    case 'Gt':
    case 'Lt':
      if (values.length !== 1) errors.push(required(`${path}.values`, "must be specified single value when `operator` is 'Lt' or 'Gt'"));
      break;
    default:
      errors.push(invalid(`${path}.operator`, operator ?? '', 'not a valid selector operator'));
  }
  return [...errors, ...validateLabelName(key ?? '', `${path}.key`)];
}

function validateNodeField({ key, operator, values = [] }: NodeSelectorRequirement, path: string): FieldError[] {
  const errors: FieldError[] = [];
  if (operator !== 'In' && operator !== 'NotIn') errors.push(invalid(`${path}.operator`, operator ?? '', 'not a valid selector operator'));
  else if (values.length !== 1)
    errors.push(required(`${path}.values`, "must be only one value when `operator` is 'In' or 'NotIn' for node field selector"));
  if (key !== 'metadata.name') errors.push(invalid(`${path}.key`, key ?? '', 'not a valid field selector key'));
  return errors;
}

function validatePodAffinity(affinity: PodAffinity | undefined, field: string): FieldError[] {
  const terms = affinity?.requiredDuringSchedulingIgnoredDuringExecution ?? [];
  const preferred = affinity?.preferredDuringSchedulingIgnoredDuringExecution ?? [];
  return [
    ...terms.flatMap((term, i) => validatePodTerm(term, `${field}.requiredDuringSchedulingIgnoredDuringExecution[${i}]`)),
    ...preferred.flatMap(({ weight, podAffinityTerm }, i) => {
      const path = `${field}.preferredDuringSchedulingIgnoredDuringExecution[${i}]`;
      return [...validateWeight(weight, `${path}.weight`), ...validatePodTerm(podAffinityTerm ?? {}, `${path}.podAffinityTerm`)];
    }),
  ];
}

function validatePodTerm(term: Partial<PodAffinityTerm>, path: string): FieldError[] {
  return [
    ...validateSelector(term.labelSelector, `${path}.labelSelector`),
    ...validateSelector(term.namespaceSelector, `${path}.namespaceSelector`),
    ...(term.topologyKey
      ? validateLabelName(term.topologyKey, `${path}.topologyKey`)
      : [required(`${path}.topologyKey`, 'can not be empty')]),
  ];
}

/** Of two constraints of one sort the earlier is the one told. */
export function validateSpread(constraints: readonly TopologySpreadConstraint[] = [], field: string): FieldError[] {
  const pairs = constraints.map(({ topologyKey, whenUnsatisfiable }) => `{${topologyKey}, ${whenUnsatisfiable}}`);
  return constraints.flatMap((constraint, i) => {
    const path = `${field}[${i}]`;
    const errors = validateConstraint(constraint, path);
    const pair = pairs[i] as string;
    if (pairs.includes(pair, i + 1)) errors.push(duplicate(`${path}.{topologyKey, whenUnsatisfiable}`, pair));
    return errors;
  });
}

function validateConstraint(constraint: TopologySpreadConstraint, path: string): FieldError[] {
  const { maxSkew, topologyKey, whenUnsatisfiable, minDomains, nodeAffinityPolicy, nodeTaintsPolicy, labelSelector } = constraint;
  const errors = positive(`${path}.maxSkew`, maxSkew ?? 0);
  if (!topologyKey) errors.push(required(`${path}.topologyKey`, 'can not be empty'));
  else errors.push(...allInvalid(`${path}.topologyKey`, topologyKey, isQualifiedName(topologyKey)));
  const actions = ['DoNotSchedule', 'ScheduleAnyway'];
  if (!actions.includes(whenUnsatisfiable)) errors.push(notSupported(`${path}.whenUnsatisfiable`, whenUnsatisfiable ?? '', actions));
  if (minDomains !== undefined) {
    errors.push(...positive(`${path}.minDomains`, minDomains));
    if (whenUnsatisfiable === 'ScheduleAnyway') {
      errors.push(
        invalid(`${path}.minDomains`, minDomains, 'can only use minDomains if whenUnsatisfiable=DoNotSchedule, not ScheduleAnyway'),
      );
    }
  }
  for (const [name, policy] of Object.entries({ nodeAffinityPolicy, nodeTaintsPolicy })) {
    if (policy !== undefined && policy !== 'Honor' && policy !== 'Ignore')
      errors.push(notSupported(`${path}.${name}`, policy, ['Honor', 'Ignore']));
  }
  return [...errors, ...validateSelector(labelSelector, `${path}.labelSelector`)];
}
