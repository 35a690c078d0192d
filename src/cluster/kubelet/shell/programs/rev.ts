// rev: the letters of each line from the last to the first.
import { filter } from '../filter.ts';
import { readOptions } from '../options.ts';

export const rev = filter({
  choose: (call) => readOptions(call, ''),
  operands: (options) => options.operands,
  begin: () => undefined,
  line(line, _memory, _options, call) {
    call.out(`${[...line].reverse().join('')}\n`);
  },
});
