// Facts as a lesson file writes them: `{pods: {labels: {app: web}, ready: true}, count: 3}`, `{object: Deployment/web}`,
// `{all: […]}`, `{any: […]}`, `{not: …}`, `{ever: …}`, `{always: …}`.
import type { Field } from '../scenario/field.ts';
import type { Fact, PodFilter, Range } from './fact.ts';

const FACT_TYPES = ['pods', 'object', 'all', 'any', 'not', 'ever', 'always'] as const;

export function factOf(field: Field): Fact {
  field.asMap();
  const types = FACT_TYPES.filter((each) => field.at(each).isThere);
  const type = types[0];
  if (types.length !== 1 || type === undefined) return field.fail(`must be one of ${FACT_TYPES.join(', ')}`);
  switch (type) {
    case 'pods':
      field.asMapOf('pods', 'count');
      return { type, pods: podFilterOf(field.at('pods')), count: field.at('count').isThere ? rangeOf(field.at('count')) : { min: 1 } };
    case 'object':
      return objectFactOf(field.asMapOf('object', 'path', 'is'));
    case 'all':
    case 'any':
      field.asMapOf(type);
      return { type, facts: field.at(type).asList().map(factOf) };
    default:
      field.asMapOf(type);
      return { type, fact: factOf(field.at(type)) };
  }
}

function objectFactOf(field: Field): Fact {
  const [kind, name] = field.at('object').asName().split('/');
  if (!kind || !name) return field.at('object').fail('must be a kind and a name such as Deployment/web');
  const path = field.at('path');
  const is = field.at('is');
  return {
    type: 'object',
    kind,
    name,
    ...(path.isThere ? { path: path.asName().split('.') } : {}),
    ...(is.isThere ? { is: is.value } : {}),
  };
}

export function podFilterOf(field: Field): PodFilter {
  field.asMapOf('name', 'labels', 'owner', 'image', 'node', 'status', 'ready', 'restarts', 'born', 'sameIP', 'sameNode');
  const labels = field.at('labels').asTexts();
  const texts = (['name', 'owner', 'image', 'node', 'status'] as const).filter((key) => field.at(key).isThere);
  const switches = (['ready', 'sameIP', 'sameNode'] as const).filter((key) => field.at(key).isThere);
  const born = field.at('born');
  if (born.isThere && born.value !== 'before' && born.value !== 'after') born.fail('must be before or after');
  return {
    ...(labels ? { labels } : {}),
    ...Object.fromEntries(texts.map((key) => [key, field.at(key).asName()])),
    ...Object.fromEntries(switches.map((key) => [key, field.at(key).asBoolean(false)])),
    ...(born.isThere ? { born: born.value as 'before' | 'after' } : {}),
    ...(field.at('restarts').isThere ? { restarts: rangeOf(field.at('restarts')) } : {}),
  };
}

function rangeOf(field: Field): Range {
  if (typeof field.value === 'number') return field.asWhole();
  field.asMapOf('min', 'max');
  const min = field.at('min');
  const max = field.at('max');
  return { ...(min.isThere ? { min: min.asWhole() } : {}), ...(max.isThere ? { max: max.asWhole() } : {}) };
}
