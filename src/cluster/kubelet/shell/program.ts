// What a program is: a function that is called again and again until it has an exit code. All it knows between two calls is what the
// call remembers, so that it can be saved at any step.
import type { Call, Outcome } from './call.ts';
import type { HttpAnswer, HttpRequest, NetworkFault } from './world.ts';

export interface Program {
  run(call: Call): Outcome;
  /** What a signal does that the program handles itself: an exit code, or nothing; undefined: what signals do by default. */
  readonly onSignal?: (call: Call, signal: string) => number | 'goes on' | undefined;
  /** Answers a request on a port that it listens on; a word: how it fails to. */
  readonly answer?: (call: Call, request: HttpRequest, port: number) => HttpAnswer | NetworkFault;
  /** Somebody has opened a connection and closed it without a word. */
  readonly onKnock?: (call: Call) => void;
}

/** A program that does all it does in one step. */
export function instant(run: (call: Call) => number): Program {
  return { run };
}
