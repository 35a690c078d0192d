// printf: a format, repeated while there are arguments.
import type { Call } from '../call.ts';
import { formattedAgain } from '../format.ts';
import { instant } from '../program.ts';
import { unescaped } from '../scanner.ts';

export const printf = instant((call) => {
  const { text, status } = printedText(call);
  call.out(text);
  return status;
});

export function printedText(call: Call): { readonly text: string; readonly status: number } {
  const [format, ...values] = call.args[0] === '--' ? call.args.slice(1) : call.args;
  if (format === undefined) return { text: '', status: call.fail('usage: printf FORMAT [ARG]...', 2) };
  let status = 0;
  const text = formattedAgain(unescaped(format), values, (sayings) => {
    call.complain(sayings);
    status = 1;
  });
  return { text, status };
}
