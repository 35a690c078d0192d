// The functions that awk has itself.
import { atan2, cos, exp, ln, sin } from '../../../../../base/mathematics.ts';
import { EPOCH_MS } from '../../../../../kube/meta.ts';
import { formatDate } from '../../dates.ts';
import type { Evaluation } from './evaluation.ts';
import type { Expression } from './expressions.ts';
import { AwkMistake } from './tokens.ts';
import { formattedValues, numberOf, splitBy, textOf, type Value } from './values.ts';

type AwkFunction = (machine: Evaluation, args: readonly Expression[]) => Value;

const LINE: Expression = { type: 'field', index: { type: 'number', value: 0 } };

/** Of the first argument, or of the line. */
const ofText =
  (make: (text: string) => Value): AwkFunction =>
  (machine, [first = LINE]) =>
    make(machine.text(first));

const ofNumber =
  (make: (value: number) => number): AwkFunction =>
  (machine, [first = LINE]) =>
    make(machine.number(first));

export const FUNCTIONS: Readonly<Record<string, AwkFunction>> = {
  length(machine, [first = LINE]) {
    if (first.type === 'variable' && machine.hasArray(first.name)) return Object.keys(machine.array(first.name)).length;
    return machine.text(first).length;
  },
  substr(machine, [first = LINE, from = LINE, count]) {
    const text = machine.text(first);
    const start = Math.max(0, Math.trunc(machine.number(from)) - 1);
    return text.slice(start, count ? start + Math.max(0, Math.trunc(machine.number(count))) : undefined);
  },
  index(machine, [first = LINE, second = LINE]) {
    const text = machine.text(first);
    return text.indexOf(machine.text(second)) + 1;
  },
  tolower: ofText((text) => text.toLowerCase()),
  toupper: ofText((text) => text.toUpperCase()),
  int: ofNumber(Math.trunc),
  sqrt: ofNumber(Math.sqrt),
  exp: ofNumber(exp),
  log: ofNumber(ln),
  sin: ofNumber(sin),
  cos: ofNumber(cos),
  atan2: (machine, [y = LINE, x = LINE]) => atan2(machine.number(y), machine.number(x)),
  srand: () => 0,
  rand: (machine) => machine.around.world.random('awk'),
  systime: (machine) => Math.floor((EPOCH_MS + machine.around.world.nowMs) / 1000),
  strftime(machine, [format, at]) {
    const nowMs = at ? machine.number(at) * 1000 - EPOCH_MS : machine.around.world.nowMs;
    return formatDate(nowMs, format ? machine.text(format) : '%c');
  },
  sprintf(machine, args) {
    const [format = '', ...values] = args.map((arg) => machine.value(arg));
    return formattedValues(textOf(format), values);
  },
  split(machine, [text = LINE, array, separator]) {
    if (array?.type !== 'variable') throw new AwkMistake('split needs an array');
    const by =
      separator?.type === 'regex'
        ? separator.source
        : textOf(separator ? machine.value(separator) : (machine.state.variables['FS'] ?? ' '));
    const parts = splitBy(machine.text(text), by);
    const items = machine.array(array.name);
    for (const key of Object.keys(items)) delete items[key];
    for (const [i, part] of parts.entries()) items[String(i + 1)] = part;
    return parts.length;
  },
  match(machine, [first = LINE, pattern = LINE]) {
    const match = machine.regex(pattern).find(machine.text(first));
    const { variables } = machine.state;
    variables['RSTART'] = match ? (match[0] ?? 0) + 1 : 0;
    variables['RLENGTH'] = match ? (match[1] ?? 0) - (match[0] ?? 0) : -1;
    return variables['RSTART'];
  },
  sub: (machine, args) => substitute(machine, args, false),
  gsub: (machine, args) => substitute(machine, args, true),
  system: (machine, [command = LINE]) => machine.runCommand(machine.text(command)),
  close: (machine, [name = LINE]) => machine.close(machine.text(name)),
  fflush: () => 0,
  and: (machine, args) => args.map((arg) => numberOf(machine.value(arg))).reduce((a, b) => a & b),
  or: (machine, args) => args.map((arg) => numberOf(machine.value(arg))).reduce((a, b) => a | b),
};

function substitute(
  machine: Evaluation,
  [pattern = LINE, replacement = LINE, target = LINE]: readonly Expression[],
  isEverywhere: boolean,
): number {
  const regex = machine.regex(pattern);
  const by = machine.text(replacement);
  const text = machine.text(target);
  let out = '';
  let count = 0;
  let at = 0;
  while (at <= text.length) {
    const match = isEverywhere || count === 0 ? regex.find(text, at) : undefined;
    if (!match) break;
    const [from = 0, to = 0] = match;
    count++;
    out += text.slice(at, from) + by.replace(/\\&|&/g, (sign) => (sign === '&' ? text.slice(from, to) : '&'));
    if (to === from) out += text[to] ?? '';
    at = to === from ? to + 1 : to;
  }
  if (count > 0) machine.assign(target, out + text.slice(at));
  return count;
}
