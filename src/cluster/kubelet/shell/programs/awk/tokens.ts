// The words of a program of awk, one at a time.
export class AwkMistake extends Error {}

interface Token {
  readonly type: 'end' | 'line' | 'number' | 'text' | 'name' | 'sign';
  readonly text: string;
}

/** A place to go back to. */
type Place = readonly [at: number, token: Token, tokenAt: number];

const BLANK = /(?:[ \t\r]|\\\r?\n|#[^\n]*)*/y;
const TOKEN =
  /(\n|;)|(\d+\.?\d*(?:[eE][-+]?\d+)?|\.\d+)|("(?:[^"\\\n]|\\[^])*")|([A-Za-z_]\w*)|(\+\+|--|&&|\|\||>>|\*\*=?|[-+*/%^<>=!]=|!~|[-+*/%^<>=!~?:(){}[\],$|])/y;

export class Tokens {
  private readonly source: string;
  private at = 0;
  private token: Token = { type: 'end', text: '' };
  /** Where the token begins: a slash there may begin an expression of patterns. */
  private tokenAt = 0;

  constructor(source: string) {
    this.source = source;
    this.advance();
  }

  get type(): Token['type'] {
    return this.token.type;
  }

  get text(): string {
    return this.token.text;
  }

  /** The source from this token on. */
  get rest(): string {
    return this.source.slice(this.tokenAt);
  }

  get place(): Place {
    return [this.at, this.token, this.tokenAt];
  }

  goBack([at, token, tokenAt]: Place): void {
    [this.at, this.token, this.tokenAt] = [at, token, tokenAt];
  }

  advance(): void {
    BLANK.lastIndex = this.at;
    BLANK.exec(this.source);
    this.tokenAt = BLANK.lastIndex;
    TOKEN.lastIndex = this.tokenAt;
    const found = TOKEN.exec(this.source);
    if (!found) {
      const next = this.source[this.tokenAt];
      if (next !== undefined) throw new AwkMistake(`Unexpected token`);
      this.token = { type: 'end', text: '' };
      return;
    }
    this.at = TOKEN.lastIndex;
    const [, line, number, text, name, sign] = found;
    if (line !== undefined) this.token = { type: 'line', text: line };
    else if (number !== undefined) this.token = { type: 'number', text: number };
    else if (text !== undefined) this.token = { type: 'text', text: text.slice(1, -1) };
    else if (name !== undefined) this.token = { type: 'name', text: name };
    else this.token = { type: 'sign', text: sign as string };
  }

  is(...texts: readonly string[]): boolean {
    return (this.type === 'sign' || this.type === 'name') && texts.includes(this.text);
  }

  /** Takes one of these, if it comes next. */
  take(...texts: readonly string[]): string | undefined {
    if (!this.is(...texts)) return undefined;
    const { text } = this;
    this.advance();
    return text;
  }

  expect(text: string): void {
    if (this.take(text) === undefined) throw new AwkMistake('Unexpected token');
  }

  takeName(): string {
    const { type, text } = this;
    if (type !== 'name') throw new AwkMistake('Unexpected token');
    this.advance();
    return text;
  }

  skipLines(): void {
    while (this.type === 'line') this.advance();
  }

  /** An expression of patterns, of which the first slash is the token. */
  takeRegex(): string {
    const found = /^\/((?:[^/\\\n[]|\\[^]|\[\^?\]?[^\]\n]*\])*)\//.exec(this.rest);
    if (!found) throw new AwkMistake('Unexpected token');
    this.at = this.tokenAt + found[0].length;
    this.advance();
    return (found[1] as string).replaceAll('\\/', '/');
  }
}
