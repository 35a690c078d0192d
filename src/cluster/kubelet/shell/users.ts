// The names of users and groups, as a container's own files have them.
import type { Call } from './call.ts';
import type { Files } from './files.ts';

type NameFile = '/etc/passwd' | '/etc/group';

function rows({ files }: { readonly files: Files }, file: NameFile): string[][] {
  const text = files.stat(file)?.type === 'file' ? files.read(file) : '';
  return text.split('\n').map((line) => line.split(':'));
}

function nameIn(call: Call, file: NameFile, number: number): string | undefined {
  return rows(call, file).find(([, , id]) => id === String(number))?.[0];
}

function numberIn(call: Call, file: NameFile, text: string): number | undefined {
  if (/^\d+$/.test(text)) return Number(text);
  const id = rows(call, file).find(([name]) => name === text)?.[2];
  return id === undefined ? undefined : Number(id);
}

/** The home of a user; undefined: there is nobody of this name. */
export function homeOf(files: Files, user: string): string | undefined {
  return rows({ files }, '/etc/passwd').find(([name]) => name === user)?.[5];
}

/** Undefined where nobody has given the number a name. */
export function userName(call: Call, number: number): string | undefined {
  return nameIn(call, '/etc/passwd', number);
}

export function groupName(call: Call, number: number): string | undefined {
  return nameIn(call, '/etc/group', number);
}

/** `root`, `1000`; undefined: there is nobody of this name. */
export function userNumber(call: Call, text: string): number | undefined {
  return numberIn(call, '/etc/passwd', text);
}

export function groupNumber(call: Call, text: string): number | undefined {
  return numberIn(call, '/etc/group', text);
}
