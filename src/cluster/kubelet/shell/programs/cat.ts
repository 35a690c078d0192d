// cat: files and the input, as they are; -n and -b count lines.
import { AGAIN, type Call, type Outcome } from '../call.ts';
import { deviceAt, isEndless } from '../descriptors.ts';
import { readOptions } from '../options.ts';
import type { Program } from '../program.ts';

interface Progress {
  file: number;
  line: number;
  hasFailed: boolean;
}

export const cat: Program = {
  run(call) {
    const options = readOptions(call, 'nbuveAte');
    if (typeof options === 'number') return options;
    const files = options.operands.length > 0 ? options.operands : ['-'];
    const progress = call.remember<Progress>(() => ({ file: 0, line: 1, hasFailed: false }));
    const show =
      options.has('n') || options.has('b') ? (text: string) => numbered(text, progress, options.has('b')) : (text: string) => text;
    while (progress.file < files.length) {
      const file = files[progress.file] as string;
      const opening = file === '-' || file === '/dev/stdin' ? 'open' : call.openPipe(file);
      if (typeof opening === 'object') return opening;
      if (opening === 'open') {
        const waiting = copyInput(call, show);
        if (waiting !== undefined) return waiting;
      } else if (isEndless(deviceAt(call.path(file)))) {
        if (call.isOutputIdle) return call.burn();
        call.out(call.read(file) ?? '');
        return AGAIN;
      } else {
        const text = call.read(file);
        if (text === undefined) progress.hasFailed = true;
        else call.out(show(text));
      }
      progress.file++;
    }
    return progress.hasFailed ? 1 : 0;
  },
};

function copyInput(call: Call, show: (text: string) => string): Outcome | undefined {
  const input = call.takeInput();
  if (input) call.out(show(input.text));
  return input?.isAtEnd ? undefined : call.inputWait;
}

function numbered(text: string, progress: Progress, isSkippingEmpty: boolean): string {
  const lines = text.split('\n');
  const last = lines.pop();
  if (last) lines.push(last);
  return lines.map((line) => (line === '' && isSkippingEmpty ? '\n' : `${String(progress.line++).padStart(6)}\t${line}\n`)).join('');
}
