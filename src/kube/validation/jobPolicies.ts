// The rules for what a Job makes of the ends of its pods: its pod failure policy and its success policy.
// Models validatePodFailurePolicy, validateSuccessPolicy and validateIndexesFormat of pkg/apis/batch/validation/validation.go.
import type { FieldError } from '../errors.ts';
import { allInvalid, duplicate, invalid, nonNegative, notSupported, required, tooLong, tooMany } from '../fieldErrors.ts';
import type { JobSpec, PodFailurePolicyRule, SuccessPolicyRule } from '../kinds/job.ts';
import { isQualifiedName } from '../names.ts';

const RULES_MAX = 20;
const EXIT_CODES_MAX = 255;
const PATTERNS_MAX = 20;
const INDEXES_BYTES_MAX = 65_536;
const ACTIONS = ['Count', 'FailIndex', 'FailJob', 'Ignore'];
const OPERATORS = ['In', 'NotIn'];
const STATUSES = ['False', 'True', 'Unknown'];

type Policy<K extends 'podFailurePolicy' | 'successPolicy'> = JobSpec[K];
const quoted = (words: readonly string[]) => `valid values: [${words.map((word) => JSON.stringify(word)).join(' ')}]`;
/** A mistake that says no value. */
const wrong = (field: string, detail: string): FieldError => ({ type: 'Invalid value', field, text: `Invalid value: ${detail}` });

// Failure ----------------------------------------------------------------------------------------------------------------

export function validatePodFailurePolicy(spec: JobSpec, field: string): FieldError[] {
  const { rules = [] } = spec.podFailurePolicy ?? {};
  const { containers = [], initContainers = [] } = spec.template.spec ?? {};
  const names = new Set([...containers, ...initContainers].map(({ name }) => name));
  return [
    ...(rules.length > RULES_MAX ? [tooMany(`${field}.rules`, rules.length, RULES_MAX)] : []),
    ...rules.flatMap((rule, i) => failureRuleErrors(spec, rule, `${field}.rules[${i}]`, names)),
  ];
}

function failureRuleErrors(spec: JobSpec, rule: PodFailurePolicyRule, field: string, names: ReadonlySet<string>): FieldError[] {
  const { action, onExitCodes, onPodConditions = [] } = rule;
  const errors: FieldError[] = [];
  if (!action) errors.push(required(`${field}.action`, quoted(ACTIONS)));
  else if (action === 'FailIndex') {
    if (spec.backoffLimitPerIndex === undefined)
      errors.push(invalid(`${field}.action`, action, 'requires the backoffLimitPerIndex to be set'));
  } else if (!ACTIONS.includes(action)) errors.push(notSupported(`${field}.action`, action, ACTIONS));
  if (onExitCodes) errors.push(...exitCodeErrors(onExitCodes, `${field}.onExitCodes`, names));
  errors.push(...conditionErrors(onPodConditions, `${field}.onPodConditions`));
  if (onExitCodes && onPodConditions.length > 0) {
    errors.push(wrong(field, 'specifying both OnExitCodes and OnPodConditions is not supported'));
  }
  if (!onExitCodes && onPodConditions.length === 0) {
    errors.push(wrong(field, 'specifying one of OnExitCodes and OnPodConditions is required'));
  }
  return errors;
}

type ExitCodes = NonNullable<PodFailurePolicyRule['onExitCodes']>;

function exitCodeErrors({ operator, containerName, values = [] }: ExitCodes, field: string, names: ReadonlySet<string>): FieldError[] {
  const errors: FieldError[] = [];
  if (!operator) errors.push(required(`${field}.operator`, quoted(OPERATORS)));
  else if (!OPERATORS.includes(operator)) errors.push(notSupported(`${field}.operator`, operator, OPERATORS));
  if (containerName !== undefined && !names.has(containerName)) {
    errors.push(
      invalid(`${field}.containerName`, containerName, 'must be one of the container or initContainer names in the pod template'),
    );
  }
  if (values.length === 0) errors.push(invalid(`${field}.values`, null, 'at least one value is required'));
  else if (values.length > EXIT_CODES_MAX) errors.push(tooMany(`${field}.values`, values.length, EXIT_CODES_MAX));
  const seen = new Set<number>();
  for (const [i, code] of values.entries()) {
    if (operator === 'In' && code === 0) errors.push(invalid(`${field}.values[${i}]`, code, 'must not be 0 for the In operator'));
    if (seen.has(code)) errors.push(duplicate(`${field}.values[${i}]`, code));
    seen.add(code);
  }
  const isOrdered = values.every((code, i) => i === 0 || (values[i - 1] as number) <= code);
  return isOrdered ? errors : [...errors, invalid(`${field}.values`, values, 'must be ordered')];
}

function conditionErrors(patterns: NonNullable<PodFailurePolicyRule['onPodConditions']>, field: string): FieldError[] {
  const errors = patterns.length > PATTERNS_MAX ? [tooMany(field, patterns.length, PATTERNS_MAX)] : [];
  for (const [i, { type, status }] of patterns.entries()) {
    errors.push(...allInvalid(`${field}[${i}].type`, type ?? '', isQualifiedName(type ?? '')));
    if (!status) errors.push(required(`${field}[${i}].status`, quoted(STATUSES)));
    else if (!STATUSES.includes(status)) errors.push(notSupported(`${field}[${i}].status`, status, STATUSES));
  }
  return errors;
}

// Success ----------------------------------------------------------------------------------------------------------------

export function validateSuccessPolicy({ successPolicy, completions = 0 }: JobSpec, field: string): FieldError[] {
  const { rules = [] } = successPolicy ?? {};
  return [
    ...(rules.length === 0 ? [required(`${field}.rules`, 'at least one rules must be specified when the successPolicy is specified')] : []),
    ...(rules.length > RULES_MAX ? [tooMany(`${field}.rules`, rules.length, RULES_MAX)] : []),
    ...rules.flatMap((rule, i) => successRuleErrors(rule, completions, `${field}.rules[${i}]`)),
  ];
}

function successRuleErrors({ succeededIndexes, succeededCount }: SuccessPolicyRule, completions: number, field: string): FieldError[] {
  if (succeededCount === undefined && succeededIndexes === undefined) {
    return [required(field, 'at least one of succeededCount or succeededIndexes must be specified')];
  }
  const errors: FieldError[] = [];
  const counted = succeededIndexes === undefined ? 0 : countIndexes(succeededIndexes, completions);
  if (succeededIndexes !== undefined && succeededIndexes.length > INDEXES_BYTES_MAX) {
    errors.push(tooLong(`${field}.succeededIndexes`, INDEXES_BYTES_MAX));
  }
  if (typeof counted === 'string') {
    errors.push(invalid(`${field}.succeededIndexes`, succeededIndexes, `error parsing succeededIndexes: ${counted}`));
  }
  if (succeededCount === undefined) return errors;
  errors.push(...nonNegative(`${field}.succeededCount`, succeededCount));
  const atMost = (max: number, what: string): void => {
    if (succeededCount > max) {
      errors.push(invalid(`${field}.succeededCount`, succeededCount, `must be less than or equal to ${max} (the number of ${what})`));
    }
  };
  atMost(completions, 'specified completions');
  if (succeededIndexes !== undefined) {
    atMost(typeof counted === 'number' ? counted : 0, 'indexes in the specified succeededIndexes field');
  }
  return errors;
}

/** How many indexes a text such as `0-3,5` names; what is wrong with it if it names none. */
function countIndexes(text: string, completions: number): number | string {
  if (text === '') return 0;
  let last = -1;
  let total = 0;
  for (const part of text.split(',')) {
    const limits = part.split('-');
    if (limits.length > 2) {
      return `the fragment ${JSON.stringify(part)} violates the requirement that an index interval can have at most two parts separated by '-'`;
    }
    for (const limit of limits) {
      if (!/^[+-]?\d+$/.test(limit)) return `cannot convert string to integer for index: ${JSON.stringify(limit)}`;
      if (Number(limit) >= completions) return `too large index: ${JSON.stringify(limit)}`;
    }
    const [first = 0, end = first] = limits.map(Number);
    if (first >= end && limits.length > 1) return `non-increasing order, previous: ${first}, current: ${end}`;
    if (last >= first) return `non-increasing order, previous: ${last}, current: ${first}`;
    total += end - first + 1;
    last = end;
  }
  return total;
}

// As errors quote them -----------------------------------------------------------------------------------------------------

/** The policy as the server's inner type. */
export function goFailurePolicy(policy: Policy<'podFailurePolicy'>): unknown {
  if (!policy) return null;
  return {
    Rules: (policy.rules ?? []).map(({ action, onExitCodes, onPodConditions }) => ({
      Action: action,
      OnExitCodes: onExitCodes
        ? { ContainerName: onExitCodes.containerName ?? null, Operator: onExitCodes.operator, Values: onExitCodes.values ?? null }
        : null,
      OnPodConditions: onPodConditions?.map(({ type, status }) => ({ Type: type, Status: status })) ?? null,
    })),
  };
}

export function goSuccessPolicy(policy: Policy<'successPolicy'>): unknown {
  if (!policy) return null;
  return {
    Rules: (policy.rules ?? []).map(({ succeededIndexes, succeededCount }) => ({
      SucceededIndexes: succeededIndexes ?? null,
      SucceededCount: succeededCount ?? null,
    })),
  };
}
