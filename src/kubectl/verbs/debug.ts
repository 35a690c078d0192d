// kubectl debug: an ephemeral container in a running pod, a copy of a pod, or a pod on a node, to look into it. Models
// kubectl/pkg/cmd/debug/debug.go. Leaves out: profiles of the first two.
import type { Container, Pod } from '../../kube/kinds/pod.ts';
import type { CommandStep, Running } from '../command.ts';
import { usageError } from '../errors.ts';
import type { ParsedArgs } from '../parse.ts';
import { podsOf } from '../podOf.ts';
import { getObject, mustFindKind } from '../resources.ts';
import { out, type Verb, type VerbContext } from '../verb.ts';
import { sendCreate } from '../writing.ts';
import { attachOrLog, whenPod, whenStarted } from './attach.ts';
import { copyFlags, isOnlyImages, podCopy } from './debugCopy.ts';
import { nodeDebugPod } from './debugNode.ts';

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
    { why: 'A shell on a node', line: 'kubectl debug node/node-1 -it --image=busybox' },
  ],
  flags: [
    { name: 'image', type: 'string', help: 'The image of the container that is added.' },
    { name: 'target', type: 'string', help: 'The container whose processes it is to see.' },
    { name: 'container', short: 'c', type: 'string', help: 'The name of the container that is added.' },
    { name: 'stdin', short: 'i', type: 'bool', help: 'Keep its input open.' },
    { name: 'tty', short: 't', type: 'bool', help: 'Its input is a terminal.' },
    { name: 'quiet', short: 'q', type: 'bool', help: 'Say less.' },
    { name: 'attach', type: 'bool', help: 'Wait for it, and look at it.' },
    {
      name: 'profile',
      type: 'string',
      default: 'general',
      help: 'What it may do on a node: general, baseline, restricted, netadmin, sysadmin.',
    },
    ...copyFlags,
  ],
  complete: (words, snapshot) => (words.length === 0 ? snapshot.list('Pod').map(({ metadata }) => metadata.name) : []),

  *run(args, ctx) {
    const [word] = args.words;
    if (word === undefined || args.dashAt === 0) throw usageError(ctx.path, 'NAME or TYPE/NAME is required for debug');
    const image = args.text('image');
    if (!image && args.texts('set-image').length === 0 && !(args.has('copy-to') && args.has('container')))
      throw usageError(ctx.path, 'you must specify --image or --set-image');
    const command = args.dashAt === undefined ? [] : args.words.slice(args.dashAt);
    const how = { image, command, isInteractive: args.isOn('stdin'), isTerminal: args.isOn('tty') };
    const [type = '', machine] = word.split('/');
    if (machine && mustFindKind(type, ctx).kind === 'Node') return yield* debugNode(machine, how, args, ctx);
    const pod = podsOf(word, ctx).pods[0] as Pod;
    const target = args.text('target');
    const isQuiet = args.isOn('quiet');
    if (target && !isQuiet) {
      yield out(
        `Targeting container "${target}". If you don't see processes from this container it may be because the container runtime doesn't support this feature.`,
      );
    }
    const name = args.text('container') || `debugger-${suffixFor(pod.metadata.uid, pod.spec.ephemeralContainers?.length)}`;
    if (!args.text('container') && !isQuiet && image) yield out(`Defaulting debug container name to ${name}.`);
    const asked = { ...how, name, target };
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
    if (!isToBeSeen(how, args)) return 0;
    const begun = yield* whenBegun(pod, name, ctx);
    return yield* lookAt(begun, added, how, isQuiet, ctx);
  },
};

function* debugCopy(pod: Pod, asked: Asked, args: ParsedArgs, ctx: VerbContext): Running {
  const created = sendCreate(podCopy(pod, asked, args), ctx) as Pod;
  const { name, namespace } = pod.metadata;
  if (args.isOn('replace')) ctx.client.request({ verb: 'delete', kind: 'Pod', namespace, name });
  if (!isToBeSeen(asked, args) || isOnlyImages(pod, asked, args)) return 0;
  const begun = yield* whenStarted(created, WAIT_MS, ctx);
  const container = begun.spec.containers.find((each) => each.name === asked.name) as Container;
  return yield* lookAt(begun, container, asked, args.isOn('quiet'), ctx);
}

/** A pod on the machine. */
function* debugNode(machine: string, how: How, args: ParsedArgs, ctx: VerbContext): Running {
  const node = getObject(mustFindKind('nodes', ctx), undefined, machine, ctx);
  const before = ctx.client.snapshot().list('Pod').length;
  const name = `node-debugger-${machine}-${suffixFor(node.metadata.uid, before)}`;
  const container = args.text('container') || 'debugger';
  const isQuiet = args.isOn('quiet');
  const pod = nodeDebugPod(machine, name, { ...how, name: container }, args.text('profile'));
  if (!isQuiet) yield out(`Creating debugging pod ${name} with container ${container} on node ${machine}.`);
  const created = sendCreate(pod, ctx) as Pod;
  if (!isToBeSeen(how, args)) return 0;
  const begun = yield* whenStarted(created, WAIT_MS, ctx);
  return yield* lookAt(begun, begun.spec.containers[0] as Container, how, isQuiet, ctx);
}

const isToBeSeen = ({ isInteractive }: How, args: ParsedArgs): boolean => isInteractive || args.isOn('attach');

function lookAt(pod: Pod, container: Container, { isInteractive, isTerminal }: How, isQuiet: boolean, ctx: VerbContext): Running {
  return attachOrLog(pod, container, { isInteractive, isTerminal, isFromStart: true, isQuiet }, ctx);
}

/** What runs for the one who looks, wherever that is. */
interface How {
  readonly image: string;
  readonly command: readonly string[];
  readonly isInteractive: boolean;
  readonly isTerminal: boolean;
}

interface Asked extends How {
  readonly name: string;
  readonly target: string;
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

/** Five letters that depend on what is looked at and on how many were added before. */
function suffixFor(uid = '', before = 0): string {
  let number = before;
  for (const letter of uid) number = (number * 31 + letter.charCodeAt(0)) % 0x7fffffff;
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
