// kubectl logs: what containers have printed, of the moment that is looked at. Models kubectl/pkg/cmd/logs/logs.go and
// polymorphichelpers/logsforobject.go; which run is meant, pkg/kubelet/kubelet_pods.go validateContainerLogStatus.
import { ApiError } from '../../kube/errors.ts';
import { insideOf, type LogLine, type LogRun, lineText } from '../../kube/inside.ts';
import type { Container, ContainerStatus, Pod } from '../../kube/kinds/pod.ts';
import { EPOCH_MS, fromTimestamp, keyOf } from '../../kube/meta.ts';
import type { CommandStep } from '../command.ts';
import { CommandError, Unreachable, usageError } from '../errors.ts';
import type { ParsedArgs } from '../parse.ts';
import { allContainers, chooseContainer } from '../podContainers.ts';
import { machineOf, podsOf, unreachableText } from '../podOf.ts';
import { listObjects, mustFindKind } from '../resources.ts';
import { selectorFilter } from '../selectors.ts';
import { err, selectorFlag, type Verb, type VerbContext } from '../verb.ts';

/** How many lines `-l` prints of each container where `--tail` is not given. */
const SELECTED_TAIL = 10;

export const logs: Verb = {
  name: 'logs',
  usage: '[-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]',
  summary: 'Print the logs for a container in a pod',
  examples: [
    { why: 'What a pod has printed', line: 'kubectl logs web' },
    { why: 'Go on printing what it prints', line: 'kubectl logs -f web' },
    { why: 'What the run before this one printed', line: 'kubectl logs -p web' },
    { why: 'The last lines of all pods of an app', line: 'kubectl logs -l app=web --all-containers --prefix' },
  ],
  flags: [
    selectorFlag,
    { name: 'container', short: 'c', type: 'string', help: 'The container, where a pod has several.' },
    { name: 'follow', short: 'f', type: 'bool', help: 'Go on printing.' },
    { name: 'previous', short: 'p', type: 'bool', help: 'The run of the container before this one.' },
    { name: 'all-containers', type: 'bool', help: 'All containers of the pod.' },
    { name: 'all-pods', type: 'bool', help: 'All pods of the owner that is named.' },
    { name: 'tail', type: 'int', default: '-1', help: 'Only the last lines.' },
    { name: 'since', type: 'duration', default: '0s', help: 'Only what is newer than this.' },
    { name: 'since-time', type: 'string', help: 'Only what was printed after this moment (RFC 3339).' },
    { name: 'limit-bytes', type: 'int', default: '0', help: 'No more than so many bytes.' },
    { name: 'timestamps', type: 'bool', help: 'A timestamp before each line.' },
    { name: 'prefix', type: 'bool', help: 'The source before each line.' },
    { name: 'max-log-requests', type: 'int', default: '5', help: 'How many logs may be followed at once.' },
    { name: 'ignore-errors', type: 'bool', help: 'Say what cannot be read, and go on.' },
  ],
  complete: (words, snapshot) => (words.length === 0 ? snapshot.list('Pod').map(({ metadata }) => metadata.name) : []),

  *run(args, ctx) {
    refuseFlags(args, ctx);
    const sources = yield* sourcesOf(args, ctx);
    const isFollowed = args.isOn('follow');
    const most = args.number('max-log-requests');
    if (isFollowed && sources.length > most) {
      throw new CommandError(
        `you are attempting to follow ${sources.length} log streams, but maximum allowed concurrency is ${most}, use --max-log-requests to increase the limit`,
      );
    }
    for (const source of sources) yield* printNew(source, args, ctx);
    while (isFollowed && sources.some((source) => !source.isOver)) {
      yield { type: 'wait' };
      for (const source of sources) yield* printNew(source, args, ctx);
    }
    return 0;
  },
};

function refuseFlags(args: ParsedArgs, { path }: VerbContext): void {
  const [container, sinceTime] = [args.text('container'), args.text('since-time')];
  if (args.words.length > 0 && args.text('selector')) throw usageError(path, 'only a selector (-l) or a POD name is allowed');
  if (args.words.length > 1 && container) throw usageError(path, 'only one of -c or an inline [CONTAINER] arg is allowed');
  if (sinceTime && Number.isNaN(fromTimestamp(sinceTime))) {
    const given = JSON.stringify(sinceTime);
    throw new CommandError(`parsing time ${given} as "2006-01-02T15:04:05Z07:00": cannot parse ${given} as "2006"`);
  }
  if (sinceTime && args.durationMs('since') > 0) throw new CommandError('at most one of `sinceTime` or `sinceSeconds` may be specified');
  if (args.isOn('all-containers') && container) {
    throw new CommandError(`--all-containers=true should not be specified with container name ${container}`);
  }
  if (args.number('limit-bytes') < 0) throw new CommandError('--limit-bytes must be greater than 0');
  if (args.durationMs('since') < 0) throw new CommandError('--since must be greater than 0');
  if (args.number('tail') < -1) throw new CommandError('--tail must be greater than or equal to -1');
}

/** One container whose lines are printed. */
interface Source {
  readonly pod: Pod;
  readonly container: Container;
  /** The run that is read; undefined before it is known. */
  run: number | undefined;
  /** How many of its lines were printed or passed over. */
  printed: number;
  isOver: boolean;
}

function* sourcesOf(args: ParsedArgs, ctx: VerbContext): Generator<CommandStep, Source[], void> {
  const selector = args.text('selector');
  if (args.words.length === 0 && !selector) {
    throw usageError(
      ctx.path,
      "expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.\nPOD or TYPE/NAME is a required argument for the logs command",
    );
  }
  const pods = selector ? yield* selectedPods(selector, ctx) : yield* namedPods(args.words[0] as string, args, ctx);
  const sources: Source[] = [];
  for (const pod of pods) {
    const name = args.text('container') || args.words[1] || '';
    const containers = args.isOn('all-containers') ? allContainers(pod) : [yield* chooseContainer(pod, name)];
    for (const container of containers) sources.push({ pod, container, run: undefined, printed: 0, isOver: false });
  }
  return sources;
}

function* selectedPods(selector: string, ctx: VerbContext): Generator<CommandStep, Pod[], void> {
  const kind = mustFindKind('pods', ctx);
  const pods = (listObjects(kind, ctx.namespace, ctx) as Pod[]).filter(selectorFilter(kind, selector, ''));
  if (pods.length === 0) yield err(`No resources found in ${ctx.namespace} namespace.`);
  return pods;
}

function* namedPods(word: string, args: ParsedArgs, ctx: VerbContext): Generator<CommandStep, readonly Pod[], void> {
  try {
    const { object, pods } = podsOf(word, ctx);
    const [first] = pods;
    if (!first || object.kind === 'Pod' || args.isOn('all-pods')) return pods;
    if (pods.length > 1) yield err(`Found ${pods.length} pods, using pod/${first.metadata.name}`);
    return [first];
  } catch (error) {
    // kubectl logs asks in a way of its own, and words it so.
    if (!(error instanceof ApiError) || error.reason !== 'NotFound') throw error;
    throw new CommandError(`error from server (NotFound): ${error.message} in namespace "${ctx.namespace}"`);
  }
}

// One container -------------------------------------------------------------------------------------------------------

function* printNew(source: Source, args: ParsedArgs, ctx: VerbContext): Generator<CommandStep, void, void> {
  if (source.isOver) return;
  const { pod, container } = source;
  const now = ctx.client.snapshot().get('Pod', keyOf(pod)) as Pod | undefined;
  const isSame = now !== undefined && now.metadata.uid === pod.metadata.uid;
  if (!isSame && source.run === undefined) return;
  if (isSame && source.run === undefined) source.run = runOf(now, container, args.isOn('previous'), ctx);
  const log = insideOf(ctx.client.snapshot(), ctx.namespace, pod.metadata.name)?.containers[container.name]?.log;
  const run = log?.find((each) => each.run === source.run);
  const status = isSame ? statusOf(now, container) : undefined;
  if (run) yield* printRun(source, run, args, ctx);
  else if (log && status?.state.terminated) yield { type: 'stdout', text: `unable to retrieve container logs for ${status.containerID}` };
  source.isOver = !status?.state.running || status.restartCount !== source.run;
}

function* printRun(source: Source, { lines, dropped }: LogRun, args: ParsedArgs, ctx: VerbContext): Generator<CommandStep, void, void> {
  const isFirst = source.printed === 0;
  const fresh = lines.slice(Math.max(0, source.printed - dropped));
  source.printed = dropped + lines.length;
  const wanted = isFirst ? lastOf(fresh.filter(sinceFilter(args, ctx)), tailOf(args)) : fresh;
  const prefix = args.isOn('prefix') ? `[pod/${source.pod.metadata.name}/${source.container.name}] ` : '';
  let bytes = args.number('limit-bytes') || Number.POSITIVE_INFINITY;
  for (const line of wanted) {
    const text = `${args.isOn('timestamps') ? `${nanoTime(line.atMs)} ` : ''}${lineText(line)}`.slice(0, bytes);
    bytes -= text.length;
    if (text) yield { type: 'stdout', text: `${prefix}${text}` };
  }
}

function tailOf(args: ParsedArgs): number {
  const tail = args.number('tail');
  return tail === -1 && args.text('selector') ? SELECTED_TAIL : tail;
}

function lastOf(lines: readonly LogLine[], tail: number): readonly LogLine[] {
  if (tail < 0) return lines;
  return tail === 0 ? [] : lines.slice(-tail);
}

function sinceFilter(args: ParsedArgs, ctx: VerbContext): (line: LogLine) => boolean {
  const sinceTime = args.text('since-time');
  const sinceMs = args.durationMs('since') > 0 ? ctx.client.nowMs - args.durationMs('since') : undefined;
  const fromMs = sinceTime ? fromTimestamp(sinceTime) : sinceMs;
  return ({ atMs }) => fromMs === undefined || atMs >= fromMs;
}

/** RFC 3339 with nanoseconds, as the runtime writes its logs. */
function nanoTime(ms: number): string {
  return `${new Date(EPOCH_MS + ms).toISOString().slice(0, 23)}000000Z`;
}

function statusOf({ status }: Pod, { name }: Container): ContainerStatus | undefined {
  return [...(status.containerStatuses ?? []), ...(status.initContainerStatuses ?? []), ...(status.ephemeralContainerStatuses ?? [])].find(
    (each) => each.name === name,
  );
}

/** The run of the container whose lines are meant; refuses one that has not begun. */
function runOf(pod: Pod, container: Container, isPrevious: boolean, ctx: VerbContext): number {
  const { metadata } = pod;
  const { name } = container;
  const node = machineOf(pod);
  const unreachable = unreachableText(
    node,
    `Get "https://ADDRESS:10250/containerLogs/${metadata.namespace}/${metadata.name}/${name}": `,
    ctx,
  );
  if (unreachable !== undefined) throw new Unreachable(unreachable);
  const found = statusOf(pod, container);
  const start = `container "${name}" in pod "${metadata.name}" is waiting to start`;
  if (isPrevious && !found?.lastState.terminated) {
    throw new ApiError('BadRequest', `previous terminated container "${name}" in pod "${metadata.name}" not found`);
  }
  if (!found) throw new ApiError('BadRequest', `${start}: no container status`);
  const { waiting } = found.state;
  if (waiting && !found.lastState.terminated) throw new ApiError('BadRequest', `${start}: ${waitingText(waiting.reason)}`);
  return isPrevious && !waiting ? found.restartCount - 1 : found.restartCount;
}

function waitingText(reason = ''): string {
  if (reason === 'ErrImagePull') return "image can't be pulled";
  return reason === 'ImagePullBackOff' ? 'trying and failing to pull image' : reason;
}
