// kubectl attach: the first process of a container at this terminal. Models kubectl/pkg/cmd/attach/attach.go.

import { insideOf, lineText } from '../../kube/inside.ts';
import type { Container, Pod } from '../../kube/kinds/pod.ts';
import { keyOf } from '../../kube/meta.ts';
import type { CommandStep } from '../command.ts';
import { CommandError, usageError } from '../errors.ts';
import { chooseContainer } from '../podContainers.ts';
import { podsOf } from '../podOf.ts';
import { err, type Verb, type VerbContext } from '../verb.ts';
import { type InsideOptions, passThrough } from './exec.ts';

export const attach: Verb = {
  name: 'attach',
  usage: '(POD | TYPE/NAME) [-c CONTAINER] [flags]',
  summary: 'Attach to a running container',
  examples: [
    { why: 'What a container prints from now on', line: 'kubectl attach web' },
    { why: 'The shell that a container was started with', line: 'kubectl attach -it tools' },
  ],
  flags: [
    { name: 'container', short: 'c', type: 'string', help: 'The container, where a pod has several.' },
    { name: 'stdin', short: 'i', type: 'bool', help: 'Pass the input on to the container.' },
    { name: 'tty', short: 't', type: 'bool', help: 'The input is a terminal.' },
    { name: 'quiet', short: 'q', type: 'bool', help: 'Print only what the container prints.' },
  ],
  complete: (words, snapshot) => (words.length === 0 ? snapshot.list('Pod').map(({ metadata }) => metadata.name) : []),

  *run(args, ctx) {
    const [word] = args.words;
    if (word === undefined) throw usageError(ctx.path, 'at least 1 argument is required for attach');
    const pod = podsOf(word, ctx).pods[0] as Pod;
    const { phase } = pod.status;
    if (phase === 'Succeeded' || phase === 'Failed') {
      throw new CommandError(`cannot attach a container in a completed pod; current phase is ${phase}`);
    }
    const container = yield* chooseContainer(pod, args.text('container'));
    const isTerminal = args.isOn('tty') && hasTerminal(container);
    if (args.isOn('tty') && !isTerminal) yield err(`Unable to use a TTY - container ${container.name} did not allocate one`);
    return yield* attachTo(pod, container, { isInteractive: args.isOn('stdin'), isTerminal, isQuiet: args.isOn('quiet') }, ctx);
  },
};

/** What everybody is told who attaches. */
export const AT_THE_PROMPT =
  'All commands and output from this session will be recorded in container logs, including credentials and sensitive information passed through the command prompt.\n' +
  "If you don't see a command prompt, try pressing enter.";

export interface AttachOptions extends InsideOptions {
  readonly isQuiet: boolean;
}

/** Shows what a container prints and passes on what is typed, until it ends. */
export function* attachTo(
  pod: Pod,
  container: Container,
  { isQuiet, ...options }: AttachOptions,
  ctx: VerbContext,
): Generator<CommandStep, number, void> {
  if (!isQuiet) yield err(AT_THE_PROMPT);
  return yield* passThrough(pod, container, [], options, ctx);
}

/** The same of a container that may have ended before anybody could look: what it printed is in its log then. */
export function* attachOrLog(
  pod: Pod,
  container: Container,
  options: AttachOptions,
  ctx: VerbContext,
): Generator<CommandStep, number, void> {
  try {
    return yield* attachTo(pod, container, options, ctx);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    yield { type: 'stdout', text: printedBy(pod, container, ctx) };
    return 0;
  }
}

function printedBy({ metadata }: Pod, { name }: Container, ctx: VerbContext): string {
  const log = insideOf(ctx.client.snapshot(), ctx.namespace, metadata.name)?.containers[name]?.log.at(-1);
  return (log?.lines ?? []).map(lineText).join('');
}

/** The pod once it runs or has ended. */
export function whenStarted(pod: Pod, waitMs: number, ctx: VerbContext): Generator<CommandStep, Pod, void> {
  return whenPod(pod, ({ phase }) => phase !== 'Pending', waitMs, ctx);
}

/** The pod once it has ended. */
export function whenEnded(pod: Pod, waitMs: number, ctx: VerbContext): Generator<CommandStep, Pod, void> {
  return whenPod(pod, ({ phase }) => phase === 'Succeeded' || phase === 'Failed', waitMs, ctx);
}

/** The pod once its status is as wanted; an error if that takes too long. */
export function* whenPod(
  pod: Pod,
  isAsWanted: (status: Pod['status']) => boolean,
  waitMs: number,
  ctx: VerbContext,
): Generator<CommandStep, Pod, void> {
  const untilMs = ctx.client.nowMs + waitMs;
  for (;;) {
    const now = ctx.client.snapshot().get('Pod', keyOf(pod)) as Pod | undefined;
    if (!now) throw new CommandError(`pods "${pod.metadata.name}" not found`);
    if (isAsWanted(now.status)) return now;
    if (ctx.client.nowMs >= untilMs) throw new CommandError('timed out waiting for the condition');
    yield { type: 'wait', untilMs };
  }
}

function hasTerminal({ tty }: Container): boolean {
  return tty === true;
}
