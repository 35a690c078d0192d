// Where in a manifest a refusal points to: the line that the parser names, or the line of the field that the server names.
import type { Refusal } from '../session/session.ts';

export function lineOfRefusal({ text, stderr }: Refusal): number | undefined {
  const named = /\bline (\d+)/.exec(stderr);
  if (named) return Number(named[1]);
  const subject = /The (\w+) "([^"]+)" is invalid/.exec(stderr) ?? /(\w+)(?:\.\w+)? "([^"]+)"/.exec(stderr);
  const field = /(?:is invalid: |^\* |unknown field "|field "|: )([a-z]\w*(?:(?:\[[^\]]*\])?\.\w+|\[[^\]]*\])*)["]?:?/m.exec(stderr);
  if (!field?.[1]) return undefined;
  return lineOfField(text, field[1], subject?.[2]);
}

/** Follows a path such as `spec.template.spec.containers[0].image` down the indentation of a YAML text, in the document of that name. */
function lineOfField(text: string, path: string, name: string | undefined): number | undefined {
  const lines = text.split('\n');
  const starts = [0, ...lines.flatMap((line, i) => (line.startsWith('---') ? [i + 1] : []))];
  const documents = starts.map((start, i) => ({ start, end: starts[i + 1] ?? lines.length }));
  const named = documents.find(({ start, end }) => lines.slice(start, end).some((line) => line.trim() === `name: ${name}`));
  const { start, end } = named ?? { start: 0, end: lines.length };
  let at = start;
  let indent = -1;
  let found: number | undefined;
  for (const part of path.split('.')) {
    const [word = '', index] = part.split(/[[\]]/);
    const next = lines.slice(at, end).findIndex((line) => keyIn(line) === word && indentOf(line) > indent);
    if (next < 0) break;
    found = at + next;
    indent = indentOf(lines[found] as string);
    at = found + 1;
    if (index !== undefined && /^\d+$/.test(index)) {
      for (let count = Number(index), i = at; i < end; i++) {
        if (/^\s*-/.test(lines[i] as string) && indentOf(lines[i] as string) >= indent && count-- === 0) {
          at = i;
          found = i;
          indent = indentOf(lines[i] as string);
          break;
        }
      }
    }
  }
  return found === undefined ? undefined : found + 1;
}

/** `image` of `  - image: nginx`. */
function keyIn(line: string): string | undefined {
  return /^\s*(?:- +)*"?([\w./-]+)"?\s*:/.exec(line)?.[1];
}

/** Of what follows the dash, one more than the dash. */
function indentOf(line: string): number {
  return /^[\s]*/.exec(line)?.[0].length ?? 0;
}
