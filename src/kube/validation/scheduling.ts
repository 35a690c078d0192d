// The rules for where a pod may go: tolerations, affinity, topology spread, gates; and for the taints of nodes.
// Models pkg/apis/core/validation/validation.go (ValidateTolerations, validateAffinity, validateTopologySpreadConstraints).
import type { FieldError } from '../errors.ts';
import { allInvalid, duplicate, forbidden, invalid, notSupported, positive, required } from '../fieldErrors.ts';
import type { Taint } from '../kinds/node.ts';
import type {
  Affinity,
  NodeSelectorRequirement,
  NodeSelectorTerm,
  PodAffinity,
  PodAffinityTerm,
  PodSpec,
  Toleration,
  TopologySpreadConstraint,
} from '../kinds/pod.ts';
import { isDns1123Subdomain, isLabelValue, isQualifiedName } from '../names.ts';
import { validateLabelName, validateSelector } from './meta.ts';

const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];
const NO_WEIGHT = 'must be in the range 1-100';

export function validateTolerations(tolerations: readonly Toleration[] | undefined, field: string): FieldError[] {
  return (tolerations ?? []).flatMap((toleration, i) => validateToleration(toleration, `${field}[${i}]`));
}

function validateToleration(toleration: Toleration, path: string): FieldError[] {
  const { key = '', operator = '', value = '', effect = '', tolerationSeconds } = toleration;
  const errors: FieldError[] = key ? validateLabelName(key, `${path}.key`) : [];
  if (!key && operator !== 'Exists') {
    errors.push(
      invalid(`${path}.operator`, operator, 'operator must be Exists when `key` is empty, which means "match all values and all keys"'),
    );
  }
  if (tolerationSeconds !== undefined && effect !== 'NoExecute') {
    errors.push(invalid(`${path}.effect`, effect, "effect must be 'NoExecute' when `tolerationSeconds` is set"));
  }
  if (operator === '' || operator === 'Equal') {
    const problems = isLabelValue(value);
    if (problems.length > 0) errors.push(invalid(`${path}.operator`, value, problems.join(';')));
  } else if (operator === 'Exists') {
    if (value) errors.push(invalid(`${path}.operator`, goToleration(toleration), "value must be empty when `operator` is 'Exists'"));
  } else errors.push(notSupported(`${path}.operator`, operator, ['Equal', 'Exists']));
  if (effect && !EFFECTS.includes(effect)) errors.push(notSupported(`${path}.effect`, effect, EFFECTS));
  return errors;
}

const goToleration = ({ key = '', operator = '' as never, value = '', effect = '', tolerationSeconds = null as never }: Toleration) => ({
  Key: key,
  Operator: operator,
  Value: value,
  Effect: effect,
  TolerationSeconds: tolerationSeconds,
});

export function validateTaints(taints: readonly Taint[] | undefined, field: string): FieldError[] {
  const seen = new Set<string>();
  return (taints ?? []).flatMap((taint, i) => {
    const path = `${field}[${i}]`;
    const errors = validateLabelName(taint.key ?? '', `${path}.key`);
    const problems = isLabelValue(taint.value ?? '');
    if (problems.length > 0) errors.push(invalid(`${path}.value`, taint.value, problems.join(';')));
    if (!taint.effect) errors.push(required(`${path}.effect`));
    else if (!EFFECTS.includes(taint.effect)) errors.push(notSupported(`${path}.effect`, taint.effect, EFFECTS));
    const pair = `${taint.key}:${taint.effect}`;
    if (seen.has(pair)) {
      const { text, ...error } = duplicate(path, {
        Key: taint.key,
        Value: taint.value ?? '',
        Effect: taint.effect,
        TimeAdded: taint.timeAdded ?? null,
      });
      errors.push({ ...error, text: `${text}: taints must be unique by key and effect pair` });
    }
    seen.add(pair);
    return errors;
  });
}

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

export function validateGates({ schedulingGates = [], readinessGates = [] }: PodSpec, field: string): FieldError[] {
  const names = new Set<string>();
  return [
    ...readinessGates.flatMap(({ conditionType }, i) =>
      allInvalid(`${field}.readinessGates[${i}].conditionType`, conditionType, isQualifiedName(conditionType)),
    ),
    ...schedulingGates.flatMap(({ name }, i) => {
      const path = `${field}.schedulingGates[${i}]`;
      const errors = allInvalid(path, name, isQualifiedName(name));
      if (names.has(name)) errors.push(duplicate(path, name));
      names.add(name);
      return errors;
    }),
  ];
}

export const validateNodeName = (name: string, field: string): FieldError[] => allInvalid(field, name, isDns1123Subdomain(name));
