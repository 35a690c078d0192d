// printf: a format, repeated while there are arguments.
import { formattedAgain } from '../format.ts';
import { instant } from '../program.ts';
import { unescaped } from '../scanner.ts';

export const printf = instant((call) => {
  const [format, ...values] = call.args[0] === '--' ? call.args.slice(1) : call.args;
  if (format === undefined) return call.fail('usage: printf FORMAT [ARG]...', 2);
  let status = 0;
  const text = formattedAgain(unescaped(format), values, (mistake) => {
    call.err(`sh: ${mistake}\n`);
    status = 1;
  });
  call.out(text);
  return status;
});
