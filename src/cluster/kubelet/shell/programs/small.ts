// Small tools in one line or two: expr sync clear stty truncate unlink shuf paste cmp.
import { calculate } from '../arithmetic.ts';
import { fileEntry } from '../disk.ts';
import { parseBytes } from '../numbers.ts';
import { readOptions } from '../options.ts';
import { instant } from '../program.ts';
import { RegexError, regexOf } from '../regex.ts';
import { ScriptError } from '../scanner.ts';

export const nothing = instant(() => 0);

/** Numbers, comparisons and `text : expression`. */
export const expr = instant((call) => {
  const [left = '', operator, right = ''] = call.args;
  try {
    if (operator === ':' || left === 'match') {
      const match = regexOf(operator === ':' ? right : right, {}).find(left);
      const isGroup = match?.[2] !== undefined;
      const text = match?.[0] === 0 ? (isGroup ? left.slice(match[2], match[3]) : String((match[1] ?? 0) - 0)) : isGroup ? '' : '0';
      call.out(`${text}\n`);
      return text === '' || text === '0' ? 1 : 0;
    }
    if (left === 'length' && operator !== undefined) call.out(`${operator.length}\n`);
    const isNumbers = call.args.every((word) => /^(-?\d+|[-+*/%()]|[<>]=?|!?=)$/.test(word));
    if (left === 'length' && operator !== undefined) return 0;
    if (!isNumbers) return compareTexts(call.args, call.out.bind(call)) ?? call.fail('syntax error', 2);
    const value = calculate(call.args.map((word) => (word === '=' ? '==' : word)).join(' '), { get: () => undefined, set: () => {} });
    call.out(`${value}\n`);
    return value === 0n ? 1 : 0;
  } catch (error) {
    if (!(error instanceof ScriptError || error instanceof RegexError)) throw error;
    return call.fail(error.message === 'divide by zero' ? 'division by zero' : 'syntax error', 2);
  }
});

function compareTexts(words: readonly string[], out: (text: string) => void): number | undefined {
  const [left = '', operator, right = ''] = words;
  if (words.length === 1) {
    out(`${left}\n`);
    return left === '' || left === '0' ? 1 : 0;
  }
  if (operator !== '=' && operator !== '!=') return undefined;
  const is = (left === right) === (operator === '=');
  out(`${is ? 1 : 0}\n`);
  return is ? 0 : 1;
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
  if (!call.args.includes('-s')) call.out(`${first} ${second} differ\n`);
  return 1;
});
