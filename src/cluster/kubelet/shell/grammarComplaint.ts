// What is wrong with a script's grammar and with a calculation, in the words of each kind of shell.
import { complaint } from './complaint.ts';
import type { Shell, ShellKind } from './process.ts';

/** What the grammar says of a script, which speaks as ash does, in the words of dash and bash; `reader` is what had it read. */
export function grammarComplaint(shell: Shell, message: string, line: string, reader?: 'eval'): string {
  if (shell.kind === 'ash') return complaint(shell, message.replace(OPENED_BY, ''), reader);
  if (shell.kind === 'dash') return complaint(shell, wordsOfDash(message), reader);
  if (isLateForBash(message)) return complaint(shell, message);
  const worded = wordsOfBash(message);
  const place = {
    ...shell,
    scriptName: `${shell.scriptName}${reader ? `: ${reader}` : shell.isCommand ? ': -c' : ''}`,
    // The end of the file is a line of its own.
    line: shell.line + (line !== '' && /unexpected end of file$|matching `\)'$/.test(worded) ? 1 : 0),
  };
  const isQuoting = worded.startsWith('syntax error near');
  return complaint(place, worded) + (isQuoting ? complaint(place, `\`${line}'`) : '');
}

/** What was begun and is not closed, as the scanner marks it. */
const OPENED_BY = / in (['"`)])$/;

/** bash finds these only when it comes to them, and goes on with status 1. */
export function isLateForBash(message: string): boolean {
  return /: bad substitution$|: not a valid identifier$/.test(message);
}

function wordsOfDash(message: string): string {
  const [, what = '', expected = ''] = /^syntax error: unexpected (.*?)( \(expecting .*?\))?( in .)?$/.exec(message) ?? [];
  if (what) return `Syntax error: ${what} unexpected${expected}`;
  const rest = message.replace(/^syntax error: /, '').replace(OPENED_BY, '');
  if (rest === message) return message;
  const capital = rest.slice(0, 1).toUpperCase() + rest.slice(1);
  return rest === 'bad substitution' ? capital : `Syntax error: ${capital}`;
}

function wordsOfBash(message: string): string {
  const quote = OPENED_BY.exec(message)?.[1];
  if (quote) return `unexpected EOF while looking for matching \`${quote}'`;
  const token = /^syntax error: unexpected (?:"(.*?)"|(newline))/.exec(message);
  if (token) return `syntax error near unexpected token \`${token[1] ?? token[2]}'`;
  return message.replace(/ \(expecting .*\)$/, '');
}

/** What is wrong with a calculation. */
export function calculationComplaint(kind: ShellKind, expression: string, message: string): string {
  const [, what, isAtEnd] = /^(divide by zero|arithmetic syntax error)( at the end)?$/.exec(message) ?? [];
  if (what === undefined) return message;
  if (kind === 'ash') return what;
  const isDivision = what === 'divide by zero';
  if (kind === 'dash') {
    return `arithmetic expression: ${isDivision ? 'division by zero' : isAtEnd ? 'expecting EOF' : 'expecting primary'}: "${expression}"`;
  }
  const token = /\S*$/.exec(expression.trim().replace(/^.*[/%]/, ''))?.[0] ?? '';
  if (/^0\d*[89]/.test(token)) return `${expression}: value too great for base (error token is "${token}")`;
  const problem = isAtEnd ? 'syntax error in expression' : 'syntax error: operand expected';
  return `${expression}: ${isDivision ? 'division by 0' : problem} (error token is "${token}")`;
}
