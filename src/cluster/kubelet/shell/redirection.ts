// Redirections: what their words become, and how they change a process's descriptors.
import type { ShellContext } from './context.ts';
import { openToRead, openToWrite, textSource } from './descriptors.ts';
import { absolutePath } from './disk.ts';
import type { Expander } from './expand.ts';
import { FileError, NOT_FOUND } from './files.ts';
import type { Target } from './process.ts';
import type { Redirect } from './syntax.ts';

export interface OpenedRedirect {
  readonly descriptor: number;
  readonly operator: string;
  /** A path, a descriptor's number or a here-document's text. */
  readonly target: string;
}

/** A redirection that cannot be done; its command does not run. */
export class RedirectError extends Error {}

export function expandRedirects(redirects: readonly Redirect[], expander: Expander): OpenedRedirect[] {
  return redirects.map(({ descriptor, operator, target }) => ({ descriptor, operator, target: expander.text(target) }));
}

/** Opens all, in order; what they replaced, to put it back. */
export function applyRedirects(context: ShellContext, redirects: readonly OpenedRedirect[]): Record<number, Target | null> {
  const before: Record<number, Target | null> = {};
  const set = (descriptor: number, target: Target | null) => {
    if (!(descriptor in before)) before[descriptor] = context.process.descriptors[descriptor] ?? null;
    context.setDescriptor(descriptor, target);
  };
  try {
    for (const redirect of redirects) {
      if (redirect.operator === '&>' || redirect.operator === '&>>') {
        const target = open(context, { ...redirect, operator: redirect.operator.slice(1) });
        set(1, target);
        set(2, target);
      } else set(redirect.descriptor, open(context, redirect));
    }
  } catch (error) {
    for (const [descriptor, target] of Object.entries(before)) context.setDescriptor(Number(descriptor), target);
    throw error;
  }
  return before;
}

function open(context: ShellContext, { operator, target }: OpenedRedirect): Target | null {
  const { kernel, process } = context;
  switch (operator) {
    case '<<':
    case '<<<':
      return textSource(kernel, operator === '<<' ? target : `${target}\n`);
    case '<':
      return attempt(context, target, false, () => openToRead(kernel, process, target));
    case '<&':
    case '>&':
      return duplicate(context, target, operator);
    default:
      return attempt(context, target, true, () => {
        // `set -C`: only `>|` writes over a file.
        const isKept = operator === '>' && context.shell.options.includes('C');
        if (isKept && kernel.filesOf(process).stat(absolutePath(target, process.directory))?.type === 'file')
          throw new FileError('File exists');
        return openToWrite(kernel, process, target, operator === '>>');
      });
  }
}

/** `2>&1`, `>&-`, and `>&file` of bash. */
function duplicate(context: ShellContext, target: string, operator: string): Target | null {
  if (target === '-') return null;
  if (/^\d+$/.test(target)) {
    const existing = context.process.descriptors[Number(target)];
    if (!existing) throw new RedirectError(`${target}: Bad file descriptor`);
    return existing;
  }
  if (operator === '<&') throw new RedirectError('syntax error: bad fd number');
  return attempt(context, target, true, () => openToWrite(context.kernel, context.process, target, false));
}

function attempt(context: ShellContext, path: string, isCreating: boolean, action: () => Target): Target {
  try {
    return action();
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    throw new RedirectError(wording(context.shell.kind, path, isCreating, error.message));
  }
}

function wording(kind: string, path: string, isCreating: boolean, reason: string): string {
  const isMissing = reason === NOT_FOUND;
  if (kind === 'bash') return `${path}: ${reason}`;
  if (kind === 'dash') {
    const why = isMissing ? (isCreating ? 'Directory nonexistent' : 'No such file') : reason;
    return `cannot ${isCreating ? 'create' : 'open'} ${path}: ${why}`;
  }
  const why = isMissing ? (isCreating ? 'nonexistent directory' : 'no such file') : reason;
  return `can't ${isCreating ? 'create' : 'open'} ${path}: ${why}`;
}
