// sed: a script over files, the input, or in place. Leaves out addresses with steps, and reading and writing of other files.
import type { Call } from '../call.ts';
import { filter } from '../filter.ts';
import { type Options, readOptions } from '../options.ts';
import type { Program } from '../program.ts';
import { RegexError } from '../regex.ts';
import { apply, type Editing, newEditing } from './sedCycle.ts';
import { type Command, readScript, ScriptMistake } from './sedScript.ts';

interface Choice {
  readonly options: Options;
  readonly commands: readonly Command[];
  readonly files: readonly string[];
}

const LONG = { 'expression=': 'e', 'regexp-extended': 'E', quiet: 'n', silent: 'n', 'in-place': 'i', 'file=': 'f' };

function choose(call: Call): Choice | number {
  // `-i.bak` takes its value at once or not at all.
  const given = call.withArgs(call.args.map((word) => (/^-i./.test(word) ? '-i' : word)));
  const options = readOptions(given, 'ne:Eriszf:u', LONG);
  if (typeof options === 'number') return options;
  const rest = [...options.operands];
  const fromFile = options.value('f');
  const script = options.given['e'] ?? (fromFile === undefined ? rest.splice(0, 1) : [call.read(fromFile) ?? '']);
  if (script.length === 0) return call.fail('no script specified');
  try {
    const commands = readScript(script.join('\n'), options.has('E') || options.has('r'));
    return { options, commands, files: rest };
  } catch (error) {
    if (!(error instanceof ScriptMistake || error instanceof RegexError)) throw error;
    return call.fail(error.message);
  }
}

interface Memory {
  editing: Editing;
  /** One line is held back, for `$` is known only when there is no next. */
  held: string | undefined;
}

const stream = filter<Choice, Memory>({
  choose,
  operands: ({ files }) => files,
  begin: () => ({ editing: newEditing(), held: undefined }),
  line(line, memory, choice, call) {
    const isQuitting = memory.held !== undefined && edit(memory.held, false, memory, choice, call);
    memory.held = isQuitting ? undefined : line;
    return isQuitting ? 'enough' : undefined;
  },
  end(memory, choice, call) {
    if (memory.held !== undefined) edit(memory.held, true, memory, choice, call);
    return undefined;
  },
});

function edit(line: string, isLast: boolean, { editing }: Memory, { commands, options }: Choice, call: Call): boolean {
  call.out(apply(line, isLast, editing, commands, options.has('n')));
  return editing.isQuitting;
}

export const sed: Program = {
  run(call) {
    const choice = choose(call);
    if (typeof choice === 'number') return choice;
    return choice.options.has('i') ? editFiles(call, choice) : stream.run(call);
  },
};

function editFiles(call: Call, { commands, files, options }: Choice): number {
  let status = 0;
  for (const file of files) {
    const text = call.read(file, (reason) => call.fail(call.isBusybox ? `${file}: ${reason}` : `can't read ${file}: ${reason}`));
    if (text === undefined) {
      status = 1;
      continue;
    }
    const lines = text.split('\n');
    if (lines.at(-1) === '') lines.pop();
    const editing = newEditing();
    let out = '';
    for (const [i, line] of lines.entries()) {
      out += apply(line, i === lines.length - 1, editing, commands, options.has('n'));
      if (editing.isQuitting) break;
    }
    const isDone = call.attempt(file, () =>
      call.files.put(call.path(file), (entry) => ({ type: 'file', text: out, mode: entry?.mode ?? 0o644, atMs: call.nowMs })),
    );
    if (!isDone) status = 1;
  }
  return status;
}
