// Images by name: their files, and what their containers run.
import { remembered, rememberedBy } from '../../../../base/remembered.ts';
import { type Disk, type FileEntry, fileEntry, folderEntry, linkEntry, parentOf } from '../disk.ts';
import { baseFiles, executableEntry } from './base.ts';
import { type Image, programIn } from './image.ts';
import { moreImages } from './late.ts';
import { IMAGES } from './table.ts';

export { programIn };

const byName = remembered(
  (images: readonly Image[]) => new Map(images.flatMap((image) => image.names.map((name) => [name, image] as const))),
);
const files = new Map<string, Disk>();

/** `docker.io/library/nginx:1.27@sha256:…` as `nginx`; and only what stands after its last slash. */
const namesOf = rememberedBy(
  1024,
  (image: string) => image,
  (image) => {
    const [name = ''] = image.split('@', 1);
    const path = name.slice(name.lastIndexOf('/') + 1).includes(':') ? name.slice(0, name.lastIndexOf(':')) : name;
    const parts = path.split('/');
    const [host = ''] = parts;
    if (parts.length > 1 && (host.includes('.') || host.includes(':') || host === 'localhost')) parts.shift();
    return { repository: (parts[0] === 'library' ? parts.slice(1) : parts).join('/'), short: parts.at(-1) ?? '' };
  },
);

/** The row of an image; undefined: nothing is known of it. */
export function imageOf(image: string): Image | undefined {
  const { repository, short } = namesOf(image);
  const rowIn = (images: readonly Image[]) => byName(images).get(repository) ?? byName(images).get(short);
  return rowIn(IMAGES) ?? rowIn(moreImages.get());
}

/** Whether nothing is known of its own programs, but perhaps of where they listen. */
export function isUnknown(image: string): boolean {
  const row = imageOf(image);
  return row === undefined || row.ports !== undefined;
}

/** Images that are not known have the tools of Debian and their own program, which runs on. */
const UNKNOWN: Image = { names: [''], base: 'debian' };

/** The files of an image; nobody writes to them. */
export function imageFiles(image: string): Disk {
  const row = imageOf(image) ?? UNKNOWN;
  const key = row.names[0] as string;
  let disk = files.get(key);
  if (!disk) {
    disk = makeFiles(row);
    files.set(key, disk);
  }
  return disk;
}

function makeFiles({ base, programs = {}, files: texts = {}, links = {}, users = {}, owned = {} }: Image): Disk {
  const disk = baseFiles(base);
  for (const [path, program] of Object.entries(programs)) add(disk, path, executableEntry(program));
  for (const [path, text] of Object.entries(typeof texts === 'function' ? texts() : texts))
    add(disk, path, fileEntry(text, 0, text.startsWith('#!') ? 0o755 : undefined));
  for (const [path, target] of Object.entries(links)) add(disk, path, linkEntry(target, 0));
  for (const [name, id] of Object.entries(users)) {
    addLine(disk, '/etc/passwd', `${name}:x:${id}:${id}::/home/${name}:/bin/sh`);
    addLine(disk, '/etc/group', `${name}:x:${id}:`);
  }
  for (const [folder, id] of Object.entries(owned)) {
    if (!disk.has(folder)) add(disk, folder, folderEntry(0));
    for (const [path, entry] of disk) if (`${path}/`.startsWith(`${folder}/`)) disk.set(path, { ...entry, uid: id, gid: id });
  }
  return disk;
}

function addLine(disk: Disk, path: string, line: string): void {
  disk.set(path, fileEntry(`${disk.get(path)?.text ?? ''}${line}\n`, 0));
}

function add(disk: Disk, path: string, entry: FileEntry): void {
  for (let folder = parentOf(path); folder !== '' && !disk.has(folder); folder = parentOf(folder)) disk.set(folder, folderEntry(0));
  disk.set(path, entry);
}

/** What a container of the image runs: `command` replaces the entrypoint and the image's command, `args` the image's command. */
export function argvOf(image: string, command: readonly string[] | undefined, args: readonly string[] | undefined): readonly string[] {
  const row = imageOf(image);
  if (command && command.length > 0) return [...command, ...(args ?? [])];
  return [...(row?.entrypoint ?? []), ...(args && args.length > 0 ? args : (row?.command ?? []))];
}
