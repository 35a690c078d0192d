// The commands in the words of a command: `$(…)`, whose output is collected before the words can be had, and `<(…)` and `>(…)`, which run
// beside it.
//
//   expand ─▶ a command is needed ─▶ it is started, this frame waits ─▶ its output is collected ─▶ expand, with one output more …
import type { ShellContext } from './context.ts';
import { newPipe, OWN_DESCRIPTORS, takeInput } from './descriptors.ts';
import { type Command, CommandNeeded, Expander } from './expand.ts';
import type { Frame, Shell } from './process.ts';

/** What one command may print into `$(…)`. */
const OUTPUT_LETTERS_MAX = 1 << 20;
/** The descriptor of the first `<(…)`; that of the next is one less. */
const BESIDE_FIRST = 63;

/** What words become; undefined: a command in them has to run first, and this frame's turn comes again. */
export function expand<T>(context: ShellContext, frame: Frame, make: (expander: Expander) => T): T | undefined {
  if (frame.collecting && !collect(context, frame)) return undefined;
  for (;;) {
    const made = tryExpanding(context, frame, make);
    if (!(made instanceof CommandNeeded)) return made;
    if (made.part.type === 'command') {
      substitute(context, frame, made.part.node);
      return undefined;
    }
    startBeside(context, frame, made.part);
  }
}

function tryExpanding<T>(context: ShellContext, frame: Frame, make: (expander: Expander) => T): T | CommandNeeded {
  const { kernel, process, shell, files } = context;
  const moment = { random: () => kernel.world.random(`${process.box}/RANDOM`), nowMs: kernel.nowMs };
  const expander = new Expander(shell, process.directory, files, moment, frame.outputs);
  try {
    const made = make(expander);
    for (const [name, value] of expander.assigned) context.assign(name, value);
    for (const [name, values] of expander.assignedArrays) context.assignArray(name, values, false);
    delete frame.outputs;
    return made;
  } catch (error) {
    if (!(error instanceof CommandNeeded)) throw error;
    return error;
  }
}

/** It is at the other end of a descriptor that stays open as long as this frame. */
function startBeside(context: ShellContext, frame: Frame, { node, isWritten }: Extract<Command, { type: 'process' }>): void {
  const { read, write } = newPipe(context.kernel);
  const { descriptors } = context.process;
  const inner: Frame = { source: frame.source, node, at: 0, isTested: frame.isTested, isLast: true };
  context.fork([inner], isWritten ? { ...descriptors, 0: read } : { ...descriptors, 1: write });
  let descriptor = BESIDE_FIRST;
  while (descriptors[descriptor]) descriptor--;
  descriptors[descriptor] = isWritten ? write : read;
  frame.beside = [...(frame.beside ?? []), descriptor];
  frame.outputs = [...(frame.outputs ?? []), `/dev/fd/${descriptor}`];
}

/** Starts the command whose output stands in a word. */
function substitute(context: ShellContext, frame: Frame, node: number): void {
  const { descriptors } = context.process;
  const { id, read, write } = newPipe(context.kernel);
  const inner: Frame = { source: frame.source, node, at: 0, isTested: frame.isTested, isLast: true };
  const child = context.fork([inner], { ...descriptors, 1: write });
  (child.body as Shell).depth++;
  // The shell holds the reading end for as long as it collects.
  descriptors[OWN_DESCRIPTORS + id] = read;
  frame.collecting = { pipe: id, child: child.id, text: '' };
  context.wait({ input: id });
}

/** Reads on; true when the command is done. */
function collect(context: ShellContext, frame: Frame): boolean {
  const { kernel, process } = context;
  const collecting = frame.collecting as NonNullable<Frame['collecting']>;
  const descriptor = OWN_DESCRIPTORS + collecting.pipe;
  const input = takeInput(kernel, process, descriptor);
  if (input) collecting.text = (collecting.text + input.text).slice(0, OUTPUT_LETTERS_MAX);
  if (!input?.isAtEnd) {
    context.wait({ input: collecting.pipe });
    return false;
  }
  const status = context.reap(collecting.child);
  if (status === undefined) {
    context.wait({ children: [collecting.child] });
    return false;
  }
  delete process.descriptors[descriptor];
  delete frame.collecting;
  frame.outputs = [...(frame.outputs ?? []), collecting.text.replaceAll('\0', '').replace(/\n+$/, '')];
  frame.substitutionStatus = status;
  return true;
}
