// kubectl exec: a command in a container, once or at the terminal. Models kubectl/pkg/cmd/exec/exec.go.
import { INTERRUPT, type InsideCommand } from '../../cluster/intents.ts';
import { digestOf } from '../../cluster/kubelet/images.ts';
import { CONTAINER_GONE, execFault } from '../../cluster/kubelet/runningCommand.ts';
import type { Container, ContainerStatus, Pod } from '../../kube/kinds/pod.ts';
import { type CommandStep, END_OF_INPUT, type Inside, type Running } from '../command.ts';
import { CommandError, usageError } from '../errors.ts';
import { chooseContainer } from '../podContainers.ts';
import { machineOf, podsOf, unreachableText } from '../podOf.ts';
import { err, type Verb, type VerbContext } from '../verb.ts';

/** How often a command that runs is looked at. */
const LOOK_MS = 20;
/** The exit code of what Ctrl C ended. */
const INTERRUPTED = 130;
const NO_TERMINAL = 'Unable to use a TTY - input is not a terminal or the right kind of file';

export const exec: Verb = {
  name: 'exec',
  usage: '(POD | TYPE/NAME) [-c CONTAINER] [flags] -- COMMAND [args...]',
  summary: 'Execute a command in a container',
  examples: [
    { why: 'The files of a container', line: 'kubectl exec web -- ls /' },
    { why: 'A shell at this terminal', line: 'kubectl exec -it web -- sh' },
    { why: 'In one of several containers', line: 'kubectl exec web -c content -- cat /data/index.html' },
  ],
  flags: [
    { name: 'container', short: 'c', type: 'string', help: 'The container, where a pod has several.' },
    { name: 'stdin', short: 'i', type: 'bool', help: 'Pass the input on to the command.' },
    { name: 'tty', short: 't', type: 'bool', help: 'The input is a terminal.' },
    { name: 'quiet', short: 'q', type: 'bool', help: 'Print only what the command prints.' },
  ],
  complete: (words, snapshot) => (words.length === 0 ? snapshot.list('Pod').map(({ metadata }) => metadata.name) : []),

  *run(args, ctx) {
    const [word, ...rest] = args.words;
    if (word === undefined) throw usageError(ctx.path, 'pod, type/name or --filename must be specified');
    const command = args.dashAt === undefined ? [] : args.words.slice(args.dashAt);
    if (args.dashAt === undefined && rest.length > 0) {
      throw usageError(ctx.path, 'exec [POD] [COMMAND] is not supported anymore. Use exec [POD] -- [COMMAND] instead');
    }
    if (command.length === 0) throw new CommandError('you must specify at least one command for the container');
    const { pods } = podsOf(word, ctx);
    const pod = pods[0] as Pod;
    if (pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed') {
      throw new CommandError(`cannot exec into a container in a completed pod; current phase is ${pod.status.phase}`);
    }
    const container = yield* chooseContainer(pod, args.text('container'));
    return yield* runInside(pod, container, command, { isInteractive: args.isOn('stdin'), isTerminal: args.isOn('tty') }, ctx);
  },
};

export interface InsideOptions {
  readonly isInteractive: boolean;
  readonly isTerminal: boolean;
  /** Of a first process: also what it has printed before. */
  readonly isFromStart?: boolean;
}

/** Runs a command in a container and prints what it prints, until it ends. */
export function* runInside(pod: Pod, container: Container, command: readonly string[], options: InsideOptions, ctx: VerbContext): Running {
  const exitCode = yield* passThrough(pod, container, command, options, ctx);
  if (exitCode !== 0) yield err(`command terminated with exit code ${exitCode}`);
  return exitCode;
}

/** Prints what a command prints, or without one the container's first process, and passes on what is typed. Returns the exit code. */
export function* passThrough(
  pod: Pod,
  container: Container,
  command: readonly string[],
  { isInteractive, isTerminal, isFromStart }: InsideOptions,
  ctx: VerbContext,
): Running {
  const { inside } = ctx.client;
  const unreachable = unreachableText(machineOf(pod), 'unable to upgrade connection: error dialing backend: ', ctx);
  if (unreachable !== undefined) throw new CommandError(unreachable);
  const hasTerminal = isInteractive && isTerminal && inside?.typed !== undefined && ctx.stdin === undefined;
  if (isTerminal && !hasTerminal) yield err(NO_TERMINAL);
  const started =
    inside && isUp(pod, container)
      ? inside.exec({
          namespace: ctx.namespace,
          pod: pod.metadata.name,
          container: container.name,
          command,
          ...(isFromStart ? { isFromStart } : {}),
          ...(hasTerminal ? { isInputOpen: true, isTerminal: true } : isInteractive ? { stdin: ctx.stdin ?? '' } : {}),
        })
      : CONTAINER_GONE;
  if (typeof started === 'string') throw new CommandError(refusal(started, container, ctx));
  if (hasTerminal) yield { type: 'terminal' };
  return yield* follow(started, hasTerminal ? inside : undefined, ctx);
}

function* follow(command: InsideCommand, reader: Inside | undefined, ctx: VerbContext): Generator<CommandStep, number, void> {
  let isInterrupted = false;
  for (let printed = 0; ; ) {
    const { output, exitCode } = command;
    for (; printed < output.length; printed++) {
      const { stream, text } = output[printed] as InsideCommand['output'][number];
      yield { type: stream, text };
    }
    if (exitCode !== undefined) return exitCode;
    yield { type: 'wait', untilMs: ctx.client.nowMs + LOOK_MS };
    const typed = reader?.typed?.();
    if (typed === undefined) continue;
    // Ctrl C is for what runs there; where nobody heeds it, a second one leaves it alone.
    if (typed === INTERRUPT && isInterrupted) return INTERRUPTED;
    isInterrupted = typed === INTERRUPT;
    // Ctrl D at the start of a line ends the input.
    reader?.write(command, typed.replace(END_OF_INPUT, ''), typed.includes(END_OF_INPUT));
  }
}

function isUp({ status }: Pod, { name }: Container): boolean {
  const statuses: readonly ContainerStatus[] = [
    ...(status.containerStatuses ?? []),
    ...(status.initContainerStatuses ?? []),
    ...(status.ephemeralContainerStatuses ?? []),
  ];
  return statuses.find((each) => each.name === name)?.state.running !== undefined;
}

function refusal(fault: string, { name }: Container, ctx: VerbContext): string {
  if (fault === CONTAINER_GONE) return `unable to upgrade connection: container not found ("${name}")`;
  const id = digestOf(`${name} ${ctx.client.nowMs}`);
  return `Internal error occurred: Internal error occurred: error executing command in container: ${execFault(id, fault)}`;
}
