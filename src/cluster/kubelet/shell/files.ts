// The files of one container: its image's, what it wrote over them, and its mounts. Paths are absolute, the root is the empty text.
import {
  absolutePath,
  baseOf,
  type Disk,
  type FileEntry,
  fileEntry,
  folderEntry,
  linkEntry,
  type Member,
  parentOf,
  pipeEntry,
  sizeOf,
  usedBytes,
} from './disk.ts';
import { own } from './own.ts';
import { mayWrite, owned, userOf, withOwner } from './owners.ts';
import type { Box, Mount, Sandbox } from './process.ts';

/** A file that cannot be had, in the C library's words. */
export class FileError extends Error {}

export const NOT_FOUND = 'No such file or directory';
export const IS_FOLDER = 'Is a directory';
export const NO_FOLDER = 'Not a directory';
const READ_ONLY = 'Read-only file system';
const DENIED = 'Permission denied';
const EXISTS = 'File exists';
const NO_SPACE = 'No space left on device';

/** What a file may hold of text; more does not fit: `No space left on device`. */
const FILE_LETTERS_MAX = 1 << 20;
/** What a disk may hold: files and folders, and letters of text, which are counted when a large file is written. */
const ENTRIES_MAX = 10_000;
const DISK_LETTERS_MAX = 1 << 25;
const LARGE_LETTERS = 1 << 16;
/** As Linux: more links in a row are `Too many levels of symbolic links`. */
const LINKS_MAX = 40;

export interface Disks {
  readonly nowMs: number;
  disk(key: string): Disk | undefined;
  /** The files of an image. */
  image(image: string): Disk;
  /** What a disk may hold, if it has a size of its own. */
  sizeLimit(disk: string): number | undefined;
  /** Called for every file that is written to or removed: `` for the container's own layer, else the mount's disk. */
  onWrite(disk: string, path: string): void;
}

interface Place {
  readonly disk: Disk;
  /** As in a mount; empty for the container's own layer. */
  readonly key: string;
  readonly path: string;
  readonly isReadOnly: boolean;
}

export class Files {
  private readonly sandbox: Sandbox;
  private readonly box: Box;
  private readonly disks: Disks;

  constructor(sandbox: Sandbox, box: Box, disks: Disks) {
    this.sandbox = sandbox;
    this.box = box;
    this.disks = disks;
  }

  /** What lies at a path, links followed. */
  stat(path: string): FileEntry | undefined {
    const real = this.real(path);
    return real === undefined ? undefined : this.entryAt(real);
  }

  /** What lies at a path, a link itself included. */
  linkStat(path: string): FileEntry | undefined {
    const real = this.real(path, false);
    return real === undefined ? undefined : this.entryAt(real);
  }

  /** The path without links; undefined: they go in circles. */
  real(path: string, isLastFollowed = true): string | undefined {
    let done = '';
    let rest = path.split('/').slice(1);
    for (let links = 0; rest.length > 0; ) {
      const next = `${done}/${rest[0] as string}`;
      rest = rest.slice(1);
      const entry = isLastFollowed || rest.length > 0 ? this.entryAt(next) : undefined;
      if (entry?.type !== 'link') {
        done = next;
        continue;
      }
      if (++links > LINKS_MAX) return undefined;
      rest = [...absolutePath(entry.text, done).split('/').slice(1), ...rest];
      done = '';
    }
    return done;
  }

  /** The text of a file. */
  read(path: string): string {
    const entry = this.stat(path);
    if (!entry) throw new FileError(this.missing(path));
    if (entry.type === 'folder') throw new FileError(IS_FOLDER);
    return entry.text;
  }

  /** The names in a folder, sorted as `ls` and patterns sort them. */
  list(path: string): string[] {
    const real = this.real(path) ?? path;
    const names = new Set(this.mountsBelow(real).map((mount) => mount.slice(real.length + 1).split('/', 1)[0] as string));
    const { disk, key, path: inside } = this.place(real);
    const layers = key === '' ? [this.disks.image(this.box.image), disk] : [disk];
    for (const layer of layers) {
      for (const each of layer.keys()) {
        if (each !== '' && parentOf(each) === inside && this.entryAt(`${real}/${baseOf(each)}`)) names.add(baseOf(each));
      }
    }
    return [...names].sort((a, b) => (a < b ? -1 : 1));
  }

  /** A file, or a folder with all that is in it, as an archive has them. */
  members(path: string, name: string, read = (file: string): string => this.read(file)): Member[] {
    const entry = this.stat(path);
    if (!entry) return [];
    if (entry.type !== 'folder') return [{ name, mode: entry.mode, text: read(path) }];
    const within = this.list(path).flatMap((each) => this.members(`${path}/${each}`, `${name}/${each}`, read));
    return [{ name, mode: entry.mode, text: undefined }, ...within];
  }

  /** Makes a file empty, or makes an empty file. */
  create(path: string, mode?: number): void {
    this.put(path, (entry) => fileEntry('', this.disks.nowMs, entry?.mode ?? mode));
  }

  append(path: string, text: string): void {
    this.put(path, (entry) => {
      const whole = (entry?.text ?? '') + text;
      if (whole.length > FILE_LETTERS_MAX) throw new FileError(NO_SPACE);
      return { ...fileEntry(whole, this.disks.nowMs, entry?.mode), ...(entry?.bytes && { bytes: entry.bytes + text.length }) };
    });
  }

  /** Writes an entry as it is: for `cp`, `touch`, `dd` and others that know more than text. */
  put(path: string, make: (entry: FileEntry | undefined) => FileEntry): void {
    const real = this.real(path);
    if (real === undefined) throw new FileError('Too many levels of symbolic links');
    const entry = this.entryAt(real);
    if (entry?.type === 'folder') throw new FileError(IS_FOLDER);
    const folder = entry ? undefined : this.checkParent(real);
    const place = this.writable(real);
    if (!mayWrite(entry ?? (folder as FileEntry), this.box)) throw new FileError(DENIED);
    const made = entry ? withOwner(make(entry), entry.uid, entry.gid) : owned(make(entry), this.box, folder);
    const limit = this.disks.sizeLimit(place.key);
    if (limit !== undefined && usedBytes(place.disk) + sizeOf(made) - (entry ? sizeOf(entry) : 0) > limit) throw new FileError(NO_SPACE);
    this.set(place, made);
  }

  chmod(path: string, mode: number): void {
    const real = this.real(path) ?? path;
    const entry = this.entryAt(real);
    if (!entry) throw new FileError(this.missing(path));
    this.set(this.writable(real), { ...entry, mode });
  }

  chown(path: string, uid: number | undefined, gid: number | undefined): void {
    const real = this.real(path) ?? path;
    const entry = this.entryAt(real);
    if (!entry) throw new FileError(this.missing(path));
    if (userOf(this.box) !== 0) throw new FileError('Operation not permitted');
    this.set(this.writable(real), withOwner(entry, uid ?? entry.uid, gid ?? entry.gid));
  }

  makeFolder(path: string, mode?: number): void {
    if (this.stat(path)) throw new FileError(EXISTS);
    this.add(path, folderEntry(this.disks.nowMs, mode));
  }

  makeLink(path: string, target: string): void {
    if (this.linkStat(path)) throw new FileError(EXISTS);
    this.add(path, linkEntry(target, this.disks.nowMs));
  }

  makePipe(path: string, mode?: number): void {
    if (this.linkStat(path)) throw new FileError(EXISTS);
    this.add(path, pipeEntry(this.disks.nowMs, mode));
  }

  /** With all folders above it. */
  makeFolders(path: string): void {
    const entry = this.stat(path);
    if (entry?.type === 'folder' || path === '') return;
    if (entry) throw new FileError(EXISTS);
    this.makeFolders(parentOf(path));
    this.makeFolder(path);
  }

  /** Removes a file or link, or a folder with all that is in it. */
  remove(path: string): void {
    const real = this.real(path, false) ?? path;
    const entry = this.entryAt(real);
    if (!entry) throw new FileError(this.missing(path));
    if (this.isBusy(real)) throw new FileError('Resource busy');
    const place = this.writable(real);
    if (!mayWrite(this.checkParent(real), this.box)) throw new FileError(DENIED);
    if (entry.type === 'folder') for (const name of this.list(real)) this.remove(`${real}/${name}`);
    place.disk.delete(place.path);
    if (place.key === '' && this.disks.image(this.box.image).has(place.path)) this.box.gone[place.path] = true;
    this.disks.onWrite(place.key, place.path);
  }

  /** A mount, or the root: what cannot be moved or removed. */
  isBusy(path: string): boolean {
    return path === '' || this.box.mounts.some((mount) => mount.path === path) || this.mountsBelow(path).length > 0;
  }

  /** All paths that match a pattern, sorted. */
  matching(pattern: string, directory: string, matches: (pattern: string, name: string) => boolean): string[] {
    let found = [pattern.startsWith('/') ? '/' : ''];
    const parts = pattern.split('/').filter((part) => part !== '');
    for (const [i, part] of parts.entries()) {
      found = found.flatMap((start) => {
        const folder = absolutePath(start, directory);
        if (this.stat(folder)?.type !== 'folder') return [];
        const names = this.list(folder).filter((name) => matches(part, name) && (!name.startsWith('.') || part.startsWith('.')));
        return names.map((name) => `${start}${name}${i < parts.length - 1 ? '/' : ''}`);
      });
    }
    return found;
  }

  /** The mount that a path lies in. */
  mountOf(path: string): Mount | undefined {
    let mount: Mount | undefined;
    for (const each of this.box.mounts) {
      const isInside = path === each.path || path.startsWith(`${each.path}/`);
      if (isInside && (!mount || each.path.length >= mount.path.length)) mount = each;
    }
    return mount;
  }

  /** The disk and the path on it, for who shows what is read and written. */
  placeOf(path: string): { readonly disk: string; readonly path: string } {
    const { key, path: inside } = this.place(this.real(path) ?? path);
    return { disk: key, path: inside };
  }

  // Where a path lies -------------------------------------------------------------------------------------------------

  private place(path: string): Place {
    const mount = this.mountOf(path);
    if (!mount) return { disk: this.box.layer, key: '', path, isReadOnly: this.box.isRootReadOnly ?? false };
    const disk = own(this.sandbox.volumes, mount.disk) ?? this.disks.disk(mount.disk) ?? new Map<string, FileEntry>();
    return { disk, key: mount.disk, path: mount.folder + path.slice(mount.path.length), isReadOnly: mount.isReadOnly };
  }

  /** At a path without links in it. */
  private entryAt(path: string): FileEntry | undefined {
    const { disk, key, path: inside } = this.place(path);
    const entry = disk.get(inside);
    if (entry) return entry;
    if (key === '' && !this.box.gone[inside]) {
      const under = this.disks.image(this.box.image).get(inside);
      if (under) return under;
    }
    return inside === '' || this.mountsBelow(path).length > 0 ? folderEntry(0) : undefined;
  }

  private mountsBelow(path: string): string[] {
    return this.box.mounts.filter((mount) => mount.path.startsWith(`${path}/`)).map((mount) => mount.path);
  }

  private writable(path: string): Place {
    const place = this.place(path);
    if (place.isReadOnly) throw new FileError(READ_ONLY);
    return place;
  }

  private set(place: Place, entry: FileEntry): void {
    if (!place.disk.has(place.path) && place.disk.size >= ENTRIES_MAX) throw new FileError(NO_SPACE);
    if (entry.text.length > LARGE_LETTERS && lettersOn(place.disk) > DISK_LETTERS_MAX) throw new FileError(NO_SPACE);
    place.disk.set(place.path, entry);
    if (place.key === '') delete this.box.gone[place.path];
    this.disks.onWrite(place.key, place.path);
  }

  private add(path: string, entry: FileEntry): void {
    const real = this.real(path, false) ?? path;
    const folder = this.checkParent(real);
    const place = this.writable(real);
    if (!mayWrite(folder, this.box)) throw new FileError(DENIED);
    this.set(place, owned(entry, this.box, folder));
  }

  /** The folder in which a path lies. */
  private checkParent(path: string): FileEntry {
    const folder = this.entryAt(parentOf(path));
    if (!folder) throw new FileError(this.missing(parentOf(path)));
    if (folder.type !== 'folder') throw new FileError(NO_FOLDER);
    return folder;
  }

  /** Why nothing is there. */
  private missing(path: string): string {
    for (let above = parentOf(path); above !== ''; above = parentOf(above)) if (this.stat(above)?.type === 'file') return NO_FOLDER;
    return NOT_FOUND;
  }
}

function lettersOn(disk: Disk): number {
  let sum = 0;
  for (const { text } of disk.values()) sum += text.length;
  return sum;
}
