// A script of Python cut into its lines, and the blocks that their indents make.

export interface Line {
  readonly indent: number;
  readonly text: string;
  /** Which line of the script it begins on, from 1. */
  readonly number: number;
}

/** Lines that stand as one: `a; b` are two, brackets go on over ends of lines; empty lines and comments are none. */
export function linesOf(script: string): Line[] {
  let number = 1;
  return splitOutside(script, '\n').flatMap((whole) => {
    const first = number;
    number += whole.split('\n').length;
    const indent = /^[ \t]*/.exec(whole)?.[0].length ?? 0;
    return splitOutside(whole, ';')
      .map((text) => text.trim())
      .filter((text) => text !== '')
      .flatMap((text) => withItsBlock({ indent, text, number: first }));
  });
}

/** `while x: do()` is a line and a block of one. */
function withItsBlock(line: Line): Line[] {
  if (!/^(if|elif|else|while|for)\b/.test(line.text)) return [line];
  const [condition = '', ...rest] = splitOutside(line.text, ':');
  const body = rest.join(':').trim();
  return body === ''
    ? [line]
    : [
        { ...line, text: `${condition}:` },
        { ...line, indent: line.indent + 1, text: body },
      ];
}

const COMMENT = /#[^\n]*/y;
const QUOTED = /"(?:[^"\\]|\\[^])*"?|'(?:[^'\\]|\\[^])*'?/y;

/** Cuts a text where a letter stands outside quotes and brackets; comments go. */
export function splitOutside(text: string, separator: string): string[] {
  const parts: string[] = [];
  let part = '';
  let depth = 0;
  for (let i = 0; i < text.length; ) {
    const letter = text[i] as string;
    const whole = matchAt(QUOTED, text, i) ?? letter;
    const comment = matchAt(COMMENT, text, i);
    if ('([{'.includes(letter)) depth++;
    if (')]}'.includes(letter)) depth--;
    if (letter === separator && depth === 0) {
      parts.push(part);
      part = '';
    } else if (comment === undefined) part += whole;
    i += (comment ?? whole).length;
  }
  return [...parts, part];
}

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

/** The line after a block, or after all branches of an `if`. */
export function afterBlock(lines: readonly Line[], at: number): number {
  const { indent } = lines[at] as Line;
  let next = at + 1;
  while (next < lines.length && (lines[next] as Line).indent > indent) next++;
  return next;
}

export function afterBranches(lines: readonly Line[], at: number): number {
  const { indent } = lines[at] as Line;
  let next = afterBlock(lines, at);
  while (isBranch(lines[next], indent)) next = afterBlock(lines, next);
  return next;
}

export function isBranch(line: Line | undefined, indent: number): boolean {
  return line !== undefined && line.indent === indent && /^(elif|else)\b/.test(line.text);
}

export function isLoop({ text }: Line): boolean {
  return /^(while|for)\b/.test(text);
}

/** The loop that a line stands in; undefined where it stands in none. */
export function enclosingLoop(lines: readonly Line[], at: number): number | undefined {
  let { indent } = lines[at] as Line;
  for (let i = at - 1; i >= 0; i--) {
    const line = lines[i] as Line;
    if (line.indent >= indent) continue;
    indent = line.indent;
    if (isLoop(line)) return i;
  }
  return undefined;
}
