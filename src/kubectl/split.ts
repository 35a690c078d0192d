// A command line into words, as a shell splits it: quotes, backslashes, `$'…'`-free. What needs a real shell (pipes, redirections,
// variables, several commands) is refused in words; who has a shell can ask before.
import { CommandError } from './errors.ts';

const REFUSED: Readonly<Record<string, string>> = {
  '|': 'a pipe',
  '>': 'a redirection',
  '<': 'a redirection',
  ';': 'a second command',
  '&': 'a background command',
  '`': 'a command inside a command',
};

export function splitLine(line: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  for (const { text, quote, isEscaped, at } of lettersOf(line)) {
    if (at === line.length) throw new CommandError(`a quote (${quote}) is not closed`);
    if (quote || isEscaped) word = (word ?? '') + text;
    else if (/\s/.test(text)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (text === '#' && word === undefined) break;
    else if (REFUSED[text] || line.startsWith('$(', at)) {
      throw new CommandError(
        `there is no shell here: ${REFUSED[text] ?? 'a command inside a command'} (${text}) cannot be run; quote it if it is part of a word`,
      );
    } else word = (word ?? '') + text;
  }
  if (word !== undefined) words.push(word);
  return words;
}

/** Whether a line is more than one plain command: a shell must read it then. */
export function needsShell(line: string): boolean {
  for (const { text, quote, isEscaped, at } of lettersOf(line)) {
    if (at === line.length) return true;
    if (isEscaped || quote === "'") continue;
    if (text === '`' || (text === '$' && /[\w({?]/.test(line[at + 1] ?? ''))) return true;
    if (quote) continue;
    if (text === '#' && /(^|\s)$/.test(line.slice(0, at))) return line.slice(at).includes('\n');
    if (text === '\n' || REFUSED[text]) return true;
  }
  return false;
}

interface Letter {
  /** What it stands for in a word: nothing for the quote that opens, with its backslash where that means nothing. */
  readonly text: string;
  /** In which quotes it stands; empty: in none. */
  readonly quote: string;
  readonly isEscaped: boolean;
  /** Behind the end of the line: the quotes are not closed. */
  readonly at: number;
}

/** The letters of a line with how they are quoted. */
function* lettersOf(line: string): Generator<Letter, void> {
  let quote = '';
  for (let at = 0; at < line.length; at++) {
    const letter = line[at] as string;
    const next = line[at + 1] ?? '';
    if (letter === '\\' && quote === '') {
      at++;
      // Before a plain letter it stays, so that `\.` in a JSONPath need not be quoted.
      if (next !== '\n') yield { text: /[\s\\'"|<>;&`$#]/.test(next) ? next : `\\${next}`, quote, isEscaped: true, at: at - 1 };
    } else if (letter === '\\' && quote === '"' && /["\\$`\n]/.test(next)) {
      at++;
      yield { text: next.trim(), quote, isEscaped: true, at: at - 1 };
    } else if (letter === quote) quote = '';
    else if (quote === '' && (letter === "'" || letter === '"')) {
      quote = letter;
      yield { text: '', quote, isEscaped: false, at };
    } else yield { text: letter, quote, isEscaped: false, at };
  }
  if (quote) yield { text: '', quote, isEscaped: false, at: line.length };
}
