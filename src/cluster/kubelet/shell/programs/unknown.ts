// The program of an image that is not known. As a container it runs on and answers, on the ports that its pod names or its image opens;
// asked for from outside, by a probe or a hook, it does what it should.
import type { Call } from '../call.ts';
import { imageOf } from '../images/index.ts';
import { answerOf, GRPC_HEALTH } from '../network.ts';
import type { Process } from '../process.ts';
import type { Program } from '../program.ts';
import { ENDS_ON_TERM, MEBIBYTE, saysAddressInUse, server } from '../server.ts';

const serving = server({
  ports: ({ box }) => [...new Set([...(box.ports ?? []), ...(imageOf(box.image)?.ports ?? [])])],
  onPortTaken: saysAddressInUse,
  memoryBytes: 20 * MEBIBYTE,
  cpuMilli: 1,
  signals: ENDS_ON_TERM,
  answer() {
    const answer = answerOf(200, '<!DOCTYPE html>\n<html><body>ok</body></html>\n');
    return { ...answer, headers: { ...answer.headers, [GRPC_HEALTH]: 'SERVING' } };
  },
});

export const unknown: Program = {
  ...serving,
  run: (call) => (isOfContainer(call) ? serving.run(call) : 0),
};

/** Whether it was started by the container's own first process. */
function isOfContainer({ kernel, process, box }: Call): boolean {
  let each: Process | undefined = process;
  while (each && each.id !== box.main) each = kernel.find(each.parent);
  return each !== undefined;
}
