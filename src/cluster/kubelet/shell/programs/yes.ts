// yes: a line again and again, until nobody reads it.
import { AGAIN } from '../call.ts';
import type { Program } from '../program.ts';

const LINES = 512;

export const yes: Program = {
  run(call) {
    if (call.isOutputIdle) return call.burn();
    call.out(`${call.args.join(' ') || 'y'}\n`.repeat(LINES));
    return AGAIN;
  },
};
