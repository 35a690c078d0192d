// Words as a shell writes them out so that it could read them again.
import type { ShellKind } from './process.ts';

export function shellQuoted(text: string): string {
  return text !== '' && /^[\w@%+=:,./-]+$/.test(text) ? text : singleQuoted(text);
}

export function singleQuoted(text: string): string {
  return `'${text.replaceAll("'", `'"'"'`)}'`;
}

export function doubleQuoted(text: string): string {
  return `"${text.replaceAll(/["$`\\]/g, '\\$&')}"`;
}

/** A word as `set -x` shows it: dash quotes none, and ash has its own idea of what needs quotes. */
export function tracedWord(kind: ShellKind, text: string): string {
  if (kind === 'dash') return text;
  if (kind === 'ash') return text === '' || /[^\w@%+:,./\]-]/.test(text) ? singleQuoted(text) : text;
  return shellQuoted(text).replaceAll(`'"'"'`, `'\\''`);
}

/** As `printf %q` writes it: a backslash before each letter that the shell would take for more. */
export function shellEscaped(text: string): string {
  if (text === '') return "''";
  if (/[\n\t]/.test(text)) return `$'${text.replaceAll('\n', '\\n').replaceAll('\t', '\\t').replaceAll("'", "\\'")}'`;
  return text.replaceAll(/[^\w@%+=:,./-]/g, '\\$&');
}
