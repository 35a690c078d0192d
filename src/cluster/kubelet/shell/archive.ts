// Several files as one text: names, modes and texts, one after the other. Only what is here reads it.

export interface Member {
  readonly name: string;
  readonly mode: number;
  /** Undefined: a folder. */
  readonly text: string | undefined;
}

const HEAD = /(\S+) (\d+) (-?\d+)\n/y;

export function archiveOf(members: readonly Member[]): string {
  return members.map(({ name, mode, text }) => `${encodeURIComponent(name)} ${mode} ${text?.length ?? -1}\n${text ?? ''}`).join('');
}

/** Undefined: it is no archive. */
export function membersOf(archive: string): readonly Member[] | undefined {
  const members: Member[] = [];
  for (let at = 0; at < archive.length; ) {
    HEAD.lastIndex = at;
    const [head, name = '', mode, length] = HEAD.exec(archive) ?? [];
    if (head === undefined) return undefined;
    at += head.length;
    const end = at + Math.max(0, Number(length));
    members.push({ name: decodeURIComponent(name), mode: Number(mode), text: Number(length) < 0 ? undefined : archive.slice(at, end) });
    at = end;
  }
  return members;
}
