// cut: fields, letters or bytes of each line.
import type { Call } from '../call.ts';
import { filter } from '../filter.ts';
import { type Options, readOptions } from '../options.ts';

interface Choice {
  readonly options: Options;
  readonly ranges: readonly (readonly [number, number])[];
  readonly isFields: boolean;
}

export const cut = filter<Choice, undefined>({
  choose,
  operands: ({ options }) => options.operands,
  begin: () => undefined,
  line(line, _memory, { options, ranges, isFields }, call) {
    const delimiter = options.value('d') ?? '\t';
    const parts = isFields ? line.split(delimiter) : [...line];
    if (isFields && parts.length === 1) {
      if (!options.has('s')) call.out(`${line}\n`);
      return;
    }
    const kept = parts.filter((_part, i) => ranges.some(([from, to]) => from <= i + 1 && i + 1 <= to));
    call.out(`${kept.join(isFields ? (options.value('output-delimiter') ?? delimiter) : '')}\n`);
  },
});

function choose(call: Call): Choice | number {
  const options = readOptions(call, 'f:c:b:d:sn', {
    'fields=': 'f',
    'characters=': 'c',
    'bytes=': 'b',
    'delimiter=': 'd',
    'output-delimiter=': 'output-delimiter',
    'only-delimited': 's',
  });
  if (typeof options === 'number') return options;
  const list = options.value('f') ?? options.value('c') ?? options.value('b');
  if (list === undefined) {
    return call.misuse(`${call.isBusybox ? 'expected' : 'you must specify'} a list of bytes, characters, or fields`);
  }
  const ranges = list.split(',').map(rangeOf);
  return { options, ranges, isFields: options.has('f') };
}

/** `2`, `2-`, `-3`, `2-4`. */
function rangeOf(text: string): readonly [number, number] {
  const [from = '', to] = text.split('-', 2);
  const first = Number(from) || 1;
  return [first, to === undefined ? first : Number(to) || Number.POSITIVE_INFINITY];
}
