// Small tools in one line or two: expr sync clear stty truncate unlink cmp.
import { calculate } from '../arithmetic.ts';
import { fileEntry } from '../disk.ts';
import { parseBytes } from '../numbers.ts';
import { readOptions } from '../options.ts';
import { instant } from '../program.ts';
import { RegexError, regexOf } from '../regex.ts';
import { ScriptError } from '../scriptError.ts';

export const nothing = instant(() => 0);

/** Numbers, comparisons, `text : expression` and what is asked of one text. */
export const expr = instant((call) => {
  const { args } = call;
  const told = (value: string | number) => {
    call.out(`${value}\n`);
    return value === '' || value === '0' || value === 0 ? 1 : 0;
  };
  try {
    const asked = askedOfText(args);
    if (asked !== undefined) return told(asked);
    if (args.every((word) => /^(-?\d+|[-+*/%()]|[<>]=?|!?=)$/.test(word))) {
      const expression = args.map((word) => (word === '=' ? '==' : word)).join(' ');
      return told(String(calculate(expression, { get: () => undefined, set: () => {} })));
    }
    const [left = '', operator = '', right = ''] = args;
    if (args.length === 1) return told(left);
    const isOf = COMPARISONS[operator];
    if (isOf) return told(isOf(left, right) ? 1 : 0);
    return call.fail(/^[-+*/%]$/.test(operator) ? 'non-numeric argument' : 'syntax error', 2);
  } catch (error) {
    if (!(error instanceof ScriptError || error instanceof RegexError)) throw error;
    return call.fail(error.message === 'divide by zero' ? 'division by zero' : 'syntax error', 2);
  }
});

const COMPARISONS: Readonly<Record<string, (a: string, b: string) => boolean>> = {
  '=': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

function askedOfText([first = '', second = '', third = '', fourth = '']: readonly string[]): string | number | undefined {
  if (second === ':') return matchedIn(first, third);
  switch (first) {
    case 'match':
      return matchedIn(second, third);
    case 'length':
      return second.length;
    case 'index':
      return [...second].findIndex((letter) => third.includes(letter)) + 1;
    case 'substr':
      return Number(third) < 1 ? '' : second.slice(Number(third) - 1, Number(third) - 1 + Math.max(0, Number(fourth)));
    default:
      return undefined;
  }
}

/** What the group of an expression matched at the beginning of a text; without a group, how much. */
function matchedIn(text: string, expression: string): string | number {
  const match = regexOf(expression, {}).find(text);
  const isGroup = match?.[2] !== undefined;
  if (match?.[0] !== 0) return isGroup || expression.includes('\\(') ? '' : 0;
  return isGroup ? text.slice(match[2], match[3]) : (match[1] ?? 0);
}

export const truncate = instant((call) => {
  const options = readOptions(call, 's:c', { 'size=': 's' });
  if (typeof options === 'number') return options;
  const size = parseBytes(options.value('s') ?? '');
  if (size === undefined) return call.fail('you must specify either --size or --reference');
  let status = 0;
  for (const file of options.operands) {
    const isDone = call.attempt(file, () =>
      call.files.put(call.path(file), (entry) => {
        const text = (entry?.text ?? '').slice(0, size);
        return { ...fileEntry(text, call.nowMs, entry?.mode), ...(text.length < size && { bytes: size }) };
      }),
    );
    if (!isDone) status = 1;
  }
  return status;
});

export const cmp = instant((call) => {
  const [first = '', second = ''] = call.args.filter((word) => !word.startsWith('-'));
  const a = call.read(first);
  const b = call.read(second);
  if (a === undefined || b === undefined) return 2;
  if (a === b) return 0;
  if (call.args.includes('-s')) return 1;
  const at = [...a].findIndex((letter, i) => letter !== b[i]);
  if (at < 0 || at >= b.length) call.err(`cmp: EOF on ${a.length < b.length ? first : second}\n`);
  else call.out(`${first} ${second} differ: ${call.isBusybox ? 'char' : 'byte'} ${at + 1}, line ${a.slice(0, at).split('\n').length}\n`);
  return 1;
});
