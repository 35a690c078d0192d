// wc: lines, words, letters and bytes.

import type { Call } from '../call.ts';
import { byteLength } from '../disk.ts';
import { readOptions } from '../options.ts';
import type { Program } from '../program.ts';

type Counts = readonly [lines: number, words: number, letters: number, bytes: number];

export const wc: Program = {
  run(call) {
    const options = readOptions(call, 'lwcm', { lines: 'l', words: 'w', bytes: 'c', chars: 'm' });
    if (typeof options === 'number') return options;
    const shown = ['l', 'w', 'm', 'c'].map((letter) => options.has(letter));
    const wanted = shown.includes(true) ? shown : [true, true, false, true];
    if (options.operands.length === 0) {
      const memory = call.remember(() => ({ text: '' }));
      const input = call.takeInput();
      if (input) memory.text += input.text;
      call.hold(memory.text.length);
      if (!input?.isAtEnd) return call.inputWait;
      print(call, countsOf(memory.text), wanted, '');
      return 0;
    }
    return countFiles(call, options.operands, wanted);
  },
};

function countFiles(call: Call, files: readonly string[], wanted: readonly boolean[]): number {
  let status = 0;
  let total: Counts = [0, 0, 0, 0];
  for (const file of files) {
    const text = call.read(file);
    if (text === undefined) {
      status = 1;
      continue;
    }
    const counts = countsOf(text);
    total = [total[0] + counts[0], total[1] + counts[1], total[2] + counts[2], total[3] + counts[3]];
    print(call, counts, wanted, file);
  }
  if (files.length > 1) print(call, total, wanted, 'total');
  return status;
}

function countsOf(text: string): Counts {
  return [text.split('\n').length - 1, text.split(/\s+/).filter(Boolean).length, text.length, byteLength(text)];
}

function print(call: Call, counts: Counts, wanted: readonly boolean[], name: string): void {
  const numbers = counts.filter((_count, i) => wanted[i]);
  const isAlone = numbers.length === 1;
  const columns = isAlone ? String(numbers[0]) : numbers.map((count) => String(count).padStart(9)).join(' ');
  call.out(`${columns}${name === '' ? '' : ` ${name}`}\n`);
}
