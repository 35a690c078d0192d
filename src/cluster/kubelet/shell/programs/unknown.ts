// The program of an image that is not known. As a container it runs on and answers on the ports that its pod names; asked for from
// outside, by a probe or a hook, it does what it should.
import type { Call } from '../call.ts';
import type { Process } from '../process.ts';
import type { Program } from '../program.ts';
import { anyWebServer } from './samples.ts';

export const unknown: Program = {
  ...anyWebServer,
  run: (call) => (isOfContainer(call) ? anyWebServer.run(call) : 0),
};

/** Whether it was started by the container's own first process. */
function isOfContainer({ kernel, process, box }: Call): boolean {
  let each: Process | undefined = process;
  while (each && each.id !== box.main) each = kernel.find(each.parent);
  return each !== undefined;
}
