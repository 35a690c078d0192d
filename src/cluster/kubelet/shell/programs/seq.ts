// seq: numbers from first to last.
import { AGAIN } from '../call.ts';
import { readOptions } from '../options.ts';
import type { Program } from '../program.ts';

/** How many are printed in one step. */
const BATCH = 2000;

export const seq: Program = {
  run(call) {
    const isPlain = call.args.every((word) => /^-?[\d.]+$/.test(word));
    const options = isPlain ? undefined : readOptions(call, '+ws:');
    if (typeof options === 'number') return options;
    const words = options?.operands ?? call.args;
    const numbers = words.map(Number);
    if (words.length === 0) return call.missingOperand('[-w] [-s SEP] [FIRST [INC]] LAST');
    if (numbers.length === 0 || numbers.length > 3 || numbers.some(Number.isNaN)) return call.fail(`invalid number '${words[0] ?? ''}'`);
    const last = numbers.at(-1) as number;
    const first = numbers.length > 1 ? (numbers[0] as number) : 1;
    const step = numbers.length > 2 ? (numbers[1] as number) : 1;
    const count = step === 0 ? 0 : Math.max(0, Math.floor((last - first) / step + 1e-9) + 1);
    const digits = Math.max(...words.map((word) => (word.split('.')[1] ?? '').length));
    const width = options?.has('w') ? Math.max(first.toFixed(digits).length, last.toFixed(digits).length) : 0;
    const separator = options?.value('s') ?? '\n';
    const memory = call.remember(() => ({ done: 0 }));
    const end = Math.min(count, memory.done + BATCH);
    let text = '';
    for (; memory.done < end; memory.done++) {
      text += (first + step * memory.done).toFixed(digits).padStart(width, '0') + (memory.done < count - 1 ? separator : '\n');
    }
    call.out(text);
    return memory.done < count ? AGAIN : 0;
  },
};
