// Regular expressions as Go writes them (RE2): `pattern` of schemas and `matches` of rules. No expression takes longer than its length
// times the text's, as in Go.
import { RegexMachine } from '../base/regexMachine.ts';
import { rememberedBy } from '../base/remembered.ts';
import { GoCompiler, GoPatternError } from './goSyntax.ts';

export class GoPattern {
  private readonly machine: RegexMachine;

  constructor(source: string) {
    const compiler = new GoCompiler(source);
    const code = compiler.whole();
    this.machine = new RegexMachine(code, compiler.groupCount);
  }

  test(text: string): boolean {
    return this.machine.find(text) !== undefined;
  }

  first(text: string): string | undefined {
    const match = this.machine.find(text);
    return match && text.slice(match[0], match[1]);
  }

  /** All that match, none inside another; one of no letter never stands right behind another. */
  all(text: string): string[] {
    const found: string[] = [];
    let end = -1;
    for (let at = 0; at <= text.length; ) {
      const match = this.machine.find(text, at);
      if (!match) break;
      const [from = 0, to = 0] = match;
      if (to > from || from !== end) found.push(text.slice(from, to));
      end = to;
      at = to > from ? to : to + ((text.codePointAt(to) ?? 0) > 0xffff ? 2 : 1);
    }
    return found;
  }
}

const known = rememberedBy(
  256,
  (pattern: string) => pattern,
  (pattern: string): GoPattern | GoPatternError => {
    try {
      return new GoPattern(pattern);
    } catch (error) {
      if (error instanceof GoPatternError) return error;
      throw error;
    }
  },
);

/** The pattern, read once; undefined for one that Go would not take. */
export function goPattern(pattern: string): GoPattern | undefined {
  const found = known(pattern);
  return found instanceof GoPattern ? found : undefined;
}

/** What Go says of a pattern that it does not take. */
export function goPatternError(pattern: string): string | undefined {
  const found = known(pattern);
  return found instanceof GoPatternError ? found.message : undefined;
}
