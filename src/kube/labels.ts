// Label selectors: matching them, and writing them as text. selectorText.ts reads them.
// Models apimachinery/pkg/labels/selector.go, apimachinery/pkg/fields/selector.go and meta/v1/helpers.go.
import type { LabelSelector, StringMap } from './meta.ts';

export type SelectorOperator = 'in' | 'notin' | '=' | '==' | '!=' | 'gt' | 'lt' | 'exists' | '!';

export interface Requirement {
  readonly key: string;
  readonly operator: SelectorOperator;
  readonly values: readonly string[];
}

/** Requirements that must all hold. The empty list matches everything. */
export type Selector = readonly Requirement[];

/** Whether all pairs of `map` are among `labels`: how node selectors, Services and ReplicationControllers choose. */
export function matchesLabels(map: StringMap, labels: StringMap | undefined): boolean {
  for (const key in map) if (labels?.[key] !== map[key]) return false;
  return true;
}

/** Whether a label selector chooses an object with these labels. No selector chooses nothing, the empty one everything. */
export function matchesSelector(selector: LabelSelector | undefined, labels: StringMap | undefined): boolean {
  if (!selector) return false;
  if (selector.matchLabels && !matchesLabels(selector.matchLabels, labels)) return false;
  for (const { key, operator, values } of selector.matchExpressions ?? []) {
    const value = labels?.[key];
    const isIn = value !== undefined && (values?.includes(value) ?? false);
    if (operator === 'In' ? !isIn : operator === 'NotIn' ? isIn : operator === 'Exists' ? value === undefined : value !== undefined)
      return false;
  }
  return true;
}

/** A label selector as a function that is quick to call often. */
export function compileSelector(selector: LabelSelector | undefined): (labels: StringMap | undefined) => boolean {
  const pairs = Object.entries(selector?.matchLabels ?? {});
  const rest = selector?.matchExpressions?.length ? { matchExpressions: selector.matchExpressions } : undefined;
  if (!selector) return () => false;
  return (labels) => {
    for (const [key, value] of pairs) if (labels?.[key] !== value) return false;
    return rest === undefined || matchesSelector(rest, labels);
  };
}

export function isEmptySelector(selector: LabelSelector | undefined): boolean {
  return Object.keys(selector?.matchLabels ?? {}).length === 0 && (selector?.matchExpressions ?? []).length === 0;
}

export function matchesRequirements(selector: Selector, labels: StringMap | undefined): boolean {
  return selector.every((requirement) => matchesRequirement(requirement, labels?.[requirement.key]));
}

function matchesRequirement({ operator, values }: Requirement, value: string | undefined): boolean {
  switch (operator) {
    case 'in':
    case '=':
    case '==':
      return value !== undefined && values.includes(value);
    case 'notin':
    case '!=':
      return value === undefined || !values.includes(value);
    case 'exists':
      return value !== undefined;
    case '!':
      return value === undefined;
    case 'gt':
    case 'lt': {
      if (value === undefined || !/^[+-]?\d+$/.test(value)) return false;
      return operator === 'gt' ? Number(value) > Number(values[0]) : Number(value) < Number(values[0]);
    }
  }
}

/** Kubernetes' text form of a label selector, e.g. `app=web,tier in (a,b),!old`; `<none>` for one that chooses everything. */
export function formatSelector(selector: LabelSelector | undefined): string {
  if (isEmptySelector(selector)) return '<none>';
  return formatRequirements(requirementsOf(selector as LabelSelector));
}

/** A label selector as requirements, sorted by key as Kubernetes sorts them. */
export function requirementsOf(selector: LabelSelector): Selector {
  const operators = { In: 'in', NotIn: 'notin', Exists: 'exists', DoesNotExist: '!' } as const;
  const requirements: Requirement[] = Object.entries(selector.matchLabels ?? {}).map(([key, value]) => ({
    key,
    operator: '=',
    values: [value],
  }));
  for (const { key, operator, values } of selector.matchExpressions ?? []) {
    requirements.push({ key, operator: operators[operator], values: [...(values ?? [])].sort() });
  }
  return requirements.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
}

/** `a=b,c=d` of a plain map, sorted by key; `<none>` when empty. */
export function formatLabels(labels: StringMap | undefined): string {
  const keys = Object.keys(labels ?? {}).sort();
  return keys.length === 0 ? '<none>' : keys.map((key) => `${key}=${labels?.[key]}`).join(',');
}

export function formatRequirements(selector: Selector): string {
  return selector.map(formatRequirement).join(',');
}

function formatRequirement({ key, operator, values }: Requirement): string {
  switch (operator) {
    case 'exists':
      return key;
    case '!':
      return `!${key}`;
    case 'in':
    case 'notin':
      return `${key} ${operator} (${values.join(',')})`;
    case 'gt':
      return `${key}>${values[0]}`;
    case 'lt':
      return `${key}<${values[0]}`;
    default:
      return `${key}${operator}${values[0]}`;
  }
}
