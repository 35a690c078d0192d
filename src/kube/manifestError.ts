/** A text that is no manifest; the message is what kubectl prints after `error: `. */
export class ManifestError extends Error {
  /** 1 for the first line of the whole text. */
  readonly line: number;
  /** What our parser calls it; empty for what it cannot tell. */
  readonly code: string;

  constructor(message: string, line: number, code = '') {
    super(message);
    this.line = line;
    this.code = code;
  }
}
