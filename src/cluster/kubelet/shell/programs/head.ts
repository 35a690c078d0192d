// head: the first lines or letters of files and of the input.
import type { Call } from '../call.ts';
import { deviceAt } from '../descriptors.ts';
import { filter } from '../filter.ts';
import { type Options, readOptions } from '../options.ts';
import { instant, type Program } from '../program.ts';

/** `-5` as `-n 5`. */
export function withCountOption(args: readonly string[]): string[] {
  return args.flatMap((word, i) => (/^-\d+$/.test(word) && !/^-[nc]$/.test(args[i - 1] ?? '') ? ['-n', word.slice(1)] : [word]));
}

/** `10`, `1k`, `2M`. */
/** What `-n` and `-c` are given has to be a number; undefined: it is. */
export function wrongCount(call: Call, options: Options): number | undefined {
  const letter = ['n', 'c'].find((each) => !/^[-+]?\d+[bkKmMgG]?B?$/.test(options.value(each) ?? '0'));
  if (letter === undefined) return undefined;
  const given = `'${options.value(letter)}'`;
  return call.fail(call.isBusybox ? `invalid number ${given}` : `invalid number of ${letter === 'n' ? 'lines' : 'bytes'}: ${given}`);
}

export function countOf(text: string): number {
  const [, number = '', unit = ''] = /^[-+]?(\d+)([bkKmMgG]?)/.exec(text) ?? [];
  return Number(number) * ({ b: 512, k: 1024, K: 1024, m: 1 << 20, M: 1 << 20, g: 1 << 30, G: 1 << 30 }[unit] ?? 1);
}

const lines = filter({
  choose: (call) => readOptions(call, 'n:c:qv', { 'lines=': 'n', 'bytes=': 'c' }),
  operands: (options: Options) => options.operands,
  begin: () => ({ count: 0, file: '', held: [] as string[] }),
  line(line, memory, options, call, file) {
    const wanted = options.value('n') ?? '10';
    const count = countOf(wanted);
    if (memory.file !== file) {
      if (options.operands.length > 1) call.out(`${memory.file === '' ? '' : '\n'}==> ${file} <==\n`);
      memory.file = file;
      memory.count = 0;
      memory.held = [];
    }
    if (wanted.startsWith('-')) {
      memory.held.push(line);
      if (memory.held.length > count) call.out(`${memory.held.shift()}\n`);
      return undefined;
    }
    if (memory.count++ < count) call.out(`${line}\n`);
    return memory.count >= count && options.operands.length <= 1 ? 'enough' : undefined;
  },
});

/** `-c`: letters, also of devices that never end. */
const letters: Program = {
  run(call) {
    const options = readOptions(call, 'n:c:qv', { 'lines=': 'n', 'bytes=': 'c' });
    if (typeof options === 'number') return options;
    const count = countOf(options.value('c') ?? '0');
    const [file] = options.operands;
    if (file !== undefined && file !== '-') return headOfFile.run(call);
    const memory = call.remember(() => ({ left: count }));
    const input = call.takeInput();
    if (input) {
      call.out(input.text.slice(0, memory.left));
      memory.left -= input.text.length;
    }
    return memory.left <= 0 || input?.isAtEnd ? 0 : call.inputWait;
  },
};

const headOfFile = instant((call) => {
  const options = readOptions(call, 'n:c:qv', { 'lines=': 'n', 'bytes=': 'c' });
  if (typeof options === 'number') return options;
  const count = countOf(options.value('c') ?? '0');
  const [file = ''] = options.operands;
  const text = call.read(file);
  if (text === undefined) return 1;
  call.out(
    deviceAt(file) && text !== '' ? text.repeat(Math.ceil(Math.min(count, 1 << 20) / text.length)).slice(0, count) : text.slice(0, count),
  );
  return 0;
});

export const head: Program = {
  run(call) {
    const given = call.withArgs(withCountOption(call.args));
    const options = readOptions(given, 'n:c:qv', { 'lines=': 'n', 'bytes=': 'c' });
    const wrong = typeof options === 'number' ? options : wrongCount(given, options);
    if (wrong !== undefined) return wrong;
    return given.args.some((word) => /^(-[a-z]*c|--bytes)/.test(word)) ? letters.run(given) : lines.run(given);
  },
};
