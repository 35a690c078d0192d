// Files that a kubectl line names, put into the line as texts: what it did can be done again then, without the files.
import { FILE_FLAGS } from './lines.ts';

/** The text of a file; undefined: there is none. */
type ReadFile = (path: string) => string | undefined;

interface Texts {
  readonly args: readonly string[];
  /** What the files of `-f` hold. */
  readonly stdin: string | undefined;
  /** What of its input belongs to it: all, even what is typed; what is piped into it; nothing. */
  readonly input: 'all' | 'piped' | 'nothing';
}

/** The arguments with texts in the place of files. A file that is not there stays: kubectl says so. */
export function withTexts(given: readonly string[], readFile: ReadFile, archiveFolder: ReadFile): Texts {
  const args = given.flatMap((word, i) => (isValue(given, i) ? [] : withText(word, given[i + 1], readFile)));
  const { texts, rest } = manifestsIn(args, readFile);
  // `cp` from here: the text of the file is the input, or the archive of the folder.
  const copied = args[0] === 'cp' ? args.slice(1).find((word) => !word.startsWith('-')) : undefined;
  const copy = copied === undefined || copied.includes(':') ? undefined : (archiveFolder(copied) ?? readFile(copied));
  if (copy !== undefined) return { args, stdin: copy, input: 'nothing' };
  const input = args.includes('-') ? 'all' : rest.some((word) => /^(-[a-z]*i[a-z]*|--stdin)$/.test(word)) ? 'piped' : 'nothing';
  return { args: rest, stdin: texts.length > 0 ? texts.join('\n---\n') : undefined, input };
}

const isValue = (given: readonly string[], i: number) => FILE_FLAGS[given[i - 1] ?? ''] !== undefined;

function withText(word: string, next: string | undefined, readFile: ReadFile): string[] {
  const equals = word.indexOf('=');
  const name = equals < 0 ? word : word.slice(0, equals);
  const flag = FILE_FLAGS[name];
  if (flag === undefined) return [word];
  const value = equals < 0 ? (next ?? '') : word.slice(equals + 1);
  const [, key, path = ''] = /^(?:([^=]*)=)?(.*)$/s.exec(value) ?? [];
  const text = readFile(path);
  if (text === undefined) return [`${name}=${value}`];
  return [flag === '--patch' ? `${flag}=${text}` : `${flag}=${key ?? path.slice(path.lastIndexOf('/') + 1)}=${text}`];
}

/** `-f file` and its other spellings: the texts of the files, and the arguments with one `-f -` for all of them. */
function manifestsIn(args: readonly string[], readFile: ReadFile): { readonly texts: readonly string[]; readonly rest: readonly string[] } {
  const texts: string[] = [];
  const rest: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const word = args[i] as string;
    const [, joined] = /^(?:-f=?|--filename=)(.+)$/s.exec(word) ?? [];
    const isApart = word === '-f' || word === '--filename';
    const path = isApart ? args[i + 1] : joined;
    const text = path === undefined || path === '-' || path.startsWith('-') ? undefined : readFile(path);
    if (text === undefined) {
      rest.push(word);
      continue;
    }
    if (isApart) i++;
    if (texts.length === 0) rest.push('-f', '-');
    texts.push(text);
  }
  return { texts, rest };
}
