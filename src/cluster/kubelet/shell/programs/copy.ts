// cp and mv.
import type { Call } from '../call.ts';
import { absolutePath, baseOf, type FileEntry } from '../disk.ts';
import { FileError } from '../files.ts';
import { type Options, readOptions } from '../options.ts';
import { instant } from '../program.ts';

export const cp = instant((call) => {
  const options = readOptions(call, 'rRafpvdLPnuT', { recursive: 'r', archive: 'a', force: 'f' });
  return typeof options === 'number'
    ? options
    : each(call, options, (source, target) => {
        const isRecursive = options.has('r') || options.has('R') || options.has('a');
        if (call.files.stat(source)?.type === 'folder' && !isRecursive) return call.fail(`omitting directory '${source}'`);
        copy(call, source, target, options.has('a') || options.has('d') || options.has('P'));
        return 0;
      });
});

export const mv = instant((call) => {
  const options = readOptions(call, 'fnivT', { force: 'f', 'no-clobber': 'n' });
  return typeof options === 'number'
    ? options
    : each(call, options, (source, target) => {
        if (options.has('n') && call.files.stat(target)) return 0;
        if (call.files.isBusy(source)) throw new FileError('Resource busy');
        copy(call, source, target, true);
        call.files.remove(source);
        return 0;
      });
});

function each(call: Call, options: Options, action: (source: string, target: string) => number): number {
  const { operands } = options;
  if (operands.length < 2)
    return call.missingOperand(`${call.name === 'mv' ? '[-finT]' : '[-arPLHpfinlsTu]'} SOURCE... DEST`, 'file operand');
  const last = operands.at(-1) as string;
  const isIntoFolder = call.files.stat(call.path(last))?.type === 'folder' && !options.has('T');
  if (operands.length > 2 && !isIntoFolder) return call.fail(`target '${last}' is not a directory`);
  let status = 0;
  for (const operand of operands.slice(0, -1)) {
    const source = call.path(operand);
    // `cp -r folder/. target` copies what is in the folder.
    const name = /(^|\/)\.\.?$/.test(operand) ? '' : `/${baseOf(absolutePath(operand, call.process.directory))}`;
    if (!call.files.linkStat(source)) {
      status = call.fail(`${call.cannot(call.name === 'mv' && call.isBusybox ? 'rename' : 'stat', operand)}: No such file or directory`);
      continue;
    }
    const isDone = call.attempt(call.cannot('create', last), () => {
      status = action(source, call.path(last) + (isIntoFolder ? name : '')) || status;
    });
    if (!isDone) status = 1;
  }
  return status;
}

function copy(call: Call, source: string, target: string, isKeepingLinks: boolean): void {
  const { files } = call;
  const entry = isKeepingLinks ? files.linkStat(source) : files.stat(source);
  if (!entry) throw new FileError('No such file or directory');
  if (entry.type === 'file') files.put(target, () => copied(call, entry));
  else if (entry.type === 'link') files.makeLink(target, entry.text);
  else {
    if (target === source || target.startsWith(`${source}/`)) throw new FileError('cannot copy a directory into itself');
    files.makeFolders(target);
    for (const name of files.list(source)) copy(call, `${source}/${name}`, `${target}/${name}`, true);
  }
}

function copied(call: Call, entry: FileEntry): FileEntry {
  return { ...entry, atMs: call.nowMs };
}
