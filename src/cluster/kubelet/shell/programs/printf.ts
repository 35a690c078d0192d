// printf: a format, repeated while there are arguments.
import type { Call } from '../call.ts';
import { formatDate, formatInstant } from '../dates.ts';
import { unescaped } from '../escapes.ts';
import { formattedAgain } from '../format.ts';
import type { ShellKind } from '../process.ts';
import { instant } from '../program.ts';

export const printf = instant((call) => {
  const { text, status } = printedText(call);
  call.out(text);
  return status;
});

export function printedText(call: Call): { readonly text: string; readonly status: number } {
  const [format, ...values] = call.args[0] === '--' ? call.args.slice(1) : call.args;
  const { body } = call.process;
  const kind = body.type === 'shell' ? body.kind : undefined;
  if (format === undefined) return { text: '', status: sayUsage(call, kind) };
  let status = 0;
  const isBash = kind === 'bash';
  const text = formattedAgain(unescaped(format), values, {
    complain(sayings) {
      call.complain(sayings);
      status = 1;
    },
    isEscaping: kind !== 'ash' && kind !== 'dash',
    moment: isBash ? (shape, value) => momentText(call, shape, value) : undefined,
  });
  return { text, status };
}

function sayUsage(call: Call, kind: ShellKind | undefined): number {
  if (kind === 'bash') return call.fail('usage: printf [-v var] format [arguments]', 2);
  call.complain({ ash: 'usage: printf FORMAT [ARGUMENT...]', dash: 'usage: printf format [arg ...]', bash: '' });
  return kind === 'dash' ? 2 : 1;
}

/** Seconds since 1970; -1 or nothing is now, -2 when the shell began. */
function momentText(call: Call, format: string, value = '-1'): string {
  const shape = format === '' ? '%H:%M:%S' : format;
  const seconds = Number(value) || 0;
  if (value === '' || seconds === -1) return formatDate(call.nowMs, shape);
  return seconds === -2 ? formatDate(call.process.startedMs, shape) : formatInstant(seconds * 1000, shape);
}
