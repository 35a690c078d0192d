// Who processes are, whose files are, and who may write to them.
import type { FileEntry } from './disk.ts';
import { imageOf } from './images/index.ts';
import type { Box } from './process.ts';

const SET_GROUP = 0o2000;

export function userOf({ user, image }: Box): number {
  return user ?? imageOf(image)?.user ?? 0;
}

/** Its own group first, then all others, as the kernel sorts them. */
export function groupsOf({ group = 0, groups = [] }: Box): readonly number[] {
  return [...new Set([group, ...groups])].toSorted((a, b) => a - b);
}

/** What a process of the container makes in a folder is its own, or of the folder's group where the folder says so. */
export function owned(made: FileEntry, box: Box, folder: FileEntry | undefined): FileEntry {
  const isOfGroup = ((folder?.mode ?? 0) & SET_GROUP) !== 0;
  return {
    ...withOwner(made, userOf(box), isOfGroup ? folder?.gid : box.group),
    ...(isOfGroup && made.type === 'folder' ? { mode: made.mode | SET_GROUP } : {}),
  };
}

export function withOwner({ uid: _uid, gid: _gid, ...entry }: FileEntry, uid: number | undefined, gid: number | undefined): FileEntry {
  return { ...entry, ...(uid ? { uid } : {}), ...(gid ? { gid } : {}) };
}

/** Root may write everywhere. */
export function mayWrite({ mode, uid = 0, gid = 0 }: FileEntry, box: Box): boolean {
  const user = userOf(box);
  if (user === 0) return true;
  const bit = user === uid ? 0o200 : groupsOf(box).includes(gid) ? 0o020 : 0o002;
  return (mode & bit) !== 0;
}
