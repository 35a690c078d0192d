/** A text that is no manifest; the message is what kubectl prints after `error: `. */
export class ManifestError extends Error {
  /** 1 for the first line of the whole text. */
  readonly line: number;

  constructor(message: string, line: number) {
    super(message);
    this.line = line;
  }
}
