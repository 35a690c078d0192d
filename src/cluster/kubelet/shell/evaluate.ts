// What each kind of node does when it is its turn: it enters the next node within it, or leaves with a status.

import { isConditionTrue } from './condition.ts';
import type { ShellContext } from './context.ts';
import { inputPipe, newPipe, takeLine, waitForPartners } from './descriptors.ts';
import type { Expander } from './expand.ts';
import { grammarComplaint, isLateForBash } from './grammarComplaint.ts';
import type { Frame, Target } from './process.ts';
import { applyRedirects, expandRedirects, RedirectError } from './redirection.ts';
import { evaluateSimple } from './simple.ts';
import { expand } from './substitution.ts';
import type { Node, Redirect } from './syntax.ts';

type NodeOf<Type extends Node['type']> = Extract<Node, { type: Type }>;

export function evaluate(context: ShellContext, frame: Frame): void {
  const node = context.nodeOf(frame);
  if (frame.at === 0 && 'redirects' in node && node.type !== 'simple' && node.redirects.length > 0 && !frame.restore?.descriptors) {
    if (!redirect(context, frame, node.redirects)) return;
  }
  if (context.shell.options.includes('n') && !context.shell.isInteractive && node.type !== 'mistake' && node.type !== 'sequence') {
    return context.pop();
  }
  switch (node.type) {
    case 'simple':
      return context.runDebugTrap(frame) ? undefined : evaluateSimple(context, frame, node);
    case 'sequence':
      return sequence(context, frame, node);
    case 'and':
    case 'or':
      return andOr(context, frame, node);
    case 'not':
      return not(context, frame, node);
    case 'timed':
      return timed(context, frame, node);
    case 'pipe':
      return pipe(context, frame, node);
    case 'group':
      return group(context, frame, node);
    case 'subshell':
      return subshell(context, frame, node);
    case 'if':
      return ifCommand(context, frame, node);
    case 'while':
      return whileLoop(context, frame, node);
    case 'for':
      return forLoop(context, frame, node);
    case 'select':
      return selectLoop(context, frame, node);
    case 'counting':
      return countingLoop(context, frame, node);
    case 'case':
      return caseCommand(context, frame, node);
    case 'condition':
      return condition(context, frame, node);
    case 'arithmetic':
      return arithmetic(context, frame, node);
    case 'function':
      context.shell.functions[node.name] = { source: frame.source, node: node.body };
      return leave(context, 0);
    case 'mistake':
      return mistake(context, frame, node);
  }
}

function mistake(context: ShellContext, frame: Frame, { line, message }: NodeOf<'mistake'>): void {
  const { shell } = context;
  shell.line = line;
  const status = shell.kind === 'bash' && isLateForBash(message) ? 1 : 2;
  const reader = shell.frames.findLast(({ boundary }) => boundary)?.boundary === 'eval' ? 'eval' : undefined;
  context.giveUp(grammarComplaint(shell, message, frame.source.split('\n')[line] ?? '', reader), status);
}

/** Compound commands leave without a look at `set -e`: the commands in them have had it. */
function leave(context: ShellContext, status: number): void {
  context.shell.status = status;
  context.pop();
}

/** The redirections of a compound command; false: they are not open yet, or cannot be. */
function redirect(context: ShellContext, frame: Frame, redirects: readonly Redirect[]): boolean {
  const opened = expand(context, frame, (expander) => expandRedirects(redirects, expander));
  if (!opened) return false;
  try {
    const descriptors = applyRedirects(context, opened);
    frame.restore = { ...frame.restore, descriptors };
    const wait = waitForPartners(context.kernel, context.process, descriptors);
    if (wait) context.wait(wait);
    return !wait;
  } catch (error) {
    if (!(error instanceof RedirectError)) throw error;
    context.complain(error.message);
    context.finish(frame, 1);
    return false;
  }
}

// Lists ---------------------------------------------------------------------------------------------------------------

function sequence(context: ShellContext, frame: Frame, node: NodeOf<'sequence'>): void {
  const item = node.items[frame.at++];
  if (!item) {
    if (node.items.length === 0) context.shell.status = 0;
    return context.pop();
  }
  if (item.isBackground) startInBackground(context, frame, item.node);
  else context.enter(frame, item.node, { isLast: frame.isLast && frame.at === node.items.length });
}

function startInBackground(context: ShellContext, frame: Frame, node: number): void {
  const { shell, process } = context;
  const input: Target = shell.isInteractive ? (process.descriptors[0] as Target) : { type: 'device', name: 'null' };
  const child = context.fork([{ source: frame.source, node, at: 0, isTested: false, isLast: true }], { ...process.descriptors, 0: input });
  shell.jobs.push(child.id);
  shell.lastBackground = child.pid;
  shell.status = 0;
}

function andOr(context: ShellContext, frame: Frame, node: NodeOf<'and' | 'or'>): void {
  if (frame.at++ === 0) return context.enter(frame, node.left, { isTested: true });
  if (frame.at > 2 || (context.shell.status === 0) !== (node.type === 'and')) return context.pop();
  // Nothing comes after the right side.
  context.pop();
  context.enter(frame, node.right, { isLast: frame.isLast });
}

function not(context: ShellContext, frame: Frame, node: NodeOf<'not'>): void {
  if (frame.at++ === 0) context.enter(frame, node.body, { isTested: true });
  else leave(context, context.shell.status === 0 ? 1 : 0);
}

function timed(context: ShellContext, frame: Frame, { body, isPosix }: NodeOf<'timed'>): void {
  if (frame.at++ === 0) {
    frame.state = context.kernel.nowMs;
    return context.enter(frame, body);
  }
  const ms = context.kernel.nowMs - (frame.state as number);
  const shown = (taken: number) =>
    isPosix ? (taken / 1000).toFixed(2) : `${Math.floor(taken / 60_000)}m${((taken % 60_000) / 1000).toFixed(3)}s`;
  const gap = isPosix ? ' ' : '\t';
  context.call([], {}).err(`${isPosix ? '' : '\n'}real${gap}${shown(ms)}\nuser${gap}${shown(0)}\nsys${gap}${shown(0)}\n`);
  context.pop();
}

function pipe(context: ShellContext, frame: Frame, node: NodeOf<'pipe'>): void {
  frame.children ??= startPipe(context, frame, node.parts);
  const statuses = (frame.state ??= {}) as Record<number, number>;
  for (const child of frame.children) {
    if (child in statuses) continue;
    const status = context.reapLoudly(child);
    if (status === undefined) return context.wait({ children: [child] });
    statuses[child] = status;
  }
  const inOrder = frame.children.map((child) => statuses[child] ?? 0);
  const failed = context.shell.options.includes('P') ? inOrder.findLast((status) => status !== 0) : undefined;
  context.finish(frame, failed ?? inOrder.at(-1) ?? 0, inOrder);
}

function startPipe(context: ShellContext, frame: Frame, parts: readonly number[]): number[] {
  const children: number[] = [];
  let input = context.process.descriptors[0];
  for (const [i, node] of parts.entries()) {
    const next = i < parts.length - 1 ? newPipe(context.kernel) : undefined;
    const descriptors = { ...context.process.descriptors };
    if (input) descriptors[0] = input;
    if (next) descriptors[1] = next.write;
    children.push(context.fork([{ source: frame.source, node, at: 0, isTested: frame.isTested, isLast: true }], descriptors).id);
    input = next?.read;
  }
  return children;
}

// Compound commands ---------------------------------------------------------------------------------------------------

function group(context: ShellContext, frame: Frame, node: NodeOf<'group' | 'subshell'>): void {
  if (frame.at++ === 0) context.enter(frame, node.body, { isLast: frame.isLast });
  else context.pop();
}

function subshell(context: ShellContext, frame: Frame, node: NodeOf<'group' | 'subshell'>): void {
  if (!frame.children) {
    const inner: Frame = { source: frame.source, node: node.body, at: 0, isTested: frame.isTested, isLast: true };
    frame.children = [context.fork([inner], context.process.descriptors).id];
    frame.at = 1;
  }
  const status = context.reapLoudly(frame.children[0] as number);
  if (status === undefined) context.wait({ children: frame.children });
  else context.finish(frame, status);
}

/** Even: the next condition is to be entered. Odd: it was. */
function ifCommand(context: ShellContext, frame: Frame, node: NodeOf<'if'>): void {
  const clause = node.clauses[frame.at >> 1];
  if (frame.at % 2 === 0 && clause) {
    frame.at++;
    return context.enter(frame, clause.condition, { isTested: true });
  }
  if (clause && context.shell.status !== 0) {
    frame.at++;
    return undefined;
  }
  const body = clause ? clause.body : frame.at === node.clauses.length * 2 ? node.otherwise : undefined;
  if (frame.at <= node.clauses.length * 2 && body !== undefined) {
    frame.at = node.clauses.length * 2 + 1;
    return context.enter(frame, body, { isLast: frame.isLast });
  }
  return frame.at > node.clauses.length * 2 ? context.pop() : leave(context, 0);
}

/** 0: before the condition; 1: after it; 2: after the body. */
function whileLoop(context: ShellContext, frame: Frame, node: NodeOf<'while'>): void {
  const { shell } = context;
  if (frame.at === 1) {
    if ((shell.status === 0) === node.isUntil) return leave(context, (frame.state as number | undefined) ?? 0);
    frame.at = 2;
    return context.enter(frame, node.body);
  }
  if (frame.at === 2) frame.state = shell.status;
  frame.at = 1;
  context.enter(frame, node.condition, { isTested: true });
}

/** The words that a loop goes through; false: they are not there yet. */
function hasWords(context: ShellContext, frame: Frame, { words }: NodeOf<'for' | 'select'>): frame is Frame & { words: string[] } {
  if (!frame.words) {
    frame.words = words ? expand(context, frame, (expander) => expander.words(words)) : [...context.shell.parameters];
    if (frame.words?.length === 0) context.shell.status = 0;
  }
  return frame.words !== undefined;
}

function forLoop(context: ShellContext, frame: Frame, node: NodeOf<'for' | 'select'>): void {
  if (!hasWords(context, frame, node)) return;
  const word = frame.words[frame.at++];
  if (word === undefined) return context.pop();
  context.assign(node.name, word);
  context.enter(frame, node.body);
}

/** 0: the words are to be shown; 1: an answer is awaited. Limitation: the words stand in one column, however many there are. */
function selectLoop(context: ShellContext, frame: Frame, node: NodeOf<'for' | 'select'>): void {
  if (!hasWords(context, frame, node)) return;
  const { words } = frame;
  if (words.length === 0) return context.pop();
  const call = context.call([], {});
  if (frame.at === 0) {
    const width = String(words.length).length;
    call.err(words.map((word, i) => `${String(i + 1).padStart(width)}) ${word}\n`).join(''));
  }
  if (frame.at < 2) call.err(context.shell.variables['PS3'] ?? '#? ');
  const line = takeLine(context.kernel, context.process, 0);
  if (line === undefined) {
    frame.at = 2;
    const input = inputPipe(context.process, 0);
    return context.wait(input === undefined ? {} : { input });
  }
  if (!line.endsWith('\n')) {
    call.out('\n');
    return leave(context, 1);
  }
  const answer = line.slice(0, -1).trim();
  // An empty line has the words shown again; after a round only the question comes again.
  frame.at = answer === '' ? 0 : 1;
  if (answer === '') return;
  context.assign('REPLY', answer);
  context.assign(node.name, /^\d+$/.test(answer) ? (words[Number(answer) - 1] ?? '') : '');
  context.enter(frame, node.body);
}

/** `for ((first; condition; step))`. */
function countingLoop(context: ShellContext, frame: Frame, node: NodeOf<'counting'>): void {
  const value = expand(context, frame, (expander) => {
    expander.calculate(frame.at === 0 ? node.first : node.step);
    return expander.calculate(node.condition.length > 0 ? node.condition : [{ type: 'text', text: '1', isQuoted: true }]);
  });
  if (value === undefined) return;
  frame.at = 1;
  if (value === 0n) context.pop();
  else context.enter(frame, node.body);
}

/** The first item from a place on whose pattern fits; -1: none does. */
function matchingItem(expander: Expander, { word, items }: NodeOf<'case'>, from: number): number {
  const text = expander.text(word);
  return items.findIndex(({ patterns }, i) => i >= from && patterns.some((pattern) => expander.isMatching(pattern, text)));
}

/** `frame.at` is how many items are behind it. */
function caseCommand(context: ShellContext, frame: Frame, node: NodeOf<'case'>): void {
  const before = node.items[frame.at - 1];
  if (before?.ending === ';;') return context.pop();
  const next = before?.ending === ';&' ? frame.at : expand(context, frame, (expander) => matchingItem(expander, node, frame.at));
  if (next === undefined) return;
  const item = node.items[next];
  if (!item) return before ? context.pop() : leave(context, 0);
  frame.at = next + 1;
  if (item.body === undefined) context.shell.status = 0;
  else context.enter(frame, item.body, { isLast: frame.isLast && item.ending === ';;' });
}

function condition(context: ShellContext, frame: Frame, node: NodeOf<'condition'>): void {
  const isTrue = expand(context, frame, (expander) => isConditionTrue(node.words, expander, context.call(['[['], {})));
  if (isTrue !== undefined) context.finish(frame, isTrue);
}

function arithmetic(context: ShellContext, frame: Frame, node: NodeOf<'arithmetic'>): void {
  const value = expand(context, frame, (expander) => expander.calculate(node.expression));
  if (value !== undefined) context.finish(frame, value === 0n ? 1 : 0);
}
