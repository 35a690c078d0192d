// Flags that a verb cannot do without.
import { CommandError } from './errors.ts';
import type { ParsedArgs } from './parse.ts';

/** Cobra's refusal of a command whose required flags are missing. */
export function requireFlags(args: ParsedArgs, names: readonly string[]): void {
  const missing = names.filter((name) => !args.has(name));
  if (missing.length > 0) throw new CommandError(`required flag(s) ${missing.map((name) => `"${name}"`).join(', ')} not set`);
}
