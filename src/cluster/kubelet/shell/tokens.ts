// What the readers of expressions share: a text cut into tokens that are taken one by one.

/** The tokens of a text from the first on. */
export class Tokens {
  private readonly list: string[] = [];
  private at = 0;

  /** `pattern` is sticky and its first group is a token. Throws `mistake()` where the text has none. */
  constructor(text: string, pattern: RegExp, mistake: () => Error) {
    const trimmed = text.trim();
    for (let end = 0; end < trimmed.length; end = pattern.lastIndex) {
      pattern.lastIndex = end;
      const found = pattern.exec(trimmed);
      if (!found) throw mistake();
      this.list.push(found[1] as string);
    }
  }

  get size(): number {
    return this.list.length;
  }

  /** The tokens that are left. */
  get rest(): readonly string[] {
    return this.list.slice(this.at);
  }

  /** The next token, or the one so many after it, which stays; undefined at the end. */
  peek(after = 0): string | undefined {
    return this.list[this.at + after];
  }

  next(): string | undefined {
    return this.list[this.at++];
  }

  /** The next token if it is one of these. */
  take(...tokens: readonly string[]): string | undefined {
    const token = this.peek();
    if (token === undefined || !tokens.includes(token)) return undefined;
    this.at++;
    return token;
  }
}
