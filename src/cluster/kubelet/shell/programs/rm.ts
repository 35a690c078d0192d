// rm and rmdir.
import { readOptions } from '../options.ts';
import { instant } from '../program.ts';

export const rm = instant((call) => {
  const options = readOptions(call, 'rRfiv', { recursive: 'r', force: 'f' });
  if (typeof options === 'number') return options;
  if (options.operands.length === 0 && !options.has('f')) return call.missingOperand('[-irf] FILE...');
  const isRecursive = options.has('r') || options.has('R');
  let status = 0;
  for (const file of options.operands) {
    const path = call.path(file);
    const entry = call.files.linkStat(path);
    if (!entry && options.has('f')) continue;
    if (path === '' && isRecursive && !call.isBusybox)
      status = call.fail("it is dangerous to operate recursively on '/'\nrm: use --no-preserve-root to override this failsafe");
    else if (entry?.type === 'folder' && !isRecursive)
      status = call.fail(call.isBusybox ? `'${file}' is a directory` : `cannot remove '${file}': Is a directory`);
    else if (!call.attempt(call.cannot('remove', file), () => call.files.remove(path))) status = 1;
  }
  return status;
});

export const rmdir = instant((call) => {
  const options = readOptions(call, 'pv', { parents: 'p', 'ignore-fail-on-non-empty': 'i' });
  if (typeof options === 'number') return options;
  let status = 0;
  for (const file of options.operands) {
    const path = call.path(file);
    const entry = call.files.linkStat(path);
    const what = call.isBusybox ? `'${file}'` : `failed to remove '${file}'`;
    if (entry && entry.type !== 'folder') status = call.fail(`${what}: Not a directory`);
    else if (entry && call.files.list(path).length > 0) status = call.fail(`${what}: Directory not empty`);
    else if (!call.attempt(what, () => call.files.remove(path))) status = 1;
  }
  return status;
});
