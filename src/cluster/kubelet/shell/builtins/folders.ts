// The folders that bash keeps to go back to: pushd, popd and dirs. Leaves out: their option -n and numbers from the end (`-1`).
import type { Builtin } from '../builtin.ts';
import type { Call } from '../call.ts';
import type { ShellContext } from '../context.ts';
import { enterFolder } from './plain.ts';

/** The one that it is in, and those that it has kept. */
function allFolders({ shell, process }: ShellContext): readonly string[] {
  return [process.directory || '/', ...(shell.folders ?? [])];
}

/** Which folder `+2` means; undefined: it is no such word. */
function placeOf(word: string | undefined): number | undefined {
  return word !== undefined && /^\+\d+$/.test(word) ? Number(word.slice(1)) : undefined;
}

function show(context: ShellContext, call: Call, options = ''): number {
  const home = context.shell.variables['HOME'];
  const isAtHome = (path: string) => home !== undefined && home !== '/' && (path === home || path.startsWith(`${home}/`));
  const shown = allFolders(context).map((path) => (!options.includes('l') && isAtHome(path) ? `~${path.slice(home?.length)}` : path));
  if (options.includes('v')) call.out(shown.map((path, i) => `${String(i).padStart(2)}  ${path}\n`).join(''));
  else call.out(`${shown.join(options.includes('p') ? '\n' : ' ')}\n`);
  return 0;
}

function refuse(context: ShellContext, name: string, why: string): number {
  context.complain(why, name);
  return 1;
}

const pushd: Builtin = {
  run(context, call) {
    const all = allFolders(context);
    const [word] = call.args;
    const place = word === undefined ? 1 : placeOf(word);
    if (place === undefined) {
      if (enterFolder(context, word as string, 'pushd') !== 0) return 1;
      context.shell.folders = all;
      return show(context, call);
    }
    if (word === undefined && all.length < 2) return refuse(context, 'pushd', 'no other directory');
    if (place >= all.length) return refuse(context, 'pushd', `${word}: directory stack index out of range`);
    // Without a word the first two change places; with a number all turn.
    const [here = '/', next = '/', ...others] = all;
    const turned = word === undefined ? [next, here, ...others] : [...all.slice(place), ...all.slice(0, place)];
    if (enterFolder(context, turned[0] as string, 'pushd') !== 0) return 1;
    context.shell.folders = turned.slice(1);
    return show(context, call);
  },
};

const popd: Builtin = {
  run(context, call) {
    const all = allFolders(context);
    const [word] = call.args;
    const place = word === undefined ? 0 : placeOf(word);
    if (all.length < 2) return refuse(context, 'popd', 'directory stack empty');
    if (place === undefined) return refuse(context, 'popd', `${word}: invalid argument`);
    if (place >= all.length) return refuse(context, 'popd', `${word}: directory stack index out of range`);
    if (place === 0 && enterFolder(context, all[1] as string, 'popd') !== 0) return 1;
    context.shell.folders = place === 0 ? all.slice(2) : all.filter((_path, i) => i > 0 && i !== place);
    return show(context, call);
  },
};

const dirs: Builtin = {
  run(context, call) {
    const options = call.args.filter((word) => word.startsWith('-')).join('');
    const place = placeOf(call.args.find((word) => word.startsWith('+')));
    if (options.includes('c')) {
      context.shell.folders = [];
      return 0;
    }
    if (place === undefined) return show(context, call, options);
    const folder = allFolders(context)[place];
    if (folder === undefined) return refuse(context, 'dirs', `${place}: directory stack index out of range`);
    call.out(`${folder}\n`);
    return 0;
  },
};

export const folders: Readonly<Record<string, Builtin>> = { pushd, popd, dirs };
