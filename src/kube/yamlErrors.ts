// Go's words for YAML that cannot be read, and the line it names. Models goyaml.v2 (scannerc.go, parserc.go, decode.go fail).
// Our parser finds the same mistakes at other places; this translates the common ones. The rest get Go's most frequent sentence.

/** A mistake as our parser tells it: its code, where it begins and ends in the text, and its own message. */
export interface YamlMistake {
  readonly code: string;
  readonly pos: readonly [number, number];
  readonly message: string;
}

export interface GoYamlError {
  /** What stands after `yaml: `, with the line as Go counts. */
  readonly text: string;
  /** Where the mistake is, 1 for the first line. */
  readonly line: number;
}

const NO_KEY = 'did not find expected key';
const NO_ITEM = "did not find expected '-' indicator";
const NO_COLON = "could not find expected ':'";
const NESTED = 'mapping values are not allowed in this context';
const NO_TOKEN = 'found character that cannot start any token';
const ITEM_IN_LINE = 'block sequence entries are not allowed in this context';

export function goYamlError(mistake: YamlMistake, text: string): GoYamlError {
  const [start] = mistake.pos;
  const line = lineAt(text, start);
  const at = text.slice(start);
  switch (mistake.code) {
    case 'BLOCK_AS_IMPLICIT_KEY':
      return scanned(NESTED, lineAt(text, start + Math.max(0, at.search(/:(\s|$)/))));
    case 'MULTILINE_IMPLICIT_KEY':
      return isFirstKey(text, start) ? scanned(NESTED, lineAt(text, mistake.pos[1])) : scanned(NO_COLON, nextLine(text, line), line);
    case 'KEY_OVER_1024_CHARS':
      return scanned(NO_COLON, line);
    case 'TAB_AS_INDENT':
    case 'BAD_SCALAR_START':
      return scanned(NO_TOKEN, line);
    case 'BAD_ALIAS':
      return { text: `unknown anchor '${/^\*?(\S+)/.exec(at)?.[1] ?? ''}' referenced`, line };
    case 'BAD_DQ_ESCAPE':
      return scanned('found unknown escape character', line);
    case 'BAD_DIRECTIVE':
      return scanned('found unknown directive name', line);
    case 'MISSING_CHAR':
      if (/quote/.test(mistake.message)) return scanned('found unexpected end of stream', line);
      if (at.startsWith('- ')) return scanned(ITEM_IN_LINE, line);
      if (/implicit map key|implicit keys/i.test(mistake.message)) return scanned(NO_COLON, nextLine(text, line), line);
      return parsed(flowWords(mistake.message), line);
    case 'UNEXPECTED_TOKEN':
    case 'BAD_INDENT':
      if (/flow/i.test(mistake.message)) return parsed(flowWords(mistake.message), line);
      if (at.startsWith('- ') && /same line/.test(mistake.message)) return scanned(ITEM_IN_LINE, line);
      return parsed(isAmongItems(text, start) ? NO_ITEM : NO_KEY, line);
    default:
      return parsed('did not find expected node content', line);
  }
}

/** The scanner names the line as people count, and leaves the first out, which it takes for none. */
const scanned = (words: string, shown: number, line = shown): GoYamlError => ({
  text: shown > 1 ? `line ${shown}: ${words}` : words,
  line,
});

/** The parser counts lines from 0, and leaves the number out when it is 0. */
const parsed = (words: string, line: number): GoYamlError => ({ text: line > 1 ? `line ${line - 1}: ${words}` : words, line });

const flowWords = (message: string) =>
  /sequence|seq|\]/.test(message) ? "did not find expected ',' or ']'" : "did not find expected ',' or '}'";

function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let i = text.indexOf('\n'); i >= 0 && i < offset; i = text.indexOf('\n', i + 1)) line++;
  return line;
}

/** A key without its colon is noticed where the text goes on. */
const nextLine = (text: string, line: number) => Math.min(line + 1, text.split('\n').length);

/** The nearest line before `offset` that does not belong to something deeper, and how far the line of `offset` is indented. */
function lineBefore(text: string, offset: number): { readonly line: string | undefined; readonly indent: number } {
  const start = text.lastIndexOf('\n', Math.max(0, offset - 1)) + 1;
  const indent = indentOf(text.slice(start));
  const lines = text.slice(0, start).split('\n').slice(0, -1);
  const line = lines.reverse().find((each) => each.trim() !== '' && !each.trim().startsWith('#') && indentOf(each) <= indent);
  return { line, indent };
}

const indentOf = (line: string) => /^ */.exec(line)?.[0].length ?? 0;

/** Whether no key stands before this one in its mapping. */
function isFirstKey(text: string, offset: number): boolean {
  const { line, indent } = lineBefore(text, offset);
  return line === undefined || indentOf(line) < indent;
}

/** Whether the line stands where the items of a list stand. */
function isAmongItems(text: string, offset: number): boolean {
  const { line, indent } = lineBefore(text, offset);
  return line !== undefined && indentOf(line) === indent && /^ *-(\s|$)/.test(line);
}
