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
  let quote = '';
  for (let i = 0; i < line.length; i++) {
    const letter = line[i] as string;
    if (quote) {
      if (letter === quote) quote = '';
      else if (letter === '\\' && quote === '"' && /["\\$`\n]/.test(line[i + 1] ?? '')) word = (word ?? '') + (line[++i] ?? '').trim();
      else word = (word ?? '') + letter;
    } else if (letter === "'" || letter === '"') {
      quote = letter;
      word ??= '';
    } else if (letter === '\\') {
      // Before a plain letter it stays, so that `\.` in a JSONPath need not be quoted.
      const next = line[++i] ?? '';
      if (next !== '\n') word = (word ?? '') + (/[\s\\'"|<>;&`$#]/.test(next) ? next : `\\${next}`);
    } else if (/\s/.test(letter)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (letter === '#' && word === undefined) {
      break;
    } else if (REFUSED[letter] || (letter === '$' && line[i + 1] === '(')) {
      throw new CommandError(
        `there is no shell here: ${REFUSED[letter] ?? 'a command inside a command'} (${letter}) cannot be run; quote it if it is part of a word`,
      );
    } else {
      word = (word ?? '') + letter;
    }
  }
  if (quote) throw new CommandError(`a quote (${quote}) is not closed`);
  if (word !== undefined) words.push(word);
  return words;
}

/** Whether a line is more than one plain command: a shell must read it then. */
export function needsShell(line: string): boolean {
  let quote = '';
  for (let i = 0; i < line.length; i++) {
    const letter = line[i] as string;
    const isExpanded = letter === '`' || (letter === '$' && /[\w({?]/.test(line[i + 1] ?? ''));
    if (letter === '\\' && quote !== "'") i++;
    else if (quote) {
      if (letter === quote) quote = '';
      else if (quote === '"' && isExpanded) return true;
    } else if (letter === "'" || letter === '"') quote = letter;
    else if (letter === '#' && /(^|\s)$/.test(line.slice(0, i))) return line.slice(i).includes('\n');
    else if (isExpanded || letter === '\n' || REFUSED[letter]) return true;
  }
  return quote !== '';
}
