// What a builtin is: a command that the shell does itself, since it changes the shell or is cheap.
import type { Call, Outcome } from './call.ts';
import type { ShellContext } from './context.ts';
import type { Frame } from './process.ts';

/** `called`: frames were entered, and their status is the command's. `left`: the command's own frame is gone. */
export type BuiltinOutcome = Outcome | 'called' | 'left';

export interface Builtin {
  run(context: ShellContext, call: Call, frame: Frame): BuiltinOutcome;
  /** Its mistakes end a shell that is not interactive, and assignments before it stay. */
  readonly isSpecial?: boolean;
}
