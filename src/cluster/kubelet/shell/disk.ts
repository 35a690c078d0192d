// Files as plain data: a disk is a flat map from path to entry, the root being the empty path. Entries are never changed, only
// replaced, so copies of a disk share them. Leaves out hard links and times other than the last change.

import type { FileEntry } from '../../../kube/inside.ts';

export type { FileEntry };

export type Disk = Map<string, FileEntry>;

/** The machine's disk, as every container sees it through its root, and what of it is not the pods'. */
export const MACHINE_DISK = { bytes: 100 * 2 ** 30, usedBytes: 20 * 2 ** 30 };

export const FILE_MODE = 0o644;
const FOLDER_MODE = 0o755;

export function fileEntry(text: string, atMs: number, mode = FILE_MODE): FileEntry {
  return { type: 'file', text, mode, atMs };
}

export function folderEntry(atMs: number, mode = FOLDER_MODE): FileEntry {
  return { type: 'folder', text: '', mode, atMs };
}

export function linkEntry(target: string, atMs: number): FileEntry {
  return { type: 'link', text: target, mode: 0o777, atMs };
}

/** A named pipe: what goes through it is in no file. */
export function pipeEntry(atMs: number, mode = FILE_MODE): FileEntry {
  return { type: 'pipe', text: '', mode, atMs };
}

export function sizeOf({ type, text, bytes }: FileEntry): number {
  return type === 'folder' ? 4096 : (bytes ?? byteLength(text));
}

/** What all files of a disk take. */
export function usedBytes(disk: Disk): number {
  let sum = 0;
  for (const entry of disk.values()) if (entry.type === 'file') sum += sizeOf(entry);
  return sum;
}

/** How many bytes a text takes in UTF-8. */
export function byteLength(text: string): number {
  let length = text.length;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 0x7f) length += code > 0x7ff && (code < 0xd800 || code > 0xdfff) ? 2 : 1;
  }
  return length;
}

/** `/a/./b/../c` from `directory` as `/a/c`; the root is the empty text. */
export function absolutePath(path: string, directory: string): string {
  const parts: string[] = [];
  for (const part of (path.startsWith('/') ? path : `${directory}/${path}`).split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.length === 0 ? '' : `/${parts.join('/')}`;
}

export function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}

export function baseOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

// Several files as one text: names, modes and texts, one after the other -------------------------------------------------

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
