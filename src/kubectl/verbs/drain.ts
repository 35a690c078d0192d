// kubectl drain: cordon a node, evict its pods, wait until they are gone.
// Models kubectl/pkg/cmd/drain/drain.go and kubectl/pkg/drain/drain.go: every pod is evicted and waited for by itself,
// in steps of one second; a budget's refusal is tried again after five.
import { ApiError } from '../../kube/errors.ts';
import type { Pod } from '../../kube/kinds/pod.ts';
import { matchesRequirements } from '../../kube/labels.ts';
import { keyOf } from '../../kube/meta.ts';
import { parseSelector, SelectorError } from '../../kube/selectorText.ts';
import type { CommandStep } from '../command.ts';
import { type Drained, type DrainOptions, isLongDeleted, podsToDrain } from '../drainPods.ts';
import { CommandError, CommandErrors, throwAll } from '../errors.ts';
import type { ParsedArgs } from '../parse.ts';
import type { Target } from '../resources.ts';
import { dryRunFlag, selectorFlag, type Verb, type VerbContext } from '../verb.ts';
import { type DryRun, dryRunOf } from '../writing.ts';
import { completeNode, cordonNodes, nodesOf, say } from './cordon.ts';

export const drain: Verb = {
  name: 'drain',
  usage: 'NODE',
  summary: 'Drain node in preparation for maintenance',
  examples: [
    { why: 'Empty a node', line: 'kubectl drain node-1 --ignore-daemonsets' },
    { why: 'Even pods that nothing would make again', line: 'kubectl drain node-1 --force' },
  ],
  flags: [
    selectorFlag,
    dryRunFlag,
    { name: 'force', type: 'bool', help: 'Delete pods that no controller owns, too.' },
    { name: 'ignore-daemonsets', type: 'bool', help: 'Leave pods of DaemonSets where they are.' },
    { name: 'delete-emptydir-data', type: 'bool', help: 'Delete pods with emptyDir volumes, too.' },
    { name: 'disable-eviction', type: 'bool', help: 'Delete instead of evicting: budgets are not asked.' },
    { name: 'grace-period', type: 'int', default: '-1', help: 'Seconds that a pod has to end; negative for its own.' },
    { name: 'pod-selector', type: 'string', help: 'Only the pods with these labels.' },
    {
      name: 'skip-wait-for-delete-timeout',
      type: 'int',
      default: '0',
      help: 'Leave pods alone that have been ending for longer, in seconds.',
    },
    { name: 'timeout', type: 'duration', default: '0s', help: 'How long to go on; 0 for as long as it takes.' },
    { name: 'chunk-size', type: 'int', default: '500', help: 'Accepted; lists are never cut.' },
  ],
  complete: completeNode,

  *run(args, ctx) {
    const options = optionsOf(args);
    const { targets, errors } = nodesOf('drain', args, ctx);
    throwAll(errors);
    yield* cordonNodes(targets, true, options.dryRun, ctx);
    const failures: Error[] = [];
    const remaining: Target[] = [];
    for (const node of targets) {
      const failure = yield* drainNode(node, options, ctx);
      if (failure.length === 0) {
        yield say(node, 'drained', options.dryRun);
        continue;
      }
      failures.push(...failure);
      remaining.push(node);
      yield stderr(`error: unable to drain node "${node.name}" due to error: ${listed(failure)}, continuing command...\n`);
    }
    if (remaining.length === 0) return 0;
    yield stderr(`There are pending nodes to be drained:\n${remaining.map(({ name }) => ` ${name}\n`).join('')}`);
    throw new CommandErrors(failures);
  },
};

interface Options extends DrainOptions {
  readonly isEvicting: boolean;
  readonly graceSeconds: number | undefined;
  /** 0 for no end. */
  readonly timeoutMs: number;
  readonly timeoutText: string;
  readonly dryRun: DryRun;
}

function optionsOf(args: ParsedArgs): Options {
  const grace = args.number('grace-period');
  return {
    isForced: args.isOn('force'),
    isIgnoringDaemonSets: args.isOn('ignore-daemonsets'),
    isDeletingEmptyDirs: args.isOn('delete-emptydir-data'),
    skipAfterSeconds: args.number('skip-wait-for-delete-timeout'),
    isWanted: podFilter(args.text('pod-selector')),
    isEvicting: !args.isOn('disable-eviction'),
    graceSeconds: grace < 0 ? undefined : grace,
    timeoutMs: args.durationMs('timeout'),
    timeoutText: goDuration(args.durationMs('timeout')),
    dryRun: dryRunOf(args),
  };
}

function podFilter(selector: string): (pod: Pod) => boolean {
  if (!selector) return () => true;
  try {
    const requirements = parseSelector(selector);
    return ({ metadata }) => matchesRequirements(requirements, metadata.labels);
  } catch (error) {
    if (!(error instanceof SelectorError)) throw error;
    throw new CommandError(error.message);
  }
}

/** A duration as Go prints it: `12s`, `1m30s`, `1h0m0s`. */
function goDuration(ms: number): string {
  const hours = Math.floor(ms / 3_600_000);
  const minutes = Math.floor(ms / 60_000) % 60;
  const seconds = (ms % 60_000) / 1000;
  return `${hours > 0 ? `${hours}h` : ''}${hours > 0 || minutes > 0 ? `${minutes}m` : ''}${seconds}s`;
}

const stderr = (text: string): CommandStep => ({ type: 'stderr', text });
const listed = (errors: readonly Error[]): string =>
  errors.length === 1 ? (errors[0] as Error).message : `[${errors.map(({ message }) => message).join(', ')}]`;

/** Empties one node. Returns what went wrong. */
function* drainNode(node: Target, options: Options, ctx: VerbContext): Generator<CommandStep, readonly Error[], void> {
  const find = (): Drained => podsToDrain(node.name, options, ctx.client.snapshot(), ctx.client.nowMs);
  const { pods, errors, warnings } = find();
  if (errors.length > 0) return errors;
  if (warnings) yield stderr(`Warning: ${warnings}\n`);
  if (options.dryRun === 'client') {
    for (const pod of pods) yield { type: 'stdout', text: `evicting pod ${nameOfPod(pod)} (dry run)\n` };
    return [];
  }
  const failures = yield* takeAway(pods, options, ctx);
  if (failures.length === 0) return [];
  const pending = find();
  if (pending.pods.length > 0) {
    yield stderr(`There are pending pods in node "${node.name}" when an error occurred: ${listed(failures)}\n`);
    for (const { metadata } of pending.pods) yield stderr(`pod/${metadata.name}\n`);
  }
  if (pending.errors.length > 0) {
    yield stderr(`Following errors occurred while getting the list of pods to delete:\n${listed(pending.errors)}`);
  }
  return failures;
}

const nameOfPod = ({ metadata }: Pod): string => `${metadata.namespace}/${metadata.name}`;

/** One pod on its way out. */
interface Leaving {
  readonly pod: Pod;
  /** When it is looked at next; undefined once it is gone or given up. */
  dueMs: number | undefined;
  isSent: boolean;
}

const POLL_MS = 1000;
const RETRY_MS = 5000;

function* takeAway(pods: readonly Pod[], options: Options, ctx: VerbContext): Generator<CommandStep, readonly Error[], void> {
  const startMs = ctx.client.nowMs;
  const endMs = options.timeoutMs > 0 ? startMs + options.timeoutMs : Number.POSITIVE_INFINITY;
  const leaving: Leaving[] = pods.map((pod) => ({ pod, dueMs: startMs, isSent: false }));
  const failures: Error[] = [];
  for (;;) {
    const due = leaving.filter(({ dueMs = Number.POSITIVE_INFINITY }) => dueMs <= ctx.client.nowMs);
    // All are asked to go before any is seen to be gone.
    for (const step of [send, look])
      for (const each of due) {
        if (each.isSent !== (step === look)) continue;
        const failure = yield* step(each, endMs, options, ctx);
        if (failure) failures.push(failure);
        if (failure && !options.isEvicting) return failures;
      }
    const dues = leaving.flatMap(({ dueMs }) => dueMs ?? []);
    if (dues.length === 0) return failures;
    const untilMs = Math.min(...dues);
    while (ctx.client.nowMs < untilMs) yield { type: 'wait', untilMs };
  }
}

/** Looks whether a pod is gone. Returns the failure that ends it. */
function* look(each: Leaving, endMs: number, options: Options, ctx: VerbContext): Generator<CommandStep, Error | undefined, void> {
  const { pod } = each;
  const now = ctx.client.snapshot().get('Pod', keyOf(pod));
  if (!now || now.metadata.uid !== pod.metadata.uid) {
    each.dueMs = undefined;
    yield { type: 'stdout', text: `pod/${pod.metadata.name} ${options.isEvicting ? 'evicted' : 'deleted'}\n` };
    return undefined;
  }
  if (isLongDeleted(now.metadata.deletionTimestamp, options.skipAfterSeconds, ctx.client.nowMs)) {
    each.dueMs = undefined;
    yield {
      type: 'stdout',
      text: `pod "${pod.metadata.name}" has DeletionTimestamp older than ${options.skipAfterSeconds} seconds, skipping\n`,
    };
    return undefined;
  }
  if (ctx.client.nowMs >= endMs) {
    each.dueMs = undefined;
    const why = 'context deadline exceeded';
    if (!options.isEvicting) return new CommandError(why);
    const { name, namespace } = pod.metadata;
    return new CommandError(`error when waiting for pod "${name}" in namespace "${namespace}" to terminate: ${why}`);
  }
  each.dueMs = Math.min(ctx.client.nowMs + POLL_MS, endMs);
  return undefined;
}

/** Evicts a pod. Returns the failure that ends it. */
function* send(each: Leaving, endMs: number, options: Options, ctx: VerbContext): Generator<CommandStep, Error | undefined, void> {
  const { name, namespace = '' } = each.pod.metadata;
  const where = `pods/"${name}" -n "${namespace}"`;
  const isServerDryRun = options.dryRun === 'server';
  if (options.isEvicting) {
    yield { type: 'stdout', text: `evicting pod ${namespace}/${name}${isServerDryRun ? ' (server dry run)' : ''}\n` };
    if (ctx.client.nowMs >= endMs) {
      each.dueMs = undefined;
      return new CommandError(`error when evicting ${where}: global timeout reached: ${options.timeoutText}`);
    }
  }
  try {
    request(namespace, name, options, ctx);
    each.isSent = !isServerDryRun;
    if (isServerDryRun) each.dueMs = undefined;
    return undefined;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (error.reason === 'TooManyRequests') {
      yield stderr(`error when evicting ${where} (will retry after 5s): ${error.message}\n`);
      each.dueMs = ctx.client.nowMs + RETRY_MS;
      return undefined;
    }
    if (error.reason === 'NotFound' && !options.isEvicting) {
      each.isSent = true;
      return undefined;
    }
    each.dueMs = undefined;
    if (error.reason === 'NotFound') return undefined;
    return options.isEvicting ? new CommandError(`error when evicting ${where}: ${error.message}`) : error;
  }
}

function request(namespace: string, name: string, options: Options, ctx: VerbContext): void {
  const deletion = {
    ...(options.graceSeconds === undefined ? {} : { gracePeriodSeconds: options.graceSeconds }),
    ...(options.dryRun === 'server' ? { dryRun: true } : {}),
  };
  if (options.isEvicting) ctx.client.request({ verb: 'evict', namespace, name, options: deletion });
  else ctx.client.request({ verb: 'delete', kind: 'Pod', namespace, name, options: deletion });
}
