// Facts as a lesson file writes them: `{pods: {labels: {app: web}, ready: true}, count: 3}`, `{object: Deployment/web}`,
// `{all: […]}`, `{any: […]}`, `{not: …}`, `{ever: …}`, `{always: …}`.
import type { Field } from '../scenario/field.ts';
import type { Fact, PodFilter, Range } from './fact.ts';
import type { FileFact, LogFact } from './insideFact.ts';

const FACT_TYPES = ['pods', 'object', 'all', 'any', 'not', 'ever', 'always'] as const;

export function factOf(field: Field): Fact {
  field.asMap();
  const types = FACT_TYPES.filter((each) => field.at(each).isThere);
  const type = types[0];
  if (types.length !== 1 || type === undefined) return field.fail('oneOf', FACT_TYPES.join(', '));
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
  if (!kind || !name) return field.at('object').fail('object');
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
  field.asMapOf('name', 'labels', 'owner', 'image', 'node', 'status', 'ready', 'restarts', 'born', 'sameIP', 'sameNode', 'log', 'file');
  const labels = field.at('labels').asTexts();
  const texts = (['name', 'owner', 'image', 'node', 'status'] as const).filter((key) => field.at(key).isThere);
  const switches = (['ready', 'sameIP', 'sameNode'] as const).filter((key) => field.at(key).isThere);
  const born = field.at('born');
  if (born.isThere && born.value !== 'before' && born.value !== 'after') born.fail('oneOf', 'before, after');
  return {
    ...(labels ? { labels } : {}),
    ...Object.fromEntries(texts.map((key) => [key, field.at(key).asName()])),
    ...Object.fromEntries(switches.map((key) => [key, field.at(key).asBoolean(false)])),
    ...(born.isThere ? { born: born.value as 'before' | 'after' } : {}),
    ...(field.at('restarts').isThere ? { restarts: rangeOf(field.at('restarts')) } : {}),
    ...(field.at('log').isThere ? { log: logFactOf(field.at('log')) } : {}),
    ...(field.at('file').isThere ? { file: fileFactOf(field.at('file')) } : {}),
  };
}

/** `log: Hello` for any container, or `log: {has: Hello, container: web, previous: true}`. */
function logFactOf(field: Field): LogFact {
  if (typeof field.value === 'string') return { has: field.asText(), previous: false };
  field.asMapOf('has', 'container', 'previous');
  return { has: field.at('has').asText(), previous: field.at('previous').asBoolean(false), ...containerOf(field) };
}

/** `file: /pages/index.html` is there, or `file: {path: /pages/index.html, has: Hello, container: web}`. */
function fileFactOf(field: Field): FileFact {
  if (typeof field.value === 'string') return { path: pathOf(field) };
  const has = field.asMapOf('path', 'has', 'container').at('has');
  return { path: pathOf(field.at('path')), ...(has.isThere ? { has: has.asText() } : {}), ...containerOf(field) };
}

function pathOf(field: Field): string {
  const path = field.asName();
  return path.startsWith('/') ? path : field.fail('path');
}

function containerOf(field: Field): { readonly container?: string } {
  const container = field.at('container');
  return container.isThere ? { container: container.asName() } : {};
}

function rangeOf(field: Field): Range {
  if (typeof field.value === 'number') return field.asWhole();
  if (typeof field.value !== 'object') field.fail('range');
  field.asMapOf('min', 'max');
  const min = field.at('min');
  const max = field.at('max');
  if (min.isThere && max.isThere && min.asWhole() > max.asWhole()) max.fail('minMax');
  return { ...(min.isThere ? { min: min.asWhole() } : {}), ...(max.isThere ? { max: max.asWhole() } : {}) };
}
