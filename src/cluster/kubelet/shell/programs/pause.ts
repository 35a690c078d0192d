// The pause container's program: it does nothing until it is asked to end.
import type { Program } from '../program.ts';

export const pause: Program = {
  run: () => ({}),
  onSignal(call, signal) {
    if (signal !== 'TERM' && signal !== 'INT') return undefined;
    call.err('Shutting down, got signal: Terminated\n');
    return 0;
  },
};
