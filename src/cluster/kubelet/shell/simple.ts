// A simple command: its words are expanded, its redirections opened, and then it is a function, a builtin or a program.

import { declareKeyed } from './arrays.ts';
import { becomeProgram } from './becomeProgram.ts';
import type { Builtin, BuiltinOutcome } from './builtin.ts';
import { BUILTINS } from './builtins/index.ts';
import { isBuiltinName } from './builtins/names.ts';
import { refusedOption } from './builtins/usage.ts';
import { WriteError } from './call.ts';
import type { ShellContext } from './context.ts';
import { StillWritten, takeInput, waitForPartners } from './descriptors.ts';
import type { Expander } from './expand.ts';
import { own } from './own.ts';
import type { Frame, Shell, Target } from './process.ts';
import { applyRedirects, expandRedirects, type OpenedRedirect, RedirectError } from './redirection.ts';
import { rootFrame } from './shellStart.ts';
import { expand } from './substitution.ts';
import type { Node } from './syntax.ts';
import { singleQuoted, tracedWord } from './words.ts';

type Simple = Extract<Node, { type: 'simple' }>;

/** The stages of a simple command, in `frame.at`. */
const EXPAND = 0;
const ASSIGN = 1;
const REDIRECT = 2;
const RUNNING = 3;
/** Its redirections are open but for the other end of a named pipe. */
const OPENING = 4;

export function evaluateSimple(context: ShellContext, frame: Frame, node: Simple): void {
  switch (frame.at) {
    case EXPAND:
      context.shell.line = node.line;
      return expandWords(context, frame, node);
    case ASSIGN:
      return expandAssignment(context, frame, node);
    case REDIRECT:
      return redirectAndRun(context, frame, node);
    case OPENING:
      frame.at = RUNNING;
      return runHere(context, frame, frame.restore?.descriptors ?? {});
    default:
      return goOn(context, frame);
  }
}

function expandWords(context: ShellContext, frame: Frame, node: Simple): void {
  const isSplit = !DECLARATIONS.has(firstText(node));
  const words = expand(context, frame, (expander) => (isSplit ? expander.words(node.words) : declarationWords(expander, node)));
  if (!words) return;
  frame.words = words;
  frame.assigned = [];
  frame.at = ASSIGN;
}

/** `export A=$B`, where the value is no list of words. */
const DECLARATIONS = new Set(['export', 'readonly', 'local', 'declare', 'typeset']);
const ASSIGNMENT = /^[A-Za-z_]\w*\+?=/;

function firstText(node: Simple): string {
  const [part] = node.words[0] ?? [];
  return part?.type === 'text' && !part.isQuoted ? part.text : '';
}

function declarationWords(expander: Expander, node: Simple): string[] {
  return node.words.flatMap((word) => {
    const [first] = word;
    return first?.type === 'text' && ASSIGNMENT.test(first.text) ? [expander.text(word)] : expander.words([word]);
  });
}

/** What stands for an array while the assignments of a command are counted: its elements are assigned for good. */
const ARRAY_ASSIGNED: [string, string] = ['', ''];

function isDeclaringKeys([name = '', ...options]: readonly string[]): boolean {
  return DECLARATIONS.has(name) && options.some((option) => /^-[a-zA-Z]*A/.test(option));
}

/** One at a time: each sees those before it, if there is no command. */
function expandAssignment(context: ShellContext, frame: Frame, node: Simple): void {
  const assigned = frame.assigned as [string, string][];
  const assignment = node.assignments[assigned.length];
  if (!assignment) {
    frame.assigned = assigned.filter(([name]) => name !== '');
    frame.at = REDIRECT;
    return;
  }
  const { elements } = assignment;
  if (elements) {
    const values = expand(context, frame, (expander) => expander.words(elements.words));
    if (!values) return;
    if (isDeclaringKeys(frame.words ?? [])) declareKeyed(context.shell, assignment.name);
    context.assignArray(assignment.name, values, elements.isAppending);
    assigned.push(ARRAY_ASSIGNED);
    return;
  }
  const named = expand(context, frame, (expander): [string, string] => [
    expander.nameOf(assignment.name, assignment.index),
    expander.text(assignment.value),
  ]);
  if (!named) return;
  assigned.push(named);
  if (frame.words?.length === 0) context.assign(...named);
}

function redirectAndRun(context: ShellContext, frame: Frame, node: Simple): void {
  const redirects = expand(context, frame, (expander) => expandRedirects(node.redirects, expander));
  if (!redirects) return;
  trace(context, frame);
  const words = frame.words as string[];
  frame.at = RUNNING;
  if (words.length === 0) return redirectHere(context, frame, redirects);
  // `command ls` is `ls`, whatever functions there are.
  if (words.length > 1 && isPassing(context, words)) {
    words.splice(0, words[1] === '-p' ? 2 : 1);
    frame.isPlain = true;
  }
  const [name = ''] = words;
  const alias = frame.isPlain ? undefined : aliasOf(context, frame, node);
  if (alias !== undefined) return runAlias(context, frame, alias, redirects);
  return isFunction(context, frame, name) || isBuiltin(context, name)
    ? redirectHere(context, frame, redirects)
    : startProgram(context, frame, redirects);
}

/** `command` and, in bash, `builtin` pass on what they are given. */
function isPassing(context: ShellContext, [name, first = '']: readonly string[]): boolean {
  if (name === 'command') return first === '-p' || !first.startsWith('-');
  return name === 'builtin' && context.shell.kind === 'bash' && isBuiltin(context, first);
}

/** What stands for the first word. An alias does not stand for itself again, and none does in a script for bash. */
function aliasOf({ shell }: ShellContext, frame: Frame, node: Simple): string | undefined {
  const name = frame.words?.[0] ?? '';
  const isKnown = shell.kind !== 'bash' || shell.isInteractive;
  const isAgain = shell.frames.some(({ alias }) => alias === name);
  return isKnown && !isAgain && firstText(node) === name ? own(shell.aliases, name) : undefined;
}

/** Limitation: an alias is read as commands of its own, not as words of a line. */
function runAlias(context: ShellContext, frame: Frame, alias: string, redirects: readonly OpenedRedirect[]): void {
  const [name = '', ...rest] = frame.words as string[];
  const text = [alias, ...rest.map(singleQuoted)].join(' ');
  withRedirects(context, frame, redirects, (descriptors) => {
    frame.restore = { descriptors };
    context.push({ ...rootFrame(text, context.shell.kind), isTested: frame.isTested, boundary: 'eval', alias: name });
  });
}

function isBuiltin({ shell }: ShellContext, name: string): boolean {
  return BUILTINS[name] !== undefined && isBuiltinName(shell.kind, name);
}

function isFunction({ shell }: ShellContext, frame: Frame, name: string): boolean {
  return !frame.isPlain && own(shell.functions, name) !== undefined;
}

/** What the shell does itself: nothing but assignments, a function, a builtin. */
function runHere(context: ShellContext, frame: Frame, before: Record<number, Target | null>): void {
  const [name] = frame.words as string[];
  if (name === undefined) return assignOnly(context, frame, before);
  return isFunction(context, frame, name) ? callFunction(context, frame, before) : callBuiltin(context, frame, before);
}

function redirectHere(context: ShellContext, frame: Frame, redirects: readonly OpenedRedirect[]): void {
  withRedirects(context, frame, redirects, (before) => {
    const wait = waitForPartners(context.kernel, context.process, before);
    if (!wait) return runHere(context, frame, before);
    frame.restore = { descriptors: before };
    frame.at = OPENING;
    context.wait(wait);
  });
}

/** `set -x`. */
function trace(context: ShellContext, frame: Frame): void {
  if (!context.isTracing) return;
  const { kind } = context.shell;
  if (!frame.words?.length && !frame.assigned?.length) return;
  const assigned = (frame.assigned ?? []).map(([name, value]) => `${name}=${tracedWord(kind, value)}`);
  context.trace([...assigned, ...(frame.words ?? []).map((word) => tracedWord(kind, word))].join(' '));
}

function withRedirects(
  context: ShellContext,
  frame: Frame,
  redirects: readonly OpenedRedirect[],
  action: (before: Record<number, Target | null>) => void,
): void {
  let before: Record<number, Target | null>;
  try {
    before = applyRedirects(context, redirects);
  } catch (error) {
    if (!(error instanceof RedirectError)) throw error;
    context.complain(error.message);
    const isFatal = BUILTINS[frame.words?.[0] ?? '']?.isSpecial && context.shell.kind !== 'bash' && !context.shell.isInteractive;
    return isFatal ? context.exit(2) : context.finish(frame, context.shell.kind === 'dash' ? 2 : 1);
  }
  action(before);
}

function assignOnly(context: ShellContext, frame: Frame, before: Record<number, Target | null>): void {
  // `$(<file)` of bash is the file's text.
  const isFileText = context.shell.kind === 'bash' && context.shell.depth > 0 && !frame.assigned?.length && '0' in before;
  if (isFileText) context.call([], {}).out(takeInput(context.kernel, context.process, 0)?.text ?? '');
  frame.restore = {};
  for (const [descriptor, target] of Object.entries(before)) context.setDescriptor(Number(descriptor), target);
  context.finish(frame, frame.substitutionStatus ?? 0);
}

/** The assignments before a command, for its time. */
function assignForNow(context: ShellContext, frame: Frame, isExported: boolean): void {
  const restore = (frame.restore ??= {});
  for (const [name, value] of frame.assigned ?? []) {
    restore.variables = { [name]: own(context.shell.variables, name) ?? null, ...restore.variables };
    restore.exported = { [name]: own(context.shell.exported, name) ?? false, ...restore.exported };
    context.assign(name, value);
    if (isExported) context.setExported(name, true);
  }
}

function callFunction(context: ShellContext, frame: Frame, descriptors: Record<number, Target | null>): void {
  const { shell } = context;
  const [name = '', ...parameters] = frame.words as string[];
  const { source, node } = shell.functions[name] as Shell['functions'][string];
  frame.restore = { descriptors };
  assignForNow(context, frame, true);
  context.push({
    source,
    node,
    at: 0,
    isTested: frame.isTested,
    isLast: false,
    boundary: 'function',
    functionName: name,
    restore: { parameters: shell.parameters },
  });
  shell.parameters = parameters;
}

function callBuiltin(context: ShellContext, frame: Frame, descriptors: Record<number, Target | null>): void {
  const [name = ''] = frame.words as string[];
  // What `exec` opens stays open, and what is assigned before a special builtin stays assigned.
  const isKept = name === 'exec';
  frame.restore = isKept ? {} : { descriptors };
  if (BUILTINS[name]?.isSpecial) for (const [key, value] of frame.assigned ?? []) context.assign(key, value);
  else assignForNow(context, frame, true);
  runBuiltin(context, frame);
}

function runBuiltin(context: ShellContext, frame: Frame): void {
  const words = frame.words as string[];
  delete frame.isRunAgain;
  let outcome: BuiltinOutcome;
  try {
    const call = context.call(words, frame);
    const builtin = BUILTINS[words[0] as string] as Builtin;
    outcome = refusedOption(context, call, builtin.isSpecial ?? false) ?? builtin.run(context, call, frame);
  } catch (error) {
    if (error instanceof StillWritten) {
      frame.isRunAgain = true;
      return context.wait(error.wait);
    }
    if (!(error instanceof WriteError)) throw error;
    if (context.shell.kind === 'dash') context.complain(`${words[0]}: I/O error`, words[0]);
    else context.complain(`write error: ${error.message}`, context.shell.kind === 'bash' ? words[0] : undefined);
    outcome = 1;
  }
  if (outcome === 'left' || outcome === 'called') return;
  if (typeof outcome === 'number') context.finish(frame, outcome);
  else context.wait(outcome);
}

// Programs ------------------------------------------------------------------------------------------------------------

function startProgram(context: ShellContext, frame: Frame, redirects: readonly OpenedRedirect[]): void {
  const { shell, process } = context;
  // The last command of `sh -c` needs no child: the shell becomes it.
  if (frame.isLast && Object.keys(shell.traps).length === 0 && shell.frames.every((each) => !each.restore)) {
    return withRedirects(context, frame, redirects, (before) => {
      for (const [name, value] of frame.assigned ?? []) process.environment[name] = value;
      becomeProgram(context, frame.words as string[], false);
      process.wait = waitForPartners(context.kernel, process, before);
    });
  }
  const child = context.fork([], process.descriptors);
  const inner = context.sibling(child);
  try {
    const before = applyRedirects(inner, redirects);
    for (const [name, value] of frame.assigned ?? []) child.environment[name] = value;
    becomeProgram(inner, frame.words as string[], false);
    child.wait = waitForPartners(context.kernel, child, before);
  } catch (error) {
    if (!(error instanceof RedirectError)) throw error;
    inner.complain(error.message);
    context.kernel.end(child, context.shell.kind === 'dash' ? 2 : 1);
  }
  frame.children = [child.id];
  context.wait({ children: frame.children });
}

function goOn(context: ShellContext, frame: Frame): void {
  const [child] = frame.children ?? [];
  if (child !== undefined) {
    const status = context.reapLoudly(child);
    return status === undefined ? context.wait({ children: [child] }) : context.finish(frame, status);
  }
  const name = frame.words?.[0] ?? '';
  const isWaitingBuiltin = !own(context.shell.functions, name) && (frame.state !== undefined || frame.isRunAgain === true);
  return isWaitingBuiltin ? runBuiltin(context, frame) : context.finish(frame, context.shell.status);
}
