// The kind PriorityClass: its names, defaults, rules and columns.
// Models pkg/apis/scheduling/v1/{defaults,helpers}.go and pkg/apis/scheduling/validation/validation.go.
import type { FieldError } from '../errors.ts';
import { forbidden, invalid, notSupported } from '../fieldErrors.ts';
import type { Kind } from '../kind.ts';
import type { KubeObject } from '../meta.ts';
import { subdomainName, validateMeta, validateMetaUpdate } from '../validation/meta.ts';
import { ageColumn, nameColumn } from './columns.ts';
import { filled } from './fill.ts';

interface PriorityClass extends KubeObject {
  readonly kind: 'PriorityClass';
  readonly value?: number;
  readonly globalDefault?: boolean;
  readonly preemptionPolicy?: string;
  readonly description?: string;
}

const META = { namespaced: false, name: subdomainName };
const USER_VALUE_MAX = 1_000_000_000;
const SYSTEM_PREFIX = 'system-';
const SYSTEM_VALUES: Readonly<Record<string, number>> = { 'system-node-critical': 2_000_001_000, 'system-cluster-critical': 2_000_000_000 };
const POLICIES = ['Never', 'PreemptLowerPriority'];

export const priorityClassKind: Kind<PriorityClass> = {
  kind: 'PriorityClass',
  apiVersion: 'scheduling.k8s.io/v1',
  plural: 'priorityclasses',
  singular: 'priorityclass',
  shortNames: ['pc'],
  namespaced: false,
  hasStatus: false,
  hasGeneration: true,
  isSimulated: true,
  defaults: (object) => filled(object, { value: 0, preemptionPolicy: 'PreemptLowerPriority' }),
  validate: (object) => [...validateMeta(object.metadata, META), ...validateValue(object), ...validatePolicy(object)],
  validateUpdate(object, old) {
    const errors = validateMetaUpdate(object, old);
    if (object.value !== old.value) errors.push(forbidden('value', 'may not be changed in an update.'));
    const { preemptionPolicy } = object;
    if (preemptionPolicy !== old.preemptionPolicy) errors.push(invalid('preemptionPolicy', preemptionPolicy, 'field is immutable'));
    return errors;
  },
  columns: [
    nameColumn,
    { name: 'Value', value: ({ value }) => String(value ?? 0) },
    { name: 'Global-Default', value: ({ globalDefault }) => String(globalDefault ?? false) },
    ageColumn,
    { name: 'PreemptionPolicy', value: ({ preemptionPolicy }) => preemptionPolicy ?? '' },
  ],
};

function validateValue({ metadata: { name }, value = 0, globalDefault }: PriorityClass): FieldError[] {
  if (name.startsWith(SYSTEM_PREFIX)) {
    const error = systemError(name, value, globalDefault ?? false);
    const text = `priority class names with '${SYSTEM_PREFIX}' prefix are reserved for system use only. error: ${error}`;
    return error === undefined ? [] : [forbidden('metadata.name', text)];
  }
  if (value <= USER_VALUE_MAX) return [];
  return [forbidden('value', `maximum allowed value of a user defined priority is ${USER_VALUE_MAX}`)];
}

/** Why this is none of the two classes that every cluster has. */
function systemError(name: string, value: number, isDefault: boolean): string | undefined {
  const known = SYSTEM_VALUES[name];
  if (known === undefined) return `${name} is not a known system priority class`;
  if (value !== known) return `value of ${name} PriorityClass must be ${known}`;
  return isDefault ? `globalDefault of ${name} PriorityClass must be false` : undefined;
}

function validatePolicy({ preemptionPolicy = '' }: PriorityClass): FieldError[] {
  return POLICIES.includes(preemptionPolicy) ? [] : [notSupported('preemptionPolicy', preemptionPolicy, POLICIES)];
}
