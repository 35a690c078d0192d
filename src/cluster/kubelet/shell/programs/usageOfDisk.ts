// du, df, mount and stat: how much files and disks take.
import type { Call } from '../call.ts';
import { formatDate } from '../dates.ts';
import { MACHINE_DISK, sizeOf, usedBytes } from '../disk.ts';
import { humanBytes } from '../numbers.ts';
import { readOptions } from '../options.ts';
import { instant } from '../program.ts';
import { groupName, userName } from '../users.ts';
import { modeText } from './ls.ts';

const BLOCK = 4096;

function bytesBelow(call: Call, path: string, each: (path: string, bytes: number) => void): number {
  const entry = call.files.linkStat(path);
  if (!entry || entry.type === 'link') return 0;
  let sum = Math.ceil(sizeOf(entry) / BLOCK) * BLOCK;
  if (entry.type === 'folder') {
    for (const name of call.files.list(path)) sum += bytesBelow(call, `${path}/${name}`, each);
    each(path, sum);
  }
  return sum;
}

export const du = instant((call) => {
  const options = readOptions(call, 'shkmacd:x', { summarize: 's', 'human-readable': 'h', 'max-depth=': 'd' });
  if (typeof options === 'number') return options;
  const operands = options.operands.length > 0 ? options.operands : ['.'];
  const shown = (bytes: number) => (options.has('h') ? humanBytes(bytes) : String(Math.ceil(bytes / (options.has('m') ? 1 << 20 : 1024))));
  let status = 0;
  for (const operand of operands) {
    const path = call.path(operand);
    if (!call.files.stat(path)) {
      status = call.fail(`${call.isBusybox ? operand : `cannot access '${operand}'`}: No such file or directory`);
      continue;
    }
    const depthMax = options.has('s') ? 0 : Number(options.value('d') ?? Number.POSITIVE_INFINITY);
    const sum = bytesBelow(call, path, (below, bytes) => {
      const depth = below.slice(path.length).split('/').length - 1;
      if (depth > 0 && depth <= depthMax) call.out(`${shown(bytes)}\t${operand.replace(/\/$/, '')}${below.slice(path.length)}\n`);
    });
    call.out(`${shown(sum)}\t${operand}\n`);
  }
  return status;
});

interface FileSystem {
  readonly name: string;
  readonly path: string;
  readonly size: number;
  readonly used: number;
}

function fileSystemOf(call: Call, path: string): FileSystem {
  const { sandbox } = call.kernel;
  const mount = call.files.mountOf(path);
  const memory = mount && sandbox.memoryVolumes[mount.disk];
  if (!mount || !memory)
    return { name: mount ? '/dev/sda1' : 'overlay', path: mount?.path ?? '/', size: MACHINE_DISK.bytes, used: MACHINE_DISK.usedBytes };
  const disk = sandbox.volumes[mount.disk];
  return { name: 'tmpfs', path: mount.path, size: memory.bytesMax ?? 2 ** 34, used: disk ? usedBytes(disk) : 0 };
}

/** What is mounted; nobody in a container may mount anything. */
export const mount = instant((call) => {
  if (call.args.some((word) => !word.startsWith('-'))) return call.fail('permission denied (are you root?)', call.isBusybox ? 1 : 32);
  for (const line of call.read('/proc/mounts')?.split('\n') ?? []) {
    const [source, path, type, options] = line.split(' ');
    if (path) call.out(`${source} on ${path} type ${type} (${options})\n`);
  }
  return 0;
});

export const df = instant((call) => {
  const options = readOptions(call, 'hkmPTia');
  if (typeof options === 'number') return options;
  const isHuman = options.has('h');
  const paths =
    options.operands.length > 0 ? options.operands.map((operand) => call.path(operand)) : ['', ...call.box.mounts.map(({ path }) => path)];
  const shown = (bytes: number) => (isHuman ? humanBytes(bytes) : String(Math.floor(bytes / (options.has('m') ? 1 << 20 : 1024))));
  call.out(`Filesystem           ${isHuman ? '     Size' : '1K-blocks'}      Used Available Use% Mounted on\n`);
  let status = 0;
  for (const [i, path] of paths.entries()) {
    if (path !== '' && !call.files.stat(path)) {
      const { [i]: given } = options.operands;
      status = call.fail(`${given}: ${call.isBusybox ? "can't find mount point" : 'No such file or directory'}`);
      continue;
    }
    const { name, path: mountPath, size, used } = fileSystemOf(call, path);
    const columns = [
      shown(size).padStart(9),
      shown(used).padStart(9),
      shown(size - used).padStart(9),
      `${Math.ceil((used / size) * 100)}%`.padStart(4),
    ];
    call.out(`${name.padEnd(20)} ${columns.join(' ')} ${mountPath}\n`);
  }
  return status;
});

export const stat = instant((call) => {
  const options = readOptions(call, 'c:Lft', { 'format=': 'c', 'printf=': 'c' });
  if (typeof options === 'number') return options;
  let status = 0;
  for (const file of options.operands) {
    const entry = options.has('L') ? call.files.stat(call.path(file)) : call.files.linkStat(call.path(file));
    if (!entry) {
      status = call.fail(
        call.isBusybox ? `can't stat '${file}': No such file or directory` : `cannot statx '${file}': No such file or directory`,
      );
      continue;
    }
    const kind = { file: 'regular file', folder: 'directory', link: 'symbolic link', pipe: 'fifo' }[entry.type];
    const parts: Readonly<Record<string, string>> = {
      a: (entry.mode & 0o7777).toString(8),
      A: modeText(entry),
      n: file,
      s: String(sizeOf(entry)),
      F: kind,
      u: String(entry.uid ?? 0),
      g: String(entry.gid ?? 0),
      U: userName(call, entry.uid ?? 0) ?? 'UNKNOWN',
      G: groupName(call, entry.gid ?? 0) ?? 'UNKNOWN',
      y: formatDate(entry.atMs, '%Y-%m-%d %H:%M:%S.%N +0000'),
      Y: formatDate(entry.atMs, '%s'),
      '%': '%',
    };
    const format = options.value('c') ?? '  File: %n\n  Size: %s\t%F\nAccess: (%a/%A)  Uid: ( %u/ %U)   Gid: ( %g/ %G)\nModify: %y';
    call.out(`${format.replace(/%(.)/g, (whole, letter: string) => parts[letter] ?? whole)}\n`);
  }
  return status;
});
