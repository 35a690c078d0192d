// Which lines of a terminal are for its shell.
import { needsShell } from '../split.ts';
import { findVerb } from '../verbs/index.ts';

/** Flags whose value is a file, and the flags that take its text instead. */
export const FILE_FLAGS: Readonly<Record<string, string>> = { '--patch-file': '--patch', '--from-file': '--from-literal' };

const FILE = new RegExp(String.raw`\s(-f|--filename|${Object.keys(FILE_FLAGS).join('|')})[ =]?(?!-(\s|$)|https?:)\S|\scp\s`);

/** All but one plain kubectl command that names no file. */
export function isForShell(line: string): boolean {
  const [word = '', verb = ''] = line.split(/\s+/, 2);
  const isKubectl = word === 'kubectl' || word === 'help' || findVerb(word) !== undefined;
  return !isKubectl || needsShell(line) || (verb !== 'logs' && word !== 'logs' && FILE.test(line));
}
