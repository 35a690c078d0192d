// uniq: lines that repeat the one before are left out, -c counts them, -d and -u choose.
import type { Call } from '../call.ts';
import { filter } from '../filter.ts';
import { type Options, readOptions } from '../options.ts';

interface Memory {
  line: string | undefined;
  count: number;
}

export const uniq = filter<Options, Memory>({
  choose: (call) => readOptions(call, 'cduif:s:w:', { count: 'c', repeated: 'd', unique: 'u' }),
  operands: (options) => options.operands.slice(0, 1),
  begin: () => ({ line: undefined, count: 0 }),
  line(line, memory, options, call) {
    if (memory.line !== undefined && isSame(line, memory.line, options)) memory.count++;
    else {
      show(memory, options, call);
      memory.line = line;
      memory.count = 1;
    }
  },
  end(memory, options, call) {
    show(memory, options, call);
    return undefined;
  },
});

function isSame(a: string, b: string, options: Options): boolean {
  return options.has('i') ? a.toLowerCase() === b.toLowerCase() : a === b;
}

function show({ line, count }: Memory, options: Options, call: Call): void {
  if (line === undefined || (options.has('d') && count === 1) || (options.has('u') && count > 1)) return;
  call.out(`${options.has('c') ? `${String(count).padStart(7)} ` : ''}${line}\n`);
}
