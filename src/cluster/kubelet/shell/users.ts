// The names of users and groups, as a container's own files have them.
import type { Call } from './call.ts';

type NameFile = '/etc/passwd' | '/etc/group';

function rows(call: Call, file: NameFile): string[][] {
  const text = call.files.stat(file)?.type === 'file' ? call.files.read(file) : '';
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
