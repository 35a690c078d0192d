// mkdir, mkfifo, mktemp and ln.

import { baseOf } from '../disk.ts';
import { FileError } from '../files.ts';
import { readOptions } from '../options.ts';
import { instant } from '../program.ts';

export const mkdir = instant((call) => {
  const options = readOptions(call, 'pm:v', { parents: 'p', 'mode=': 'm' });
  if (typeof options === 'number') return options;
  if (options.operands.length === 0) return call.missingOperand('[-m MODE] [-p] DIRECTORY...');
  const mode = options.value('m');
  let status = 0;
  for (const folder of options.operands) {
    const path = call.path(folder);
    const isDone = call.attempt(call.cannot('create directory', folder), () => {
      if (options.has('p')) call.files.makeFolders(path);
      else call.files.makeFolder(path, 0o777 & ~call.process.umask);
      if (mode !== undefined && /^[0-7]+$/.test(mode)) call.files.chmod(path, Number.parseInt(mode, 8));
    });
    if (!isDone) status = 1;
  }
  return status;
});

export const mkfifo = instant((call) => {
  const options = readOptions(call, 'm:', { 'mode=': 'm' });
  if (typeof options === 'number') return options;
  const mode = Number.parseInt(options.value('m') ?? '', 8) || 0o666 & ~call.process.umask;
  let status = 0;
  for (const name of options.operands) if (!call.attempt(name, () => call.files.makePipe(call.path(name), mode))) status = 1;
  return status;
});

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

export const mktemp = instant((call) => {
  const options = readOptions(call, 'dup:qt');
  if (typeof options === 'number') return options;
  const template = options.operands[0] ?? `${options.value('p') ?? '/tmp'}/tmp.XXXXXX`;
  const name = template.replace(/X+$/, (letters) =>
    letters.replace(/X/g, () => LETTERS[Math.floor(call.kernel.world.random('mktemp') * LETTERS.length)] ?? 'X'),
  );
  const path = call.path(name);
  const isDone = call.attempt(name, () => (options.has('d') ? call.files.makeFolder(path, 0o700) : call.files.create(path, 0o600)));
  if (isDone) call.out(`${name}\n`);
  return isDone ? 0 : 1;
});

export const ln = instant((call) => {
  const options = readOptions(call, 'sfnvT', { symbolic: 's', force: 'f' });
  if (typeof options === 'number') return options;
  const [target, name] = options.operands;
  if (target === undefined) return call.fail('missing file operand');
  const given = call.path(name ?? baseOf(target));
  const path = call.files.stat(given)?.type === 'folder' && !options.has('n') ? `${given}/${baseOf(target)}` : given;
  const isDone = call.attempt(name ?? target, () => {
    if (options.has('f') && call.files.linkStat(path)) call.files.remove(path);
    if (options.has('s')) return call.files.makeLink(path, target);
    const entry = call.files.stat(call.path(target));
    if (!entry) throw new FileError('No such file or directory');
    // Limitation: a hard link is a copy.
    return call.files.put(path, () => entry);
  });
  return isDone ? 0 : 1;
});
