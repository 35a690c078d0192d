// The script that an image begins with, where it is a well-known one (images/entrypoints.ts): what it does is known when it begins.
import { execute } from '../execute.ts';
import type { Entrypoint } from '../images/entrypoints.ts';
import type { Program } from '../program.ts';

export const entrypoint: Program = {
  run(call) {
    const { says, argv } = call.remember((): Entrypoint => ({ says: [], argv: call.args }));
    for (const line of says) call.out(`${line}\n`);
    return execute(call.kernel, call.process, argv) ? 127 : 0;
  },
};
