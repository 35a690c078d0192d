// tar and gzip: several files as one, and a file made smaller. Leaves out: owners, times, and that anything becomes smaller.
import type { Call } from '../call.ts';
import { absolutePath, archiveOf, FILE_MODE, fileEntry, type Member, membersOf } from '../disk.ts';
import { type Options, readOptions } from '../options.ts';
import type { Program } from '../program.ts';
import { readAll } from '../readAll.ts';

const PACKED = '\u001f\u008b';

function gathered(call: Call, path: string, name: string): readonly Member[] {
  if (!call.files.stat(path)) {
    call.fail(`${name}: ${call.isBusybox ? '' : 'Cannot stat: '}No such file or directory`);
    return [];
  }
  return call.files.members(path, name.replaceAll(/^\/+|\/+$/g, ''), (file) => call.read(file) ?? '');
}

function write(call: Call, path: string, text: string, mode = FILE_MODE): boolean {
  return call.attempt(path, () => call.files.put(call.path(path), () => fileEntry(text, call.nowMs, mode)));
}

export const tar: Program = {
  run(call) {
    // The first word may do without its dash.
    const [first = '', ...rest] = call.args;
    const options = readOptions(call.withArgs([/^[a-zA-Z]/.test(first) ? `-${first}` : first, ...rest]), 'cxtzvpmf:C:');
    if (typeof options === 'number') return options;
    const file = options.value('f') ?? '-';
    const folder = call.path(options.value('C') ?? '.');
    if (call.files.stat(folder)?.type !== 'folder') return cannotEnter(call, options.value('C') ?? '.');
    if (options.has('c')) return pack(call, options, file, folder);
    const archive = readAll(call, file === '-' ? [] : [file]);
    return typeof archive === 'string' ? unpack(call, options, archive, folder) : archive;
  },
};

function cannotEnter(call: Call, folder: string): number {
  if (call.isBusybox) return call.fail(`can't change directory to '${folder}': No such file or directory`);
  call.fail(`${folder}: Cannot open: No such file or directory`);
  return call.fail('Error is not recoverable: exiting now', 2);
}

function pack(call: Call, options: Options, file: string, folder: string): number {
  const members = options.operands.flatMap((name) => gathered(call, absolutePath(name, folder), name));
  if (members.length > 0 && options.operands.some((name) => name.startsWith('/'))) {
    call.fail(call.isBusybox ? "removing leading '/' from member names" : "Removing leading `/' from member names");
  }
  if (options.has('v')) for (const member of members) call.write(file === '-' ? 2 : 1, `${shownName(member)}\n`);
  const archive = (options.has('z') ? PACKED : '') + archiveOf(members);
  if (file === '-') call.out(archive);
  else if (!write(call, file, archive)) return 1;
  if (options.operands.every((name) => call.files.stat(absolutePath(name, folder)))) return 0;
  return call.isBusybox
    ? call.fail('error exit delayed from previous errors')
    : call.fail('Exiting with failure status due to previous errors', 2);
}

function unpack(call: Call, options: Options, archive: string, folder: string): number {
  const members = membersOf(archive.startsWith(PACKED) ? archive.slice(PACKED.length) : archive);
  if (!members) return call.fail('invalid tar magic');
  for (const member of members) {
    if (options.operands.length > 0 && !options.operands.some((each) => member.name.startsWith(each))) continue;
    if (options.has('t') || options.has('v')) call.out(`${shownName(member)}\n`);
    if (options.has('x') && !putBack(call, folder, member)) return 1;
  }
  return 0;
}

function putBack(call: Call, folder: string, { name, mode, text }: Member): boolean {
  const path = `${folder}/${name}`;
  const above = text === undefined ? path : path.slice(0, path.lastIndexOf('/'));
  return call.attempt(name, () => call.files.makeFolders(above)) && (text === undefined || write(call, path, text, mode));
}

function shownName({ name, text }: Member): string {
  return text === undefined ? `${name}/` : name;
}

/** gzip, gunzip and zcat by the name that it is called by. */
export const gzip: Program = {
  run(call) {
    const options = readOptions(call, 'dckf123456789v');
    if (typeof options === 'number') return options;
    const isBack = options.has('d') || call.name !== 'gzip';
    const turned = (text: string) => (isBack ? text.slice(PACKED.length) : PACKED + text);
    const isFit = (text: string) => !isBack || text.startsWith(PACKED);
    if (options.operands.length === 0) {
      const text = readAll(call, []);
      if (typeof text !== 'string') return text;
      if (!isFit(text)) return call.fail('invalid magic');
      call.out(turned(text));
      return 0;
    }
    let status = 0;
    for (const path of options.operands) {
      const text = call.read(path);
      if (text === undefined || !isFit(text)) {
        status = text === undefined ? 1 : call.fail('invalid magic');
      } else if (options.has('c') || call.name === 'zcat') call.out(turned(text));
      else if (write(call, isBack ? path.replace(/\.gz$/, '') : `${path}.gz`, turned(text)) && !options.has('k'))
        call.files.remove(call.path(path));
    }
    return status;
  },
};
