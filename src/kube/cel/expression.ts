// What an expression of the Common Expression Language is once it is read: a tree, each part with its place in the text.

interface Placed {
  /** Where cel-go says it is: of an operator or a call its own sign. */
  readonly at: number;
}

/** Operators are calls, by the names that cel-go gives them: `_+_`, `!_`, `_[_]`. */
export type Expression =
  | (Placed & { readonly type: 'value'; readonly value: unknown; readonly of: string })
  | (Placed & { readonly type: 'name'; readonly name: string })
  | (Placed & { readonly type: 'list'; readonly items: readonly Item[] })
  | (Placed & { readonly type: 'map'; readonly entries: readonly Entry[] })
  | (Placed & { readonly type: 'object'; readonly name: string; readonly fields: readonly FieldGiven[] })
  | (Placed & { readonly type: 'field'; readonly of: Expression; readonly name: string; readonly isOptional: boolean })
  | (Placed & { readonly type: 'call'; readonly name: string; readonly on: Expression | undefined; readonly args: readonly Expression[] })
  | (Placed & { readonly type: 'choice'; readonly condition: Expression; readonly yes: Expression; readonly no: Expression });

/** `[?value]` is left out where it is none. */
export interface Item {
  readonly value: Expression;
  readonly isOptional: boolean;
}

export interface Entry extends Item {
  readonly key: Expression;
}

export interface FieldGiven extends Item {
  readonly name: string;
}

export type Call = Extract<Expression, { type: 'call' }>;

/** `sets` of `sets.contains(a, b)`, `a.b` of `a.b.c`; undefined where more than names stand there. */
export function dottedName(expression: Expression | undefined): string | undefined {
  if (expression?.type === 'name') return expression.name;
  if (expression?.type !== 'field' || expression.isOptional) return undefined;
  const before = dottedName(expression.of);
  return before === undefined ? undefined : `${before}.${expression.name}`;
}
