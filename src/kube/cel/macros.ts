// Macros: calls that go through a list or a map with a variable of their own. Models cel-go's parser/macro.go and ext/comprehensions.go.
import type { Call, Expression } from './expression.ts';

export interface Loop {
  readonly macro: 'all' | 'exists' | 'exists_one' | 'filter' | 'map' | 'optMap' | 'optFlatMap' | 'transformList' | 'transformMap';
  readonly over: Expression;
  /** One variable for each item, or two for its place and itself. */
  readonly variables: readonly string[];
  /** What an item must keep to be taken; of `all` and its like the question itself. */
  readonly test: Expression | undefined;
  /** What an item becomes. */
  readonly made: Expression | undefined;
}

const TESTS: Readonly<Record<string, Loop['macro']>> = {
  all: 'all',
  exists: 'exists',
  exists_one: 'exists_one',
  existsOne: 'exists_one',
  filter: 'filter',
};
const OPTIONAL = ['optMap', 'optFlatMap'] as const;
const TRANSFORMS = ['transformList', 'transformMap'] as const;

/** The loop that a call is; undefined for one of a function. */
export function loopOf({ name, on, args }: Call): Loop | undefined {
  if (!on) return undefined;
  const test = Object.hasOwn(TESTS, name) ? TESTS[name] : undefined;
  if (test && args.length === 2) return loop(test, on, args, 1, { test: args[1] });
  if (test && test !== 'filter' && args.length === 3) return loop(test, on, args, 2, { test: args[2] });
  if (name === 'map' && args.length === 2) return loop('map', on, args, 1, { made: args[1] });
  if (name === 'map' && args.length === 3) return loop('map', on, args, 1, { test: args[1], made: args[2] });
  const optional = OPTIONAL.find((each) => each === name);
  if (optional && args.length === 2) return loop(optional, on, args, 1, { made: args[1] });
  const transform = TRANSFORMS.find((each) => each === name);
  if (transform && args.length === 3) return loop(transform, on, args, 2, { made: args[2] });
  return transform && args.length === 4 ? loop(transform, on, args, 2, { test: args[2], made: args[3] }) : undefined;
}

function loop(
  macro: Loop['macro'],
  over: Expression,
  args: readonly Expression[],
  count: number,
  { test, made }: { readonly test?: Expression | undefined; readonly made?: Expression | undefined },
): Loop | undefined {
  const variables = args.slice(0, count).flatMap((each) => (each.type === 'name' ? [each.name] : []));
  return variables.length === count ? { macro, over, variables, test, made } : undefined;
}
