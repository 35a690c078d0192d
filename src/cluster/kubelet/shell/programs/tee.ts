// tee: the input to files and to the output.
import { openToWrite } from '../descriptors.ts';
import { FileError } from '../files.ts';
import { readOptions } from '../options.ts';
import type { Program } from '../program.ts';

export const tee: Program = {
  run(call) {
    const options = readOptions(call, 'ai', { append: 'a' });
    if (typeof options === 'number') return options;
    const memory = call.remember(() => ({ isOpen: false, status: 0 }));
    for (const [i, file] of options.operands.entries()) {
      if (memory.isOpen) break;
      try {
        call.process.descriptors[3 + i] = openToWrite(call.kernel, call.process, file, options.has('a'));
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        memory.status = call.fail(`${file}: ${error.message}`);
      }
    }
    memory.isOpen = true;
    const input = call.takeInput();
    if (input) {
      call.out(input.text);
      for (const i of options.operands.keys()) if (call.process.descriptors[3 + i]) call.write(3 + i, input.text);
    }
    return input?.isAtEnd ? memory.status : call.inputWait;
  },
};
