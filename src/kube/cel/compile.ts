// From the text of an expression to what can be run, or to what is wrong with it as a server says it.
// Models apiserver/pkg/admission/plugin/cel/compile.go and cel-go's common/{error,errors}.go.
import { rememberedBy } from '../../base/remembered.ts';
import { typeOf } from './check.ts';
import type { Expression } from './expression.ts';
import { parseCel } from './parse.ts';
import type { Scope } from './scope.ts';
import { CelSyntaxError, type Issue } from './tokens.ts';
import type { CelType } from './types.ts';

export interface Compiled {
  readonly expression: Expression;
  readonly type: CelType;
}

/** A text that cannot be run; the message tells every mistake with its line. */
export class CelMistake extends Error {}

/** The same texts are asked for every object. */
const parsed = rememberedBy(
  500,
  (text: string) => text,
  (text: string): Expression | CelSyntaxError => {
    try {
      return parseCel(text);
    } catch (error) {
      if (error instanceof CelSyntaxError) return error;
      throw error;
    }
  },
);

/** The expression as it stands, whatever its types. Throws CelMistake. */
export function readCel(text: string): Expression {
  const expression = parsed(text);
  if (expression instanceof CelSyntaxError) throw new CelMistake(shown(text, [{ at: expression.at, message: expression.message }]));
  return expression;
}

/** The expression with its type. Throws CelMistake. */
export function compileCel(text: string, scope: Scope): Compiled {
  const expression = readCel(text);
  const issues: Issue[] = [];
  const type = typeOf(expression, scope, issues);
  if (issues.length > 0) throw new CelMistake(shown(text, issues));
  return { expression, type };
}

/** Each mistake with its line, and a mark under the place. */
function shown(text: string, issues: readonly Issue[]): string {
  return [...issues]
    .sort((a, b) => a.at - b.at)
    .map(({ at, message }) => {
      const before = text.slice(0, at).split('\n');
      const column = before.at(-1)?.length ?? 0;
      const line = text.split('\n')[before.length - 1] ?? '';
      return `ERROR: <input>:${before.length}:${column + 1}: ${message}\n | ${line}\n | ${'.'.repeat(column)}^`;
    })
    .join('\n');
}
