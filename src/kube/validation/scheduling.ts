// The rules for where a pod may go: tolerations and gates; and for the taints of nodes.
// Models pkg/apis/core/validation/validation.go (ValidateTolerations, validateSchedulingGates).
import type { FieldError } from '../errors.ts';
import { allInvalid, duplicate, invalid, notSupported, required } from '../fieldErrors.ts';
import type { Taint } from '../kinds/node.ts';
import type { PodSpec, Toleration } from '../kinds/pod.ts';
import { isDns1123Subdomain, isLabelValue, isQualifiedName } from '../names.ts';
import { validateLabelName } from './meta.ts';

const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

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
