// tac and nl: lines from the last to the first, and lines with their numbers.
import { filter } from '../filter.ts';
import { readOptions } from '../options.ts';

/** What a line takes beside its letters. */
const LINE_BYTES = 16;

export const tac = filter({
  choose: (call) => readOptions(call, ''),
  operands: (options) => options.operands,
  begin: () => ({ lines: [] as string[], letters: 0 }),
  line(line, memory, _options, call) {
    memory.lines.push(line);
    memory.letters += line.length + LINE_BYTES;
    call.hold(memory.letters);
  },
  end({ lines }, _options, call) {
    for (const line of lines.reverse()) call.out(`${line}\n`);
    return undefined;
  },
});

export const nl = filter({
  choose: (call) => readOptions(call, 'b:w:s:v:'),
  operands: (options) => options.operands,
  begin: () => ({ count: 0 }),
  line(line, memory, options, call) {
    const isNumbered = line !== '' || options.value('b') === 'a';
    call.out(isNumbered ? `${String(++memory.count).padStart(6)}\t${line}\n` : `       ${line}\n`);
  },
});
