// paste, fold and shuf: the lines of several files side by side, long lines in pieces, and lines in an order that chance gives.
import { filter } from '../filter.ts';
import { readOptions } from '../options.ts';

/** What a line takes beside its letters. */
const LINE_BYTES = 16;

interface Lines {
  readonly files: string[][];
  letters: number;
}

export const paste = filter({
  choose: (call) => readOptions(call, 'd:s'),
  operands: (options) => options.operands,
  begin: (): Lines => ({ files: [[]], letters: 0 }),
  line(line, memory, _options, call) {
    memory.files.at(-1)?.push(line);
    memory.letters += line.length + LINE_BYTES;
    call.hold(memory.letters);
  },
  endFile(memory) {
    memory.files.push([]);
  },
  end({ files }, options, call) {
    const delimiters = (options.value('d') ?? '\t').replaceAll('\\n', '\n').replaceAll('\\t', '\t');
    const joined = (parts: readonly string[]) =>
      parts.reduce((text, part, i) => `${text}${delimiters[(i - 1) % delimiters.length] ?? ''}${part}`);
    // Several columns may take their lines from the one input in turn.
    const inputs = options.operands.filter((operand) => operand === '-').length;
    const columns = inputs < 2 || options.has('s') ? files.slice(0, -1) : dealt(files, options.operands, inputs);
    const count = Math.max(0, ...columns.map(({ length }) => length));
    const rows = options.has('s') ? columns : Array.from({ length: count }, (_, i) => columns.map((column) => column[i] ?? ''));
    for (const row of rows) call.out(`${row.length > 0 ? joined(row) : ''}\n`);
    return undefined;
  },
});

function dealt(files: readonly (readonly string[])[], operands: readonly string[], inputs: number): string[][] {
  const input = files[operands.indexOf('-')] ?? [];
  let seen = 0;
  return operands.map((operand, i) => {
    if (operand !== '-') return [...(files[i] ?? [])];
    const first = seen++;
    return input.filter((_, line) => line % inputs === first);
  });
}

const FOLD_WIDTH = 80;

export const fold = filter({
  choose: (call) => readOptions(call, 'bsw:'),
  operands: (options) => options.operands,
  begin: () => undefined,
  line(line, _memory, options, call) {
    const width = Math.max(1, Number(options.value('w') ?? FOLD_WIDTH));
    let rest = line;
    while (rest.length > width) {
      const blank = options.has('s') ? rest.lastIndexOf(' ', width - 1) : -1;
      const end = blank > 0 ? blank + 1 : width;
      call.out(`${rest.slice(0, end)}\n`);
      rest = rest.slice(end);
    }
    call.out(`${rest}\n`);
  },
});

export const shuf = filter({
  choose: (call) => readOptions(call, 'n:i:e'),
  // What is to be shuffled may stand in the arguments themselves.
  operands: (options) => (options.has('e') || options.has('i') ? ['/dev/null'] : options.operands),
  begin: (options): { lines: string[] } => {
    const [from = 0, to = -1] = (options.value('i') ?? '').split('-').map(Number);
    const range = options.has('i') ? Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => String(from + i)) : [];
    return { lines: options.has('e') ? [...options.operands] : range };
  },
  line(line, memory) {
    memory.lines.push(line);
  },
  end({ lines }, options, call) {
    const count = Math.min(lines.length, Number(options.value('n') ?? lines.length));
    for (let i = 0; i < count; i++) {
      const j = i + Math.floor(call.kernel.world.random(`${call.process.box}/shuf`) * (lines.length - i));
      [lines[i], lines[j]] = [lines[j] as string, lines[i] as string];
      call.out(`${lines[i]}\n`);
    }
    return undefined;
  },
});
