// kubectl scale: another number of replicas.
// Models kubectl/pkg/cmd/scale/scale.go and kubectl/pkg/scale/scale.go.
import { ApiError } from '../../kube/errors.ts';
import { groupOf } from '../../kube/kind.ts';
import { type KubeObject } from '../../kube/meta.ts';
import { numberAt } from '../../kube/scale.ts';
import type { CommandStep } from '../command.ts';
import { CommandError, throwAll } from '../errors.ts';
import { fileFlags } from '../files.ts';
import type { ParsedArgs } from '../parse.ts';
import { requireFlags } from '../requireFlags.ts';
import { findResources, objectOf, type Target } from '../resources.ts';
import { allFlag, selectorFlag, type Verb, type VerbContext } from '../verb.ts';
import { type DryRun, dryRunOf, reporterOf, sendPatch, writingFlags } from '../writing.ts';

export const scale: Verb = {
  name: 'scale',
  usage: '[--resource-version=version] [--current-replicas=count] --replicas=COUNT (-f FILENAME | TYPE NAME)',
  summary: 'Set a new size for a deployment, replica set, or replication controller',
  examples: [
    { why: 'Three pods', line: 'kubectl scale deployment/web --replicas=3' },
    { why: 'Only if there are two now', line: 'kubectl scale deployment/web --current-replicas=2 --replicas=3' },
  ],
  flags: [
    ...fileFlags,
    selectorFlag,
    allFlag,
    { name: 'replicas', type: 'int', default: '0', help: 'The new number of replicas.' },
    { name: 'current-replicas', type: 'int', default: '-1', help: 'Scale only from this number.' },
    { name: 'resource-version', type: 'string', help: 'Scale only this version of the object.' },
    { name: 'timeout', type: 'duration', default: '0s', help: 'How long to wait for the replicas; 0 for not at all.' },
    ...writingFlags,
  ],

  *run(args, ctx) {
    requireFlags(args, ['replicas']);
    const replicas = args.number('replicas');
    if (replicas < 0) throw new CommandError('The --replicas=COUNT flag is required, and COUNT must be greater than or equal to 0');
    if (args.number('current-replicas') < -1) throw new CommandError('The --current-replicas must specify an integer of -1 or greater');
    const dryRun = dryRunOf(args);
    const report = reporterOf(args);
    const { targets, errors } = findResources(args, ctx, { isListAllowed: args.isOn('all') || args.text('selector') !== '' });
    if (args.text('resource-version') && targets.length > 1)
      throw new CommandError('cannot use --resource-version with multiple resources');
    if (targets.length === 0) {
      throwAll(errors);
      throw new CommandError('no objects passed to scale');
    }
    for (const target of targets) {
      if (dryRun !== 'client') yield* scaleOne(target, replicas, args, ctx, dryRun);
      yield report(withReplicas(target.object, replicas), 'scaled');
    }
    throwAll(errors);
    return 0;
  },
};

/** What scale prints with -o: the object as it was read, with the new number. */
function withReplicas(object: KubeObject, replicas: number): KubeObject {
  const group = groupOf(object.apiVersion);
  return group === 'apps' || group === '' ? { ...object, spec: { ...(object.spec as object), replicas } } : object;
}

interface Observed {
  readonly status?: { readonly observedGeneration?: number };
}

function* scaleOne(
  target: Target,
  replicas: number,
  args: ParsedArgs,
  ctx: VerbContext,
  dryRun: DryRun,
): Generator<CommandStep, void, void> {
  const { kind, namespace, name, object } = target;
  if (!kind.scale) throw new ApiError('NotFound', 'the server could not find the requested resource');
  const wanted = args.number('current-replicas');
  const current = numberAt(object, kind.scale.specReplicasPath) ?? 1;
  if (wanted !== -1 && wanted !== current) throw new CommandError(`Expected replicas to be ${wanted}, was ${current}`);
  const version = args.text('resource-version');
  if (version && version !== object.metadata.resourceVersion) {
    throw new CommandError(`Expected resource version to be ${version}, was ${object.metadata.resourceVersion}`);
  }
  const scaled = sendPatch(target, { spec: { replicas } }, 'merge', ctx, dryRun, 'scale');
  const timeoutMs = args.durationMs('timeout');
  if (timeoutMs === 0 || dryRun !== 'none') return;
  const untilMs = ctx.client.nowMs + timeoutMs;
  for (;;) {
    const now = objectOf(kind, namespace, name, ctx);
    const isSeen = ((now as Observed | undefined)?.status?.observedGeneration ?? 0) >= (scaled.metadata.generation ?? 0);
    if (!now || (isSeen && (numberAt(now, kind.scale.statusReplicasPath) ?? 0) === replicas)) return;
    if (ctx.client.nowMs >= untilMs) throw new CommandError(`timed out waiting for ${JSON.stringify(name)} to be synced`);
    yield { type: 'wait', untilMs };
  }
}
