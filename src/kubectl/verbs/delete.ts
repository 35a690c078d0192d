// kubectl delete: ask the server to delete objects, then wait until they are gone.
// Models kubectl/pkg/cmd/delete/{delete,delete_flags}.go and IsDeleted of kubectl/pkg/cmd/wait/delete.go.
// Leaves out: --interactive, --raw.

import type { DeletionPropagation } from '../../cluster/deletion.ts';
import { ApiError } from '../../kube/errors.ts';
import type { Kind } from '../../kube/kind.ts';
import { nameInRequests } from '../../kube/kindTable.ts';
import type { CommandStep } from '../command.ts';
import { CommandError, throwAll, withSource } from '../errors.ts';
import { fileFlags, isWithFiles, readItems } from '../files.ts';
import type { ParsedArgs } from '../parse.ts';
import { findResources, namedPairs, nameOf, namespaceOf, objectOf } from '../resources.ts';
import {
  allFlag,
  allNamespacesFlag,
  dryRunFlag,
  err,
  fieldSelectorFlag,
  outputFlag,
  selectorFlag,
  type Verb,
  type VerbContext,
} from '../verb.ts';
import { attempt, type DryRun, dryRunOf, dryRunSuffix } from '../writing.ts';

export const deleteVerb: Verb = {
  name: 'delete',
  usage: '([-f FILENAME] | TYPE [(NAME | -l label | --all)])',
  summary: 'Delete resources by file names, stdin, resources and names, or by resources and label selector',
  examples: [
    { why: 'One pod', line: 'kubectl delete pod web-1' },
    { why: 'All pods with a label', line: 'kubectl delete pods -l app=web' },
    { why: 'A Deployment, leaving its pods alone', line: 'kubectl delete deploy web --cascade=orphan' },
    { why: 'A pod whose node does not answer', line: 'kubectl delete pod web-1 --force' },
  ],
  flags: [
    ...fileFlags,
    selectorFlag,
    fieldSelectorFlag,
    allFlag,
    allNamespacesFlag,
    { ...outputFlag, help: 'name: print only what was deleted.' },
    dryRunFlag,
    {
      name: 'cascade',
      type: 'string',
      default: 'background',
      alone: 'background',
      help: 'What happens to dependents: background, foreground or orphan.',
    },
    { name: 'force', type: 'bool', help: 'Remove at once from the API, without waiting for the kubelet.' },
    { name: 'grace-period', type: 'int', default: '-1', help: 'Seconds that a pod has to end; negative for its own.' },
    { name: 'ignore-not-found', type: 'bool', help: 'Not finding an object is a success. The default with --all and -l.' },
    { name: 'interactive', short: 'i', type: 'bool', help: 'Refused: nobody answers questions here.' },
    { name: 'now', type: 'bool', help: 'A grace period of 1 second.' },
    { name: 'timeout', type: 'duration', default: '0s', help: 'How long to wait; 0 for as long as it takes.' },
    { name: 'wait', type: 'bool', default: 'true', help: 'Return only when the objects are gone.' },
    { name: 'raw', type: 'string', help: 'Refused.' },
  ],

  *run(args, ctx) {
    const cascade = BOOLEAN_CASCADES[args.text('cascade')];
    if (cascade)
      yield err(`warning: --cascade=${args.text('cascade')} is deprecated (boolean value) and can be replaced with --cascade=${cascade}.`);
    const plan = planOf(args);
    const found = victims(args, ctx);
    if (plan.isForced && plan.graceSeconds === 0) {
      yield err(
        'Warning: Immediate deletion does not wait for confirmation that the running resource has been terminated. The resource may continue to run on the cluster indefinitely.',
      );
    }
    const errors: Error[] = [...found.errors];
    const deleted: Victim[] = [];
    let isWarned = !ctx.isNamespaceGiven || args.isOn('all-namespaces');
    for (const victim of found.victims) {
      if (!isWarned && !victim.kind.namespaced) {
        isWarned = true;
        yield err('Warning: deleting cluster-scoped resources, not scoped to the provided namespace');
      }
      const step = send(victim, plan, errors, ctx);
      if (!step) continue;
      deleted.push({ ...victim, uid: step.uid });
      yield { type: 'stdout', text: lineOf(victim, plan) };
    }
    throwAll(errors.filter((error) => !(plan.isIgnoring && error instanceof ApiError && error.reason === 'NotFound')));
    if (found.victims.length === 0) {
      yield { type: 'stdout', text: 'No resources found\n' };
      return 0;
    }
    if (plan.isWaiting && plan.dryRun === 'none') yield* waitUntilGone(deleted, plan.timeoutMs, ctx);
    return 0;
  },
};

/** What the values of before 1.20 mean now. */
const BOOLEAN_CASCADES: Readonly<Record<string, string>> = { true: 'background', false: 'orphan' };

interface Plan {
  readonly propagation: DeletionPropagation;
  /** Undefined for the object's own. */
  readonly graceSeconds: number | undefined;
  readonly isForced: boolean;
  readonly isIgnoring: boolean;
  readonly isWaiting: boolean;
  readonly isShort: boolean;
  readonly timeoutMs: number;
  readonly dryRun: DryRun;
}

const WEEK_MS = 168 * 3_600_000;

function planOf(args: ParsedArgs): Plan {
  let graceSeconds = args.number('grace-period');
  const isForced = args.isOn('force');
  const isSelecting = args.isOn('all') || args.text('selector') !== '' || args.text('field-selector') !== '';
  if (args.isOn('interactive')) throw new CommandError('nobody answers questions here: --interactive cannot be used');
  if (args.text('raw')) throw new CommandError('--raw is not part of this kubectl');
  if (args.isOn('now')) {
    if (graceSeconds !== -1) throw new CommandError('--now and --grace-period cannot be specified together');
    graceSeconds = 1;
  }
  if (graceSeconds === 0 && !isForced) graceSeconds = 1;
  if (isForced && graceSeconds < 0) graceSeconds = 0;
  const propagation = propagationOf(args.text('cascade'));
  const output = args.text('output');
  if (output !== '' && output !== 'name') throw new CommandError(`unexpected -o output mode: ${output}. We only support '-o name'`);
  if (args.isOn('all') && args.text('selector')) throw new CommandError('cannot set --all and --selector at the same time');
  if (args.isOn('all') && args.text('field-selector')) throw new CommandError('cannot set --all and --field-selector at the same time');
  if (isForced && graceSeconds > 0) throw new CommandError('--force and --grace-period greater than 0 cannot be specified together');
  return {
    propagation,
    graceSeconds: graceSeconds < 0 ? undefined : graceSeconds,
    isForced,
    isIgnoring: args.has('ignore-not-found') ? args.isOn('ignore-not-found') : isSelecting,
    isWaiting: args.isOn('wait'),
    isShort: output === 'name',
    timeoutMs: args.durationMs('timeout') || WEEK_MS,
    dryRun: dryRunOf(args),
  };
}

function propagationOf(text: string): DeletionPropagation {
  switch (text) {
    case 'background':
    case 'true':
      return 'Background';
    case 'foreground':
      return 'Foreground';
    case 'orphan':
    case 'false':
      return 'Orphan';
    default:
      throw new CommandError(`invalid cascade value (${text}). Must be "background", "foreground", or "orphan"`);
  }
}

interface Victim {
  readonly kind: Kind;
  readonly namespace: string | undefined;
  readonly name: string;
  /** Of a manifest: how errors name it. */
  readonly source?: string;
  readonly uid?: string | undefined;
}

/** What is to be deleted. Named objects are not looked up first: the server says what is not there. */
function victims(args: ParsedArgs, ctx: VerbContext): { readonly victims: readonly Victim[]; readonly errors: readonly Error[] } {
  if (isWithFiles(args)) {
    const { items, errors } = readItems(args, ctx);
    return { victims: items, errors };
  }
  if (args.words.length === 0 && (args.isOn('all') || args.text('selector') || args.text('field-selector')))
    throw new CommandError('at least one resource must be specified to use a selector');
  const isNamed = !args.text('selector') && !args.isOn('all') && !args.isOn('all-namespaces');
  const pairs = isNamed ? namedPairs(args.words, ctx) : undefined;
  if (!pairs) return { victims: findResources(args, ctx).targets, errors: [] };
  return { victims: pairs.map(({ kind, name }) => ({ kind, namespace: namespaceOf(kind, ctx), name })), errors: [] };
}

/** Deletes one object; undefined where the server refuses. */
function send(
  { kind, namespace, name, source }: Victim,
  plan: Plan,
  errors: Error[],
  ctx: VerbContext,
): { readonly uid: string | undefined } | undefined {
  if (plan.dryRun === 'client') return { uid: undefined };
  const options = {
    propagationPolicy: plan.propagation,
    ...(plan.graceSeconds === undefined ? {} : { gracePeriodSeconds: plan.graceSeconds }),
    ...(plan.dryRun === 'server' ? { dryRun: true } : {}),
  };
  const deleted = attempt(
    errors,
    () => ctx.client.request({ verb: 'delete', kind: nameInRequests(kind), namespace, name, options }),
    (error) => (source ? withSource(error, 'deleting', source) : error),
  );
  return deleted && { uid: deleted.metadata.uid };
}

function lineOf({ kind, namespace, name }: Victim, plan: Plan): string {
  const full = nameOf(kind, name);
  if (plan.isShort) return `${full}\n`;
  const operation = `${plan.graceSeconds === 0 ? 'force deleted' : 'deleted'}${dryRunSuffix(plan.dryRun)}`;
  return `${full.slice(0, full.indexOf('/'))} "${name}" ${operation}${namespace ? ` from ${namespace} namespace` : ''}\n`;
}

/** Waits for one after the other; another object of the same name counts as gone. */
export function* waitUntilGone(deleted: readonly Victim[], timeoutMs: number, ctx: VerbContext): Generator<CommandStep, void, void> {
  for (const { kind, namespace, name, uid } of deleted) {
    const untilMs = ctx.client.nowMs + timeoutMs;
    for (;;) {
      const object = objectOf(kind, namespace, name, ctx);
      if (!object || object.metadata.uid !== uid) break;
      if (ctx.client.nowMs >= untilMs) throw new CommandError(`timed out waiting for the condition on ${kind.plural}/${name}`);
      yield { type: 'wait', untilMs };
    }
  }
}
