// kubectl debug: an ephemeral container in a running pod, or a copy of a pod, to look into it. Models kubectl/pkg/cmd/debug/debug.go.
// Leaves out: pods on nodes, profiles.
import type { Container, Pod } from '../../kube/kinds/pod.ts';
import type { CommandStep, Running } from '../command.ts';
import { CommandError, usageError } from '../errors.ts';
import type { ParsedArgs } from '../parse.ts';
import { podsOf } from '../podOf.ts';
import { out, type Verb, type VerbContext } from '../verb.ts';
import { sendCreate } from '../writing.ts';
import { attachOrLog, whenPod, whenStarted } from './attach.ts';
import { copyFlags, isOnlyImages, podCopy } from './debugCopy.ts';

const WAIT_MS = 60_000;
const NAME_ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';
const NAME_LENGTH = 5;

export const debug: Verb = {
  name: 'debug',
  usage: 'POD --image=image [-it] [--target=container] [-c name] [-- COMMAND [args...]]',
  summary: 'Create debugging sessions for troubleshooting workloads and nodes',
  examples: [
    { why: 'A shell beside the containers of a pod', line: 'kubectl debug -it web --image=busybox --target=web' },
    { why: 'A command beside them', line: 'kubectl debug web --image=busybox -- sleep 60' },
  ],
  flags: [
    { name: 'image', type: 'string', help: 'The image of the container that is added.' },
    { name: 'target', type: 'string', help: 'The container whose processes it is to see.' },
    { name: 'container', short: 'c', type: 'string', help: 'The name of the container that is added.' },
    { name: 'stdin', short: 'i', type: 'bool', help: 'Keep its input open.' },
    { name: 'tty', short: 't', type: 'bool', help: 'Its input is a terminal.' },
    { name: 'quiet', short: 'q', type: 'bool', help: 'Say less.' },
    { name: 'attach', type: 'bool', help: 'Wait for it, and look at it.' },
    { name: 'profile', type: 'string', default: 'general', help: 'Accepted; all profiles are alike here.' },
    ...copyFlags,
  ],
  complete: (words, snapshot) => (words.length === 0 ? snapshot.list('Pod').map(({ metadata }) => metadata.name) : []),

  *run(args, ctx) {
    const [word] = args.words;
    if (word === undefined || args.dashAt === 0) throw usageError(ctx.path, 'NAME or TYPE/NAME is required for debug');
    if (word.startsWith('node/')) throw new CommandError('machines have no inside here: look into a pod');
    const image = args.text('image');
    if (!image && args.texts('set-image').length === 0 && !(args.has('copy-to') && args.has('container')))
      throw usageError(ctx.path, 'you must specify --image or --set-image');
    const pod = podsOf(word, ctx).pods[0] as Pod;
    const target = args.text('target');
    const isQuiet = args.isOn('quiet');
    if (target && !isQuiet) {
      yield out(
        `Targeting container "${target}". If you don't see processes from this container it may be because the container runtime doesn't support this feature.`,
      );
    }
    const name = args.text('container') || `debugger-${suffixFor(pod)}`;
    if (!args.text('container') && !isQuiet && image) yield out(`Defaulting debug container name to ${name}.`);
    const command = args.dashAt === undefined ? [] : args.words.slice(args.dashAt);
    const isInteractive = args.isOn('stdin');
    const asked = { name, image, target, command, isInteractive, isTerminal: args.isOn('tty') };
    if (args.has('copy-to')) return yield* debugCopy(pod, asked, args, ctx);
    const added = containerFor(asked);
    const { namespace } = ctx;
    ctx.client.request({
      verb: 'patch',
      kind: 'Pod',
      namespace,
      name: pod.metadata.name,
      type: 'strategic',
      patch: { spec: { ephemeralContainers: [added] } },
      subresource: 'ephemeralcontainers',
    });
    if (!isInteractive && !args.isOn('attach')) return 0;
    const begun = yield* whenBegun(pod, name, ctx);
    return yield* attachOrLog(begun, added, { isInteractive, isTerminal: args.isOn('tty'), isFromStart: true, isQuiet }, ctx);
  },
};

function* debugCopy(pod: Pod, asked: Asked, args: ParsedArgs, ctx: VerbContext): Running {
  const created = sendCreate(podCopy(pod, asked, args), ctx) as Pod;
  const { name, namespace } = pod.metadata;
  if (args.isOn('replace')) ctx.client.request({ verb: 'delete', kind: 'Pod', namespace, name });
  const { isInteractive, isTerminal } = asked;
  if (!isInteractive || isOnlyImages(pod, asked, args)) return 0;
  const begun = yield* whenStarted(created, WAIT_MS, ctx);
  const container = begun.spec.containers.find((each) => each.name === asked.name) as Container;
  return yield* attachOrLog(begun, container, { isInteractive, isTerminal, isFromStart: true, isQuiet: args.isOn('quiet') }, ctx);
}

interface Asked {
  readonly name: string;
  readonly image: string;
  readonly target: string;
  readonly command: readonly string[];
  readonly isInteractive: boolean;
  readonly isTerminal: boolean;
}

function containerFor({ name, image, target, command, isInteractive, isTerminal }: Asked): Container & Record<string, unknown> {
  return {
    name,
    image,
    ...(command.length > 0 ? { command } : {}),
    securityContext: { capabilities: { add: ['SYS_PTRACE'] } },
    ...(target ? { targetContainerName: target } : {}),
    ...(isInteractive ? { stdin: true } : {}),
    ...(isTerminal ? { tty: true } : {}),
  };
}

/** Five letters that depend on the pod and on how many containers were added to it before. */
function suffixFor({ metadata, spec }: Pod): string {
  let number = spec.ephemeralContainers?.length ?? 0;
  for (const letter of metadata.uid ?? '') number = (number * 31 + letter.charCodeAt(0)) % 0x7fffffff;
  let suffix = '';
  for (; suffix.length < NAME_LENGTH; number = (number * 48271 + 7) % 0x7fffffff) suffix += NAME_ALPHABET[number % NAME_ALPHABET.length];
  return suffix;
}

/** The pod once the container that was added to it runs, or has ended. */
function whenBegun(pod: Pod, name: string, ctx: VerbContext): Generator<CommandStep, Pod, void> {
  const hasBegun = ({ ephemeralContainerStatuses: all = [] }: Pod['status']) =>
    all.some(({ name: each, state }) => each === name && (state.running || state.terminated) !== undefined);
  return whenPod(pod, hasBegun, WAIT_MS, ctx);
}
