// Label and field selectors read from text. Models apimachinery/pkg/labels/selector.go and apimachinery/pkg/fields/selector.go.
import type { Requirement, Selector, SelectorOperator } from './labels.ts';
import { isLabelValue, isQualifiedName } from './names.ts';

/** The text of a selector that cannot be read; the message is Kubernetes' own. */
export class SelectorError extends Error {}

type Token = 'identifier' | 'end' | SelectorOperator | '(' | ')' | ',';
interface Lexeme {
  readonly token: Token;
  readonly text: string;
}

const SPECIAL = /[=!(),<>]/;
const OPERATORS = new Map<string, Token>([
  [')', ')'],
  [',', ','],
  ['!', '!'],
  ['==', '=='],
  ['=', '='],
  ['in', 'in'],
  ['!=', '!='],
  ['notin', 'notin'],
  ['(', '('],
  ['>', 'gt'],
  ['<', 'lt'],
]);

function lexemesOf(text: string): Lexeme[] {
  const lexemes: Lexeme[] = [];
  let at = 0;
  while (at < text.length) {
    const letter = text[at] as string;
    if (/\s/.test(letter)) at++;
    else if (SPECIAL.test(letter)) {
      const pair = text.slice(at, at + 2);
      const symbol = OPERATORS.has(pair) ? pair : letter;
      lexemes.push({ token: OPERATORS.get(symbol) as Token, text: symbol });
      at += symbol.length;
    } else {
      const start = at;
      while (at < text.length && !/\s/.test(text[at] as string) && !SPECIAL.test(text[at] as string)) at++;
      const word = text.slice(start, at);
      lexemes.push({ token: word === 'in' || word === 'notin' ? word : 'identifier', text: word });
    }
  }
  return lexemes;
}

/** Reads `a=b,c!=d,e in (f,g),!h`. Throws SelectorError with the server's words. */
export function parseSelector(text: string): Selector {
  return new SelectorReader(text).read();
}

class SelectorReader {
  private readonly lexemes: readonly Lexeme[];
  private at = 0;

  constructor(text: string) {
    this.lexemes = lexemesOf(text);
  }

  read(): Selector {
    const requirements: Requirement[] = [];
    while (this.peek().token !== 'end') {
      const { token, text } = this.peek();
      if (token !== 'identifier' && token !== '!') throw new SelectorError(`found '${text}', expected: !, identifier, or 'end of string'`);
      requirements.push(this.requirement());
      const next = this.take();
      if (next.token === 'end') break;
      if (next.token !== ',') throw new SelectorError(`found '${next.text}', expected: ',' or 'end of string'`);
      const after = this.peek();
      if (after.token !== 'identifier' && after.token !== '!')
        throw new SelectorError(`found '${after.text}', expected: identifier after ','`);
    }
    return requirements.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  }

  /** After a key or a comma, `in` and `notin` are plain words. */
  private peek(isValue = true): Lexeme {
    const lexeme = this.lexemes[this.at] ?? { token: 'end', text: '' };
    return isValue && (lexeme.token === 'in' || lexeme.token === 'notin') ? { ...lexeme, token: 'identifier' } : lexeme;
  }

  private take(isValue = true): Lexeme {
    const lexeme = this.peek(isValue);
    this.at++;
    return lexeme;
  }

  private requirement(): Requirement {
    try {
      const isNegated = this.peek().token === '!';
      if (isNegated) this.at++;
      const { token, text: key } = this.take();
      if (token !== 'identifier') throw new SelectorError(`found '${key}', expected: identifier`);
      refuse('<nil>', key, isQualifiedName(key));
      if (isNegated) return { key, operator: '!', values: [] };
      const next = this.peek().token;
      if (next === 'end' || next === ',') return { key, operator: 'exists', values: [] };
      const operator = this.operator();
      const values = operator === 'in' || operator === 'notin' ? this.list() : [this.exactValue()];
      return checkedRequirement(key, operator, values);
    } catch (error) {
      if (error instanceof SelectorError) throw new SelectorError(`unable to parse requirement: ${error.message}`);
      throw error;
    }
  }

  private operator(): SelectorOperator {
    const { token, text } = this.take(false);
    if (
      token === 'identifier' ||
      token === 'end' ||
      token === '(' ||
      token === ')' ||
      token === ',' ||
      token === '!' ||
      token === 'exists'
    ) {
      throw new SelectorError(`found '${text}', expected: in, notin, =, ==, !=, gt, lt`);
    }
    return token;
  }

  private exactValue(): string {
    const { token } = this.peek();
    if (token === 'end' || token === ',') return '';
    const lexeme = this.take();
    if (lexeme.token !== 'identifier') throw new SelectorError(`found '${lexeme.text}', expected: identifier`);
    return lexeme.text;
  }

  private list(): string[] {
    const open = this.take();
    if (open.token !== '(') throw new SelectorError(`found '${open.text}' expected: '('`);
    const values: string[] = [];
    for (;;) {
      const { token, text } = this.take();
      if (token === 'identifier') {
        values.push(text);
        const next = this.take();
        if (next.token === ')') break;
        if (next.token !== ',') throw new SelectorError(`found '${next.text}', expected: ',' or ')'`);
        if (this.peek().token === ')') values.push('');
      } else if (token === ',') values.push('');
      else if (token === ')') {
        if (values.length === 0) values.push('');
        break;
      } else throw new SelectorError(`found '${text}', expected: ',', ')' or identifier`);
    }
    return [...new Set(values)].sort();
  }
}

function checkedRequirement(key: string, operator: SelectorOperator, values: readonly string[]): Requirement {
  if ((operator === 'gt' || operator === 'lt') && !/^[+-]?\d+$/.test(values[0] ?? '')) {
    throw new SelectorError(`values[0]: Invalid value: "${values[0]}": for 'Gt', 'Lt' operators, the value must be an integer`);
  }
  for (const [i, value] of values.entries()) refuse(`values[${i}][${key}]`, value, isLabelValue(value));
  return { key, operator, values };
}

function refuse(path: string, value: string, errors: readonly string[]): void {
  if (errors.length > 0) throw new SelectorError(`${path}: Invalid value: ${JSON.stringify(value)}: ${errors.join('; ')}`);
}

// Field selectors ----------------------------------------------------------------------------------------------------

export interface FieldRequirement {
  readonly field: string;
  readonly isEqual: boolean;
  readonly value: string;
}

/** Reads `metadata.name=a,status.phase!=Running`; `\` escapes a comma, an equals sign and itself. */
export function parseFieldSelector(text: string): readonly FieldRequirement[] {
  const requirements: FieldRequirement[] = [];
  for (const term of text.match(/(?:\\.|[^,\\])+/g) ?? []) {
    const parts = /^((?:\\.|[^=!\\])*)(!=|==|=)((?:\\.|[^\\])*)$/s.exec(term);
    if (!parts) throw new SelectorError(`invalid selector: '${text}'; can't understand '${term}'`);
    const [, field = '', operator, value = ''] = parts;
    const bare = /(?:^|[^\\])=/.exec(value);
    if (bare) throw new SelectorError('invalid field selector: field selector: unescaped character in value: =');
    requirements.push({ field, isEqual: operator !== '!=', value: value.replace(/\\(.)/gs, '$1') });
  }
  return requirements;
}

/** Throws SelectorError for a field that objects of this kind cannot be chosen by. */
export function matchesFields(requirements: readonly FieldRequirement[], fieldOf: (field: string) => string | undefined): boolean {
  return requirements.every(({ field, isEqual, value }) => {
    const actual = fieldOf(field);
    if (actual === undefined) throw new SelectorError(`field label not supported: ${field}`);
    return (actual === value) === isEqual;
  });
}
