// Clients that read their commands from the input, a line each, and show where the next one goes if somebody types them.
import type { Call, Outcome } from './call.ts';

interface Memory {
  isPrompted: boolean;
}

/** `each` returns an exit code to end, or nothing to go on; the end of the input ends in order. */
export function eachLine(call: Call, prompt: () => string, each: (line: string) => number | undefined): Outcome {
  const memory = call.remember<Memory>(() => ({ isPrompted: false }));
  for (;;) {
    if (call.isTerminal && !memory.isPrompted) call.out(prompt());
    memory.isPrompted = true;
    const line = call.takeLine();
    if (line === undefined) return call.inputWait;
    if (line === '') return 0;
    memory.isPrompted = false;
    const code = each(line.trim());
    if (code !== undefined) return code;
  }
}
