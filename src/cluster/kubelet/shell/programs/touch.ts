// touch: files that are not there are made, others get the time of now.
import { fileEntry } from '../disk.ts';
import { readOptions } from '../options.ts';
import { instant } from '../program.ts';

export const touch = instant((call) => {
  const options = readOptions(call, 'acmd:t:r:h', { 'no-create': 'c' });
  if (typeof options === 'number') return options;
  if (options.operands.length === 0) return call.missingOperand('[-cham] [-d DATE] [-t DATE] [-r FILE] FILE...', 'file operand');
  let status = 0;
  for (const file of options.operands) {
    const path = call.path(file);
    const entry = call.files.stat(path);
    if (!entry && options.has('c')) continue;
    const isDone = call.attempt(call.isBusybox ? file : `cannot touch '${file}'`, () => {
      if (entry?.type === 'folder') return;
      call.files.put(path, (old) => (old ? { ...old, atMs: call.nowMs } : fileEntry('', call.nowMs, 0o666 & ~call.process.umask)));
    });
    if (!isDone) status = 1;
  }
  return status;
});
