// The program of an image that is not known. As a container it runs on; asked for from outside, by a probe or a hook, it does what it
// should.
import type { Call } from '../call.ts';
import type { Process } from '../process.ts';
import type { Program } from '../program.ts';

export const unknown: Program = {
  run: (call) => (isOfContainer(call) ? {} : 0),
  onSignal: (_call, signal) => (signal === 'TERM' || signal === 'INT' || signal === 'QUIT' ? 0 : undefined),
};

/** Whether it was started by the container's own first process. */
function isOfContainer({ kernel, process, box }: Call): boolean {
  let each: Process | undefined = process;
  while (each && each.id !== box.main) each = kernel.find(each.parent);
  return each !== undefined;
}
