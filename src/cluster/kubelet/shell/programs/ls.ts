// ls: names, and with -l what there is to know.
import type { Call } from '../call.ts';
import { formatDate } from '../dates.ts';
import { type FileEntry, sizeOf } from '../disk.ts';
import { humanBytes } from '../numbers.ts';
import { type Options, readOptions } from '../options.ts';
import { instant } from '../program.ts';
import { groupName, userName } from '../users.ts';

const LONG = { all: 'a', 'almost-all': 'A', recursive: 'R', 'color=': 'color', 'human-readable': 'h', 'full-time': 'full' };

export const ls = instant((call) => {
  const options = readOptions(call, '1aAldhRtrSFinpskqL', LONG);
  if (typeof options === 'number') return options;
  const operands = options.operands.length > 0 ? options.operands : ['.'];
  const files: string[] = [];
  const folders: string[] = [];
  let status = 0;
  for (const operand of operands) {
    const entry = statOf(call, operand, options);
    if (!entry) {
      status = call.isBusybox
        ? call.fail(`${operand}: No such file or directory`)
        : call.fail(`cannot access '${operand}': No such file or directory`, 2);
    } else if (entry.type === 'folder' && !options.has('d')) folders.push(operand);
    else files.push(operand);
  }
  print(
    call,
    files.map((name) => [name, name] as const),
    options,
  );
  for (const [i, folder] of folders.entries()) {
    const isTitled = operands.length > 1 || options.has('R');
    if (isTitled) call.out(`${i > 0 || files.length > 0 ? '\n' : ''}${folder}:\n`);
    list(call, folder, options);
  }
  return status;
});

function statOf(call: Call, operand: string, options: Options): FileEntry | undefined {
  const path = call.path(operand);
  return options.has('l') && !options.has('L') && !operand.endsWith('/')
    ? call.files.linkStat(path)
    : (call.files.stat(path) ?? call.files.linkStat(path));
}

type Named = readonly [name: string, path: string];

function list(call: Call, folder: string, options: Options): void {
  const path = call.path(folder);
  const names = call.files.list(path).filter((name) => options.has('a') || options.has('A') || !name.startsWith('.'));
  const all = options.has('a') ? ['.', '..', ...names] : names;
  if (options.has('l')) call.out(`total ${all.reduce((sum, name) => sum + blocksOf(call, call.path(`${path}/${name}`)), 0)}\n`);
  print(
    call,
    all.map((name) => [name, `${path}/${name}`] as const),
    options,
  );
  if (!options.has('R')) return;
  for (const name of names) {
    if (call.files.linkStat(`${path}/${name}`)?.type !== 'folder') continue;
    const below = `${folder.replace(/\/$/, '')}/${name}`;
    call.out(`\n${below}:\n`);
    list(call, below, options);
  }
}

function blocksOf(call: Call, path: string): number {
  const entry = call.files.linkStat(path);
  return entry?.type === 'link' || !entry ? 0 : Math.ceil(sizeOf(entry) / 4096) * 4;
}

function print(call: Call, named: readonly Named[], options: Options): void {
  const entries = named.map(([name, path]) => ({
    name,
    path,
    entry: (options.has('L') || name === '.' ? call.files.stat(call.path(path)) : undefined) ?? call.files.linkStat(call.path(path)),
  }));
  if (options.has('t')) entries.sort((a, b) => (b.entry?.atMs ?? 0) - (a.entry?.atMs ?? 0));
  if (options.has('S')) entries.sort((a, b) => (b.entry ? sizeOf(b.entry) : 0) - (a.entry ? sizeOf(a.entry) : 0));
  if (options.has('r')) entries.reverse();
  const sizes = entries.map(({ entry }) => (entry ? shownSize(entry, options.has('h')) : '0'));
  const width = Math.max(...sizes.map((size) => size.length), call.isBusybox ? 9 : 1);
  for (const [i, { name, path, entry }] of entries.entries()) {
    if (!entry) continue;
    const mark =
      options.has('F') || options.has('p')
        ? { folder: '/', link: '@', pipe: '|', file: entry.mode & 0o111 && options.has('F') ? '*' : '' }[entry.type]
        : '';
    if (!options.has('l')) call.out(`${name}${mark}\n`);
    else
      call.out(
        `${longLine(call, entry, linksTo(call, path, entry), (sizes[i] ?? '').padStart(width))} ${name}${mark}${entry.type === 'link' ? ` -> ${entry.text}` : ''}\n`,
      );
  }
}

function shownSize(entry: FileEntry, isHuman: boolean): string {
  const size = entry.type === 'link' ? entry.text.length : sizeOf(entry);
  return isHuman ? humanBytes(size) : String(size);
}

/** A folder is known to itself, to the folder it is in, and to each folder in it. */
function linksTo(call: Call, path: string, { type }: FileEntry): number {
  if (type !== 'folder') return 1;
  const whole = call.path(path);
  return 2 + call.files.list(whole).filter((name) => call.files.linkStat(`${whole}/${name}`)?.type === 'folder').length;
}

function longLine(call: Call, entry: FileEntry, links: number, size: string): string {
  const { uid = 0, gid = 0 } = entry;
  const user = userName(call, uid) ?? String(uid);
  const group = groupName(call, gid) ?? String(gid);
  const owner = call.isBusybox ? `${user.padEnd(8)} ${group.padEnd(8)}` : `${user} ${group}`;
  const date = formatDate(entry.atMs, '%b %e %H:%M');
  return `${modeText(entry)} ${call.isBusybox ? String(links).padStart(4) : links} ${owner} ${size} ${date}`;
}

/** `drwxr-xr-x`. */
export function modeText({ type, mode }: FileEntry): string {
  const letters = [...'rwxrwxrwx'].map((letter, i) => (mode & (0o400 >> i) ? letter : '-'));
  if (mode & 0o2000) letters[5] = mode & 0o010 ? 's' : 'S';
  if (mode & 0o1000) letters[8] = mode & 1 ? 't' : 'T';
  return `${{ folder: 'd', link: 'l', file: '-', pipe: 'p' }[type]}${letters.join('')}`;
}
