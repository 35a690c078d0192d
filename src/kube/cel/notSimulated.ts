// The functions that an expression calls and that are not simulated.
import { qualifiedName } from './check.ts';
import { CelMistake, readCel } from './compile.ts';
import type { Expression } from './expression.ts';
import { NOT_SIMULATED } from './library/index.ts';

export function functionsNotSimulated(text: string | undefined): readonly string[] {
  if (!text) return [];
  try {
    return namesIn(readCel(text)).filter((name) => NOT_SIMULATED.has(name));
  } catch (error) {
    if (error instanceof CelMistake) return [];
    throw error;
  }
}

/** The functions that an expression calls. */
function namesIn(expression: Expression): readonly string[] {
  switch (expression.type) {
    case 'call': {
      const name = qualifiedName(expression, () => false) ?? expression.name;
      return [name, ...[...(expression.on ? [expression.on] : []), ...expression.args].flatMap(namesIn)];
    }
    case 'list':
      return expression.items.flatMap(({ value }) => namesIn(value));
    case 'map':
      return expression.entries.flatMap(({ key, value }) => [...namesIn(key), ...namesIn(value)]);
    case 'object':
      return expression.fields.flatMap(({ value }) => namesIn(value));
    case 'field':
      return namesIn(expression.of);
    case 'choice':
      return [expression.condition, expression.yes, expression.no].flatMap(namesIn);
    default:
      return [];
  }
}
