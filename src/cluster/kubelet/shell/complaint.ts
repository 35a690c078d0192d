// How each kind of shell says what is wrong: where it stands, and with a script's grammar.
import type { Shell, ShellKind } from './process.ts';

/** A complaint with the shell's name and the place before it; `builtin` is who complains. */
export function complaint(shell: Shell, message: string, builtin?: string): string {
  const { kind, scriptName, line, lineFirst, isInteractive } = shell;
  const by = builtin ? `${builtin}: ` : '';
  const number = line + lineFirst;
  let place = '';
  if (kind === 'dash') place = `${number}: ${by}`;
  else if (kind === 'bash') place = isInteractive ? by : `line ${line + 1}: ${by}`;
  else place = isInteractive ? by : `${by}line ${number}: `;
  return `${scriptName}: ${place}${message}\n`;
}

/** What the grammar says of a script, which speaks as ash does, in the words of dash and bash. */
export function grammarComplaint(shell: Shell, message: string, line: string): string {
  if (shell.kind === 'ash') return complaint(shell, message.replace(/ in ['"]$/, ''));
  if (shell.kind === 'dash') return complaint(shell, wordsOfDash(message));
  const place = shell.isCommand ? { ...shell, scriptName: `${shell.scriptName}: -c` } : shell;
  const worded = wordsOfBash(message);
  const isQuoting = worded.startsWith('syntax error near');
  return complaint(place, worded) + (isQuoting ? complaint(place, `\`${line}'`) : '');
}

function wordsOfDash(message: string): string {
  const [, what = '', expected = ''] = /^syntax error: unexpected (.*?)( \(expecting .*\))?$/.exec(message) ?? [];
  if (what) return `Syntax error: ${what} unexpected${expected}`;
  const rest = message.replace(/^syntax error: /, '').replace(/ in ['"]$/, '');
  if (rest === message) return message;
  const capital = rest.slice(0, 1).toUpperCase() + rest.slice(1);
  return rest === 'bad substitution' ? capital : `Syntax error: ${capital}`;
}

function wordsOfBash(message: string): string {
  const quote = / in (['"])$/.exec(message)?.[1];
  if (quote) return `unexpected EOF while looking for matching \`${quote}'`;
  const token = /^syntax error: unexpected (?:"(.*?)"|(newline))/.exec(message);
  if (token) return `syntax error near unexpected token \`${token[1] ?? token[2]}'`;
  return message.replace(/ \(expecting .*\)$/, '');
}

/** What is wrong with a calculation. */
export function calculationComplaint(kind: ShellKind, expression: string, message: string): string {
  const isDivision = message === 'divide by zero';
  if (kind === 'ash' || !/^(divide by zero|arithmetic syntax error)$/.test(message)) return message;
  if (kind === 'dash') return `arithmetic expression: ${isDivision ? 'division by zero' : 'expecting primary'}: "${expression}"`;
  const token = /\S*$/.exec(expression.trim().replace(/^.*[/%]/, ''))?.[0] ?? '';
  return `${expression}: ${isDivision ? 'division by 0' : 'syntax error: operand expected'} (error token is "${token}")`;
}

/** What `test` and `printf` say, by who runs them. */
export type Sayings = Readonly<Record<ShellKind, string>>;
