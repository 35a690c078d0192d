// chmod, chown and chgrp.
import type { Call } from '../call.ts';
import { readOptions } from '../options.ts';
import { instant } from '../program.ts';
import { groupNumber, userNumber } from '../users.ts';

export const chmod = instant((call) => {
  // Modes such as `-x` look like options.
  const isMode = /^-[rwxst]+$/;
  const words = call.args.filter((word) => !/^-[Rvcf]+$/.test(word));
  const isRecursive = call.args.some((word) => /^-[vcf]*R/.test(word) && !isMode.test(word));
  const [mode, ...files] = words;
  if (mode === undefined || files.length === 0) return call.fail('missing operand');
  let status = 0;
  for (const file of files) if (!change(call, call.path(file), file, mode, isRecursive)) status = 1;
  return status;
});

function change(call: Call, path: string, name: string, mode: string, isRecursive: boolean): boolean {
  const entry = call.files.stat(path);
  const changed = entry && changedMode(entry.mode, mode, entry.type === 'folder');
  if (entry && changed === undefined) {
    call.fail(`invalid mode '${mode}'`);
    return false;
  }
  if (!call.attempt(call.isBusybox ? name : `cannot access '${name}'`, () => call.files.chmod(path, changed ?? 0))) return false;
  if (!isRecursive || entry?.type !== 'folder') return true;
  return call.files.list(path).every((below) => change(call, `${path}/${below}`, `${name}/${below}`, mode, true));
}

/** `755`, `+x`, `u=rw,go-w`. */
export function changedMode(before: number, text: string, isFolder = false): number | undefined {
  if (/^[0-7]{1,4}$/.test(text)) return Number.parseInt(text, 8);
  let mode = before;
  for (const clause of text.split(',')) {
    const [, who = '', sign, letters = ''] = /^([ugoa]*)([-+=])([rwxXst]*)$/.exec(clause) ?? [];
    if (sign === undefined) return undefined;
    let bits = 0;
    if (letters.includes('r')) bits |= 0o444;
    if (letters.includes('w')) bits |= 0o222;
    if (letters.includes('x') || (letters.includes('X') && (isFolder || before & 0o111))) bits |= 0o111;
    const all = who === '' || who.includes('a');
    const mask = all ? 0o777 : (who.includes('u') ? 0o700 : 0) | (who.includes('g') ? 0o070 : 0) | (who.includes('o') ? 0o007 : 0);
    if (sign === '+') mode |= bits & mask;
    else if (sign === '-') mode &= ~(bits & mask);
    else mode = (mode & ~mask) | (bits & mask);
  }
  return mode;
}

/** `user`, `user:group`, `:group`; `chgrp` takes a group alone. */
export const chown = instant((call) => {
  const options = readOptions(call, 'RvhcfLHP');
  if (typeof options === 'number') return options;
  const [owner = '', ...files] = options.operands;
  const [user = '', group = ''] = call.name === 'chgrp' ? ['', owner] : owner.split(/[:.]/);
  const uid = user === '' ? undefined : userNumber(call, user);
  const gid = group === '' ? undefined : groupNumber(call, group);
  if (user !== '' && uid === undefined) return call.fail(call.isBusybox ? `unknown user ${user}` : `invalid user: '${user}'`);
  if (group !== '' && gid === undefined) return call.fail(`unknown group ${group}`);
  let status = 0;
  for (const file of files) if (!changeOwner(call, call.path(file), file, uid, gid, options.has('R'))) status = 1;
  return status;
});

function changeOwner(call: Call, path: string, name: string, uid: number | undefined, gid: number | undefined, isDeep: boolean): boolean {
  const isFolder = call.files.stat(path)?.type === 'folder';
  if (!call.attempt(call.isBusybox ? name : `cannot access '${name}'`, () => call.files.chown(path, uid, gid))) return false;
  if (!isDeep || !isFolder) return true;
  return call.files.list(path).every((below) => changeOwner(call, `${path}/${below}`, `${name}/${below}`, uid, gid, true));
}
