// LimitRange: its shape, names, defaults and rules. Models k8s.io/api/core/v1/types.go, pkg/apis/core/v1/defaults.go
// (SetDefaults_LimitRangeItem) and pkg/apis/core/validation/validation.go (ValidateLimitRange).
import type { FieldError } from '../errors.ts';
import { allInvalid, duplicate, forbidden, invalid, required } from '../fieldErrors.ts';
import type { Kind } from '../kind.ts';
import type { KubeObject } from '../meta.ts';
import { isQualifiedName } from '../names.ts';
import { compareQuantities, milliValueOf } from '../quantity.ts';
import { subdomainName, validateMeta, validateMetaUpdate } from '../validation/meta.ts';
import { nameColumn } from './columns.ts';
import { changed, mapped } from './fill.ts';
import type { Quantity, ResourceList } from './pod.ts';

export interface LimitRangeItem {
  readonly type: string;
  readonly max?: ResourceList;
  readonly min?: ResourceList;
  readonly default?: ResourceList;
  readonly defaultRequest?: ResourceList;
  readonly maxLimitRequestRatio?: ResourceList;
}

export interface LimitRange extends KubeObject {
  readonly kind: 'LimitRange';
  readonly spec: { readonly limits: readonly LimitRangeItem[] };
}

const META = { namespaced: true, name: subdomainName };

export const limitRangeKind: Kind<LimitRange> = {
  kind: 'LimitRange',
  apiVersion: 'v1',
  plural: 'limitranges',
  singular: 'limitrange',
  shortNames: ['limits'],
  namespaced: true,
  hasStatus: false,
  hasGeneration: false,
  isSimulated: true,
  defaults: (range) => changed(range, 'spec', (spec) => changed(spec, 'limits', (limits) => mapped(limits, defaultItem))),
  validate: (range) => [...validateMeta(range.metadata, META), ...specErrors(range)],
  validateUpdate: (range, old) => [...validateMetaUpdate(range, old), ...specErrors(range)],
  columns: [nameColumn, { name: 'Created At', value: ({ metadata }) => metadata.creationTimestamp ?? '' }],
};

/** What has a maximum has it as its default, and what has a default limit or a minimum is asked for as much. */
function defaultItem(item: LimitRangeItem): LimitRangeItem {
  if (item.type !== 'Container') return item;
  const { type, max, min, maxLimitRequestRatio } = item;
  const limits = { ...max, ...item.default };
  const requests = { ...min, ...limits, ...item.defaultRequest };
  return {
    type,
    ...(max ? { max } : {}),
    ...(min ? { min } : {}),
    ...(Object.keys(limits).length > 0 ? { default: limits } : {}),
    ...(Object.keys(requests).length > 0 ? { defaultRequest: requests } : {}),
    ...(maxLimitRequestRatio ? { maxLimitRequestRatio } : {}),
  };
}

const TYPES = ['Pod', 'Container', 'PersistentVolumeClaim'];

function specErrors({ spec }: LimitRange): FieldError[] {
  const types = new Set<string>();
  return (spec?.limits ?? []).flatMap((item, i) => {
    const field = `spec.limits[${i}]`;
    const errors = allInvalid(`${field}.type`, item.type, isQualifiedName(item.type));
    if (errors.length === 0 && !item.type.includes('/') && !TYPES.includes(item.type))
      errors.push(invalid(`${field}.type`, item.type, 'must be a standard limit type or fully qualified'));
    if (types.has(item.type)) errors.push(duplicate(`${field}.type`, item.type));
    types.add(item.type);
    return [...errors, ...itemErrors(item, field)];
  });
}

function itemErrors(item: LimitRangeItem, field: string): FieldError[] {
  const errors: FieldError[] = [];
  const { type, min, max, maxLimitRequestRatio } = item;
  if (type === 'Pod') {
    for (const name of ['default', 'defaultRequest'] as const) {
      if (item[name]) errors.push(forbidden(`${field}.${name}`, "may not be specified when `type` is 'Pod'"));
    }
  }
  if (type === 'PersistentVolumeClaim' && min?.storage === undefined && max?.storage === undefined) {
    errors.push(required(`${field}.limits`, 'either minimum or maximum storage value is required, but neither was provided'));
  }
  const names = new Set(Object.keys({ ...max, ...min, ...item.default, ...item.defaultRequest, ...maxLimitRequestRatio }));
  for (const name of [...names].sort()) errors.push(...orderErrors(item, name, field), ...ratioErrors(item, name, field));
  return errors;
}

/** min <= defaultRequest <= default <= max. */
function orderErrors(item: LimitRangeItem, name: string, field: string): FieldError[] {
  const errors: FieldError[] = [];
  const [min, max, limit, request] = [item.min?.[name], item.max?.[name], item.default?.[name], item.defaultRequest?.[name]];
  const check = (low: Quantity | undefined, high: Quantity | undefined, list: string, value: Quantity | undefined, text: string) => {
    if (low === undefined || high === undefined || compareQuantities(low, high) <= 0) return;
    errors.push(invalid(`${field}.${list}[${name}]`, String(value), text));
  };
  check(min, max, 'min', min, `min value ${min} is greater than max value ${max}`);
  check(min, request, 'defaultRequest', request, `min value ${min} is greater than default request value ${request}`);
  check(request, max, 'defaultRequest', request, `default request value ${request} is greater than max value ${max}`);
  check(request, limit, 'defaultRequest', request, `default request value ${request} is greater than default limit value ${limit}`);
  check(min, limit, 'default', min, `min value ${min} is greater than default value ${limit}`);
  check(limit, max, 'default', max, `default value ${limit} is greater than max value ${max}`);
  return errors;
}

function ratioErrors({ min, max, maxLimitRequestRatio }: LimitRangeItem, name: string, field: string): FieldError[] {
  const ratio = maxLimitRequestRatio?.[name];
  if (ratio === undefined) return [];
  const errors: FieldError[] = [];
  const path = `${field}.maxLimitRequestRatio[${name}]`;
  if (compareQuantities(ratio, '1') < 0) errors.push(invalid(path, String(ratio), `ratio ${ratio} is less than 1`));
  const [low, high] = [milliValueOf(min?.[name]), milliValueOf(max?.[name])];
  if (low > 0 && high > 0 && milliValueOf(ratio) > (high / low) * 1000) {
    errors.push(invalid(path, String(ratio), `ratio ${ratio} is greater than max/min = ${(high / low).toFixed(6)}`));
  }
  return errors;
}
