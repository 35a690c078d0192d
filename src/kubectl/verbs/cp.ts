// kubectl cp: texts between files of a container and the page: what is read is printed, what is written is what stands beside the
// command, a text or the archive of a folder. Models kubectl/pkg/cmd/cp/cp.go. Limitation: texts only.
import { archiveOf, FILE_MODE, type Member, membersOf } from '../../cluster/kubelet/shell/disk.ts';
import type { Container, Pod } from '../../kube/kinds/pod.ts';
import type { CommandStep, Running } from '../command.ts';
import { CommandError, usageError } from '../errors.ts';
import { chooseContainer } from '../podContainers.ts';
import { podsOf } from '../podOf.ts';
import { out, type Verb, type VerbContext } from '../verb.ts';
import { runInside } from './exec.ts';

interface Place {
  readonly namespace: string | undefined;
  readonly pod: string | undefined;
  readonly path: string;
}

export const cp: Verb = {
  name: 'cp',
  usage: '<file-spec-src> <file-spec-dest>',
  summary: 'Copy files and directories to and from containers',
  examples: [
    { why: 'Print a file of a container', line: 'kubectl cp web:/etc/hostname -' },
    { why: 'Write what stands beside the command into a file', line: 'kubectl cp - web:/tmp/note' },
    { why: 'Copy a folder of the terminal', line: 'kubectl cp site web:/tmp' },
  ],
  flags: [{ name: 'container', short: 'c', type: 'string', help: 'The container, where a pod has several.' }],

  *run(args, ctx) {
    if (args.words.length !== 2) throw usageError(ctx.path, 'source and destination are required');
    const [source, target] = args.words.map(placeOf) as [Place, Place];
    if (source.pod && target.pod) throw new CommandError('one of src or dest must be a local file specification');
    if (!source.pod && !target.pod) throw new CommandError('one of src or dest must be a remote file specification');
    if (source.path === '' || target.path === '') throw new CommandError('filepath can not be empty');
    return yield* source.pod
      ? read(source, target.path, args.text('container'), ctx)
      : write(source.path, target, args.text('container'), ctx);
  },
};

/** `namespace/pod:path`, `pod:path`, or a place of one's own. */
function placeOf(word: string): Place {
  const at = word.indexOf(':');
  if (at < 0) return { namespace: undefined, pod: undefined, path: word };
  const [first = '', second] = word.slice(0, at).split('/');
  return { namespace: second ? first : undefined, pod: second ?? first, path: word.slice(at + 1) };
}

/** `-` prints the file; any other place is for whoever runs the command to keep it. */
function* read({ namespace, pod, path }: Place, to: string, container: string, given: VerbContext): Running {
  const ctx = { ...given, namespace: namespace ?? given.namespace };
  const found = podsOf(pod as string, ctx).pods[0] as Pod;
  const from = yield* chooseContainer(found, container);
  const text: string[] = [];
  for (const step of runInside(found, from, ['tar', 'cf', '-', path], { isInteractive: false, isTerminal: false }, ctx)) {
    if (step.type === 'stdout') text.push(step.text);
    else if (step.type !== 'stderr') yield step;
    else if (/^tar: removing leading/i.test(step.text)) yield out(step.text.trimEnd());
    else throw new CommandError(step.text.replace(/\n[^]*$/, ''));
  }
  const files = (membersOf(text.join('')) ?? []).flatMap((member) => (member.text === undefined ? [] : { ...member, text: member.text }));
  const base = path.replaceAll(/^\/+|\/+$/g, '');
  for (const { name, text } of files) {
    const place = `${to}${name.slice(base.length)}`;
    if (name !== base) yield out(place);
    yield to === '-' ? { type: 'stdout', text } : { type: 'file', path: place, text };
  }
  return 0;
}

/** As the real one, by tar: into a folder that is there, else under the name that was given. */
function* write(from: string, { namespace, pod, path }: Place, container: string, given: VerbContext): Running {
  const ctx = { ...given, namespace: namespace ?? given.namespace };
  const found = podsOf(pod as string, ctx).pods[0] as Pod;
  const into = yield* chooseContainer(found, container);
  const { stdin } = ctx;
  if (stdin === undefined) throw new CommandError('there are no files here: write the text beside the command');
  const to = path.replace(/(?<=.)\/+$/, '');
  const name = from === '-' ? '' : from.replace(/\/+$/, '').replace(/^.*\//, '');
  const isFolder = name !== '' && (yield* succeeds(found, into, ['test', '-d', to], ctx));
  const target = isFolder ? `${to}/${name}` : to;
  const folder = target.replace(/\/?[^/]*$/, '') || (target.startsWith('/') ? '/' : '.');
  const archive = archiveOf(under(target.replace(/^.*\//, ''), stdin));
  const command = ['tar', '-xmf', '-', '-C', folder];
  return yield* runInside(found, into, command, { isInteractive: true, isTerminal: false }, { ...ctx, stdin: archive });
}

/** What is to be unpacked: the members of a folder's archive below this name, or a file of this name. */
function under(name: string, stdin: string): readonly Member[] {
  const members = stdin === '' ? undefined : membersOf(stdin);
  if (!members?.[0]) return [{ name, mode: FILE_MODE, text: stdin }];
  const { length } = members[0].name;
  return members.map((member) => ({ ...member, name: `${name}${member.name.slice(length)}` }));
}

/** Runs a command whose words nobody wants to read. */
function* succeeds(pod: Pod, container: Container, command: readonly string[], ctx: VerbContext): Generator<CommandStep, boolean, void> {
  const running = runInside(pod, container, command, { isInteractive: false, isTerminal: false }, { ...ctx, stdin: undefined });
  for (;;) {
    const { done, value } = running.next();
    if (done) return value === 0;
    if (value.type !== 'stdout' && value.type !== 'stderr') yield value;
  }
}
