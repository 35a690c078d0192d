// Go's text/template, the part that people write after -o go-template=: fields, variables, pipelines, if, range, with, comments
// and trim marks. Models Go's text/template/parse. Leaves out: define, template, block, break, continue.

export class TemplateError extends Error {}

export type Operand =
  | { readonly type: 'dot' | 'nil' }
  | { readonly type: 'literal'; readonly value: string | number | boolean }
  | { readonly type: 'variable'; readonly name: string }
  | { readonly type: 'function'; readonly name: string }
  | { readonly type: 'pipeline'; readonly pipeline: Pipeline };

/** A value and the fields taken of it: `.a.b`, `$x.a`, `(index .items 0).metadata`. */
export interface Term {
  readonly operand: Operand;
  readonly fields: readonly string[];
}

/** Commands one after another, each given the result of the one before as its last argument; variables keep the result. */
export interface Pipeline {
  readonly variables: readonly string[];
  readonly isAssignment: boolean;
  readonly commands: readonly (readonly Term[])[];
}

export type TemplateNode =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'action'; readonly pipeline: Pipeline }
  | {
      readonly type: 'if' | 'range' | 'with';
      readonly pipeline: Pipeline;
      readonly body: readonly TemplateNode[];
      readonly otherwise: readonly TemplateNode[];
    };

export function parseTemplate(text: string): readonly TemplateNode[] {
  const { nodes, ending } = new BlockParser(partsOf(text)).list();
  if (ending) throw new TemplateError(`unexpected {{${ending}}}`);
  return nodes;
}

type Part = { readonly isAction: boolean; readonly text: string };

/** Text and actions in turn, with `{{-` and `-}}` carried out and comments gone. */
function partsOf(text: string): Part[] {
  const parts: Part[] = [];
  let at = 0;
  let isTrimming = false;
  while (at < text.length) {
    const open = text.indexOf('{{', at);
    let plain = text.slice(at, open < 0 ? text.length : open);
    if (isTrimming) plain = plain.trimStart();
    const isTrimmed = open >= 0 && /^\{\{-\s/.test(text.slice(open, open + 4));
    if (plain !== '') parts.push({ isAction: false, text: isTrimmed ? plain.trimEnd() : plain });
    if (open < 0) break;
    const close = endOfAction(text, open + 2);
    let inner = text.slice(open + 2, close);
    isTrimming = /\s-$/.test(inner);
    if (isTrimmed) inner = inner.slice(1);
    if (isTrimming) inner = inner.slice(0, -1);
    if (!inner.trim().startsWith('/*')) parts.push({ isAction: true, text: inner.trim() });
    at = close + 2;
  }
  return parts;
}

/** Where `}}` stands that is not inside a quoted text. */
function endOfAction(text: string, start: number): number {
  let quote = '';
  for (let i = start; i < text.length; i++) {
    const letter = text[i] as string;
    if (quote) {
      if (letter === '\\' && quote !== '`') i++;
      else if (letter === quote) quote = '';
    } else if (letter === '"' || letter === '`' || letter === "'") quote = letter;
    else if (text.startsWith('}}', i)) return i;
  }
  throw new TemplateError(quote ? 'unterminated quoted string' : 'unclosed action');
}

class BlockParser {
  private readonly parts: readonly Part[];
  private at = 0;

  constructor(parts: readonly Part[]) {
    this.parts = parts;
  }

  /** The nodes up to the `end`, `else` or `else if …` that closes them; the empty text stands for the end of the template. */
  list(): { readonly nodes: readonly TemplateNode[]; readonly ending: string } {
    const nodes: TemplateNode[] = [];
    while (this.at < this.parts.length) {
      const { isAction, text } = this.parts[this.at++] as Part;
      if (!isAction) nodes.push({ type: 'text', text });
      else if (text === 'end' || /^else\b/.test(text)) return { nodes, ending: text };
      else nodes.push(this.node(text));
    }
    return { nodes, ending: '' };
  }

  private node(text: string): TemplateNode {
    const [, word = '', rest = ''] = /^(\w+)\b\s*(.*)$/s.exec(text) ?? [];
    if (word === 'if' || word === 'range' || word === 'with') return this.block(word, rest);
    if (/^(define|template|block|break|continue)$/.test(word)) throw new TemplateError(`{{${word}}} is not part of this kubectl`);
    if (text === '') throw new TemplateError('missing value for command');
    return { type: 'action', pipeline: parsePipeline(text) };
  }

  private block(type: 'if' | 'range' | 'with', text: string): TemplateNode {
    if (text === '') throw new TemplateError(`missing value for ${type}`);
    const pipeline = parsePipeline(text);
    const { nodes: body, ending } = this.list();
    const again = /^else\s+(if|with)\b\s*(.*)$/s.exec(ending);
    if (again) return { type, pipeline, body, otherwise: [this.block(again[1] as 'if' | 'with', again[2] as string)] };
    if (ending === 'end') return { type, pipeline, body, otherwise: [] };
    if (ending !== 'else') throw new TemplateError('unexpected EOF');
    const { nodes: otherwise, ending: last } = this.list();
    if (last !== 'end') throw new TemplateError(last ? 'expected end; found {{else}}' : 'unexpected EOF');
    return { type, pipeline, body, otherwise };
  }
}

const TOKEN =
  /\s*("(?:\\.|[^"\\])*"|`[^`]*`|'(?:\\.|[^'\\])*'|\$\w*|:=|=|\||\(|\)|,|\.[\p{L}_][\p{L}\p{N}_]*|\.|[+-]?\d[\w.]*|[\p{L}_][\p{L}\p{N}_]*)/uy;

/** Tokens, each with whether a blank stands before it: `.a .b` are two terms, `.a.b` is one. */
function tokensOf(text: string): { readonly text: string; readonly isApart: boolean }[] {
  const tokens: { text: string; isApart: boolean }[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const { lastIndex } = TOKEN;
    const match = TOKEN.exec(text);
    if (!match) {
      if (text.slice(lastIndex).trim() === '') break;
      throw new TemplateError(`unexpected ${JSON.stringify(text.slice(lastIndex).trim()[0])} in command`);
    }
    tokens.push({ text: match[1] as string, isApart: match[0].length > (match[1] as string).length || lastIndex === 0 });
  }
  return tokens;
}

function parsePipeline(text: string): Pipeline {
  const parser = new PipelineParser(tokensOf(text));
  const pipeline = parser.pipeline();
  if (!parser.isAtEnd) throw new TemplateError('unexpected right paren');
  return pipeline;
}

class PipelineParser {
  private readonly tokens: readonly { readonly text: string; readonly isApart: boolean }[];
  private at = 0;

  constructor(tokens: PipelineParser['tokens']) {
    this.tokens = tokens;
  }

  get isAtEnd(): boolean {
    return this.at >= this.tokens.length;
  }

  pipeline(): Pipeline {
    const { variables, isAssignment } = this.declaration();
    const commands: Term[][] = [[]];
    while (!this.isAtEnd && this.tokens[this.at]?.text !== ')') {
      if (this.tokens[this.at]?.text === '|') {
        this.at++;
        commands.push([]);
      } else commands.at(-1)?.push(this.term());
    }
    if (commands.some((command) => command.length === 0)) throw new TemplateError('missing value for command');
    return { variables, isAssignment, commands };
  }

  private declaration(): { variables: string[]; isAssignment: boolean } {
    const texts = this.tokens.slice(this.at, this.at + 4).map(({ text }) => text);
    const isVariable = (text: string | undefined): boolean => /^\$\w+$/.test(text ?? '');
    const isSign = (text: string | undefined): boolean => text === ':=' || text === '=';
    if (isVariable(texts[0]) && isSign(texts[1])) {
      this.at += 2;
      return { variables: [texts[0] as string], isAssignment: texts[1] === '=' };
    }
    if (isVariable(texts[0]) && texts[1] === ',' && isVariable(texts[2]) && isSign(texts[3])) {
      this.at += 4;
      return { variables: [texts[0] as string, texts[2] as string], isAssignment: texts[3] === '=' };
    }
    return { variables: [], isAssignment: false };
  }

  private term(): Term {
    const { text } = this.tokens[this.at++] as { text: string };
    const fields: string[] = [];
    const operand = this.operand(text, fields);
    for (let next = this.tokens[this.at]; next && !next.isApart && /^\../.test(next.text); next = this.tokens[this.at]) {
      fields.push(next.text.slice(1));
      this.at++;
    }
    return { operand, fields };
  }

  private operand(text: string, fields: string[]): Operand {
    if (text === '(') {
      const pipeline = this.pipeline();
      if (this.tokens[this.at++]?.text !== ')') throw new TemplateError('unclosed left paren');
      return { type: 'pipeline', pipeline };
    }
    if (text === '.') return { type: 'dot' };
    if (text.startsWith('.')) {
      fields.push(text.slice(1));
      return { type: 'dot' };
    }
    if (text.startsWith('$')) return { type: 'variable', name: text };
    if (text.startsWith('"')) return { type: 'literal', value: unquoted(text) };
    if (text.startsWith('`')) return { type: 'literal', value: text.slice(1, -1) };
    if (text.startsWith("'")) return { type: 'literal', value: unquoted(text).codePointAt(0) ?? 0 };
    if (/^[+-]?\d/.test(text)) return { type: 'literal', value: Number(text) };
    if (text === 'true' || text === 'false') return { type: 'literal', value: text === 'true' };
    if (text === 'nil') return { type: 'nil' };
    if (/^[\p{L}_]/u.test(text)) return { type: 'function', name: text };
    throw new TemplateError(`unexpected ${JSON.stringify(text)} in operand`);
  }
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', a: '\x07', b: '\b', f: '\f', v: '\v' };

function unquoted(text: string): string {
  return text
    .slice(1, -1)
    .replace(/\\(u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|.)/gs, (_, escape: string) =>
      /^[ux]./.test(escape) ? String.fromCodePoint(Number.parseInt(escape.slice(1), 16)) : (ESCAPES[escape] ?? escape),
    );
}
