// Works out an expression of the Common Expression Language. Models github.com/google/cel-go's interpreter. Leaves out: costs.
import { qualifiedName } from './check.ts';
import type { Call, Entry, Expression, Item } from './expression.ts';
import { requestResourceOf } from './library/authorizers.ts';
import { valueAt } from './library/core.ts';
import { NOT_SIMULATED, overloadsOf } from './library/index.ts';
import { optionalAt } from './library/optionals.ts';
import { type Loop, loopOf } from './macros.ts';
import { TYPE_NAMES } from './scope.ts';
import { CelError, contentOf, isCelMap, isOfType, NONE, NotSimulated, Opaque, some } from './value.ts';

export type Names = Readonly<Record<string, unknown>>;

/** Throws CelError where the values do not fit, NotSimulated for what is not known here. */
export function evaluateCel(expression: Expression, names: Names): unknown {
  switch (expression.type) {
    case 'value':
      return expression.value;
    case 'name':
      return named(expression.name, names);
    case 'list':
      return itemsOf(expression.items, names);
    case 'map':
      return mapOfEntries(expression.entries, names);
    case 'object':
      return Object.fromEntries(present(expression.fields, names).map(({ item, value }) => [item.name, value]));
    case 'field': {
      const holder = evaluateCel(expression.of, names);
      return expression.isOptional ? optionalField(holder, expression.name) : field(holder, expression.name);
    }
    case 'call':
      return call(expression, names);
    case 'choice':
      return evaluateCel(boolean(evaluateCel(expression.condition, names)) ? expression.yes : expression.no, names);
  }
}

function named(name: string, names: Names): unknown {
  if (Object.hasOwn(names, name)) return names[name];
  if (TYPE_NAMES.has(name)) return new Opaque('type', name);
  throw new CelError(`no such attribute(s): ${name}`);
}

function field(holder: unknown, name: string): unknown {
  if (!(holder instanceof Opaque)) return valueAt(holder, name);
  if (holder.type === 'optional_type') return optionalField(holder, name);
  return requestResourceOf(holder) ?? valueAt(holder, name);
}

/** What stands in what stands in an optional value. */
function optionalField(holder: unknown, at: unknown): Opaque {
  if (!(holder instanceof Opaque) || holder.type !== 'optional_type') return optionalAt(holder, at);
  const [content] = contentOf(holder);
  return content === undefined ? NONE : optionalAt(content, at);
}

/** The values of a literal, without those that are asked for with `?` and are none. */
function present<T extends Item>(items: readonly T[], names: Names): { readonly item: T; readonly value: unknown }[] {
  return items.flatMap((item) => {
    const value = evaluateCel(item.value, names);
    if (!item.isOptional) return [{ item, value }];
    return contentOf(value as Opaque).map((content) => ({ item, value: content }));
  });
}

const itemsOf = (items: readonly Item[], names: Names): unknown[] => present(items, names).map(({ value }) => value);

const mapOfEntries = (entries: readonly Entry[], names: Names): Record<string, unknown> =>
  Object.fromEntries(present(entries, names).map(({ item, value }) => [String(evaluateCel(item.key, names)), value]));

function boolean(value: unknown): boolean {
  if (typeof value !== 'boolean') throw new CelError('no such overload');
  return value;
}

function call(expression: Call, names: Names): unknown {
  const { name, on, args } = expression;
  const [first, second] = args;
  if (name === 'has' && !on) return has(first, names);
  if ((name === '_&&_' || name === '_||_') && first && second) return eitherWay(name === '_||_', first, second, names);
  const loop = loopOf(expression);
  if (loop) return looped(loop, names);
  const whole = qualifiedName(expression, (each) => Object.hasOwn(names, each));
  if (NOT_SIMULATED.has(whole ?? name)) throw new NotSimulated(whole ?? name);
  const values = [...(on && whole === undefined ? [on] : []), ...args].map((each) => evaluateCel(each, names));
  if (name === '_[_]') return values[0] instanceof Opaque ? optionalField(values[0], values[1]) : valueAt(values[0], values[1]);
  if (name === '_[?_]') return optionalField(values[0], values[1]);
  const isMember = on !== undefined && whole === undefined;
  const fitting = overloadsOf(whole ?? name)?.find(
    (each) =>
      each.isMember === isMember && each.params.length === values.length && each.params.every((type, i) => isOfType(type, values[i])),
  );
  if (!fitting) throw new CelError('no such overload');
  return fitting.run(...(values as never[]));
}

/** One side decides, whatever is wrong with the other. */
function eitherWay(decisive: boolean, left: Expression, right: Expression, names: Names): boolean {
  let mistake: CelError | undefined;
  for (const side of [left, right]) {
    try {
      if (boolean(evaluateCel(side, names)) === decisive) return decisive;
    } catch (error) {
      if (!(error instanceof CelError)) throw error;
      mistake ??= error;
    }
  }
  if (mistake) throw mistake;
  return !decisive;
}

function has(of: Expression | undefined, names: Names): boolean {
  if (of?.type !== 'field') throw new CelError('invalid argument to has() macro');
  const holder = evaluateCel(of.of, names);
  if (holder instanceof Opaque && holder.type === 'optional_type') return contentOf(optionalField(holder, of.name)).length > 0;
  if (!isCelMap(holder)) throw new CelError('no such overload');
  return holder[of.name] !== undefined && holder[of.name] !== null;
}

// Loops -------------------------------------------------------------------------------------------------------------------

/** `self.items.all(item, item.size > 0)`; of a map with one variable the keys are gone through. */
function looped(loop: Loop, names: Names): unknown {
  const { macro, over, variables, test, made } = loop;
  const holder = evaluateCel(over, names);
  if (macro === 'optMap' || macro === 'optFlatMap') {
    const [content] = holder instanceof Opaque ? contentOf(holder) : [];
    if (content === undefined || !made) return NONE;
    const result = evaluateCel(made, { ...names, [variables[0] as string]: content });
    return macro === 'optMap' ? some(result) : result;
  }
  const pairs = pairsOf(holder);
  const bound = ([place, item]: readonly [unknown, unknown]): Names => {
    const [first = '', second] = variables;
    return second === undefined
      ? { ...names, [first]: Array.isArray(holder) ? item : place }
      : { ...names, [first]: place, [second]: item };
  };
  const isTaken = (pair: readonly [unknown, unknown]) => !test || boolean(evaluateCel(test, bound(pair)));
  const become = (pair: readonly [unknown, unknown]) => made && evaluateCel(made, bound(pair));
  switch (macro) {
    case 'all':
      return decided(pairs, isTaken, false);
    case 'exists':
      return decided(pairs, isTaken, true);
    case 'exists_one':
      return pairs.filter(isTaken).length === 1;
    case 'filter':
      return pairs.filter(isTaken).map(([place, item]) => (Array.isArray(holder) ? item : place));
    case 'transformMap':
      return Object.fromEntries(pairs.filter(isTaken).map((pair) => [String(pair[0]), become(pair)]));
    default:
      return pairs.filter(isTaken).map(become);
  }
}

function pairsOf(holder: unknown): readonly (readonly [unknown, unknown])[] {
  if (Array.isArray(holder)) return holder.map((item, i) => [i, item] as const);
  if (isCelMap(holder)) return Object.entries(holder);
  throw new CelError('no such overload');
}

/** One item decides, whatever is wrong with the others. */
function decided<T>(items: readonly T[], test: (item: T) => boolean, decisive: boolean): boolean {
  let mistake: CelError | undefined;
  for (const item of items) {
    try {
      if (test(item) === decisive) return decisive;
    } catch (error) {
      if (!(error instanceof CelError)) throw error;
      mistake ??= error;
    }
  }
  if (mistake) throw mistake;
  return !decisive;
}
