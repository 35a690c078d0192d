// What is wrong with a script.

/** A script that cannot be read, in the shell's words. */
export class ScriptError extends Error {
  /** The text ended in the middle of a command. */
  readonly isIncomplete: boolean;

  constructor(message: string, isIncomplete = false) {
    super(message);
    this.isIncomplete = isIncomplete;
  }
}

/** A substitution that goes on to the end of the text. */
export function unclosed(end: ')' | '`'): ScriptError {
  const text = end === ')' ? 'syntax error: unexpected end of file (expecting ")")' : 'syntax error: EOF in backquote substitution';
  return new ScriptError(`${text} in ${end}`, true);
}

export function unterminated(quote: string): ScriptError {
  return new ScriptError(`syntax error: unterminated quoted string in ${quote}`, true);
}
