// basename dirname readlink realpath which.
import { findExecutable } from '../execute.ts';
import { readOptions } from '../options.ts';
import { procLink } from '../procFiles.ts';
import { instant } from '../program.ts';

export const basename = instant((call) => {
  const [path, suffix = ''] = call.args;
  if (path === undefined) return call.missingOperand('FILE [SUFFIX] | -a FILE... | -s SUFFIX FILE...');
  const name = path.replace(/(.)\/+$/, '$1').replace(/^.*\/(?=.)/, '');
  call.out(`${suffix !== '' && suffix !== name && name.endsWith(suffix) ? name.slice(0, -suffix.length) : name}\n`);
  return 0;
});

export const dirname = instant((call) => {
  const [path] = call.args;
  if (path === undefined) return call.missingOperand('FILENAME');
  const trimmed = path.replace(/(.)\/+$/, '$1');
  const at = trimmed.lastIndexOf('/');
  call.out(`${at < 0 ? '.' : trimmed.slice(0, at) || '/'}\n`);
  return 0;
});

export const readlink = instant((call) => {
  const options = readOptions(call, 'fen');
  if (typeof options === 'number') return options;
  let status = 0;
  for (const operand of options.operands) {
    const path = call.path(operand);
    const link = call.files.linkStat(path);
    const shown =
      options.has('f') || options.has('e')
        ? call.files.real(path) || '/'
        : link?.type === 'link'
          ? link.text
          : procLink(call.kernel, call.process, path);
    if (shown === undefined) status = 1;
    else call.out(`${shown}${options.has('n') ? '' : '\n'}`);
  }
  return status;
});

export const realpath = instant((call) => {
  let status = 0;
  for (const operand of call.args.filter((word) => !word.startsWith('-'))) {
    const path = call.path(operand);
    if (call.files.stat(path)) call.out(`${call.files.real(path) || '/'}\n`);
    else status = call.fail(`${operand}: No such file or directory`);
  }
  return status;
});

export const which = instant((call) => {
  let status = 0;
  for (const name of call.args.filter((word) => !word.startsWith('-'))) {
    const found = findExecutable(call.kernel, call.process, name);
    if (typeof found === 'string') status = 1;
    else call.out(`${found.path}\n`);
  }
  return status;
});
