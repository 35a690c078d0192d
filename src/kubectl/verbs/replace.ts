// kubectl replace: put an object in the place of the stored one.
// Models kubectl/pkg/cmd/replace/replace.go. Leaves out: --raw, --subresource.
import { nameInRequests } from '../../kube/kindTable.ts';
import { type KubeObject } from '../../kube/meta.ts';
import type { CommandStep, Running } from '../command.ts';
import { CommandError, throwAll, usageError, withSource } from '../errors.ts';
import { fileFlags, isWithFiles, readItems } from '../files.ts';
import { lastAppliedOf, withLastApplied } from '../lastApplied.ts';
import type { ManifestTarget } from '../manifests.ts';
import type { ParsedArgs } from '../parse.ts';
import { nameOf, objectOf } from '../resources.ts';
import { unknownFieldWarnings, validationOf } from '../validation.ts';
import type { Verb, VerbContext } from '../verb.ts';
import { attempt, type DryRun, dryRunOf, reporterOf, saveConfigFlag, sendCreate, validateFlag, writingFlags } from '../writing.ts';

export const replace: Verb = {
  name: 'replace',
  usage: '-f FILENAME',
  summary: 'Replace a resource by file name or stdin',
  examples: [{ why: 'Put the text beside the command in its place', line: 'kubectl replace -f -' }],
  flags: [
    ...fileFlags,
    ...writingFlags,
    validateFlag,
    saveConfigFlag,
    { name: 'force', type: 'bool', help: 'Delete and create again.' },
    { name: 'cascade', type: 'string', default: 'background', alone: 'background', help: 'With --force: what happens to dependents.' },
    { name: 'grace-period', type: 'int', default: '-1', help: 'With --force: seconds that a pod has to end.' },
    { name: 'timeout', type: 'duration', default: '0s', help: 'With --force: how long to wait for the deletion; 0 for 5 minutes.' },
    { name: 'wait', type: 'bool', help: 'Accepted.' },
  ],

  *run(args, ctx) {
    if (args.words.length > 0) throw usageError(ctx.path, `Unexpected args: [${args.words.join(' ')}]`);
    if (!isWithFiles(args)) throw new CommandError('must specify one of -f and -k');
    if (args.number('grace-period') >= 0 && !args.isOn('force')) throw new CommandError('--grace-period must have --force specified');
    if (args.durationMs('timeout') !== 0 && !args.isOn('force')) throw new CommandError('--timeout must have --force specified');
    const dryRun = dryRunOf(args);
    const { items, errors: unreadable } = readItems(args, ctx);
    const errors: Error[] = [...unreadable];
    if (args.isOn('force')) return yield* replaceByForce(items, errors, args, ctx);
    const report = reporterOf(args);
    for (const item of items) {
      for (const text of validationOf(args) === 'warn' ? unknownFieldWarnings(item, ctx) : [])
        yield { type: 'stderr', text: `Warning: ${text}\n` };
      const object = saved(item, args);
      const replaced =
        dryRun === 'client'
          ? object
          : attempt(
              errors,
              () => sendUpdate(object, args, ctx, dryRun),
              (error) => withSource(error, 'replacing', item.source),
            );
      if (replaced) {
        yield report(replaced, 'replaced');
      }
    }
    throwAll(errors);
    return 0;
  },
};

/** With the annotation of kubectl apply where it is asked for, or kept already. */
function saved({ object }: ManifestTarget, args: ParsedArgs): KubeObject {
  return args.isOn('save-config') || lastAppliedOf(object) ? withLastApplied(object) : object;
}

function sendUpdate(object: KubeObject, args: ParsedArgs, ctx: VerbContext, dryRun: DryRun): KubeObject {
  return ctx.client.request({
    verb: 'update',
    object,
    strict: validationOf(args) === 'strict',
    ...(dryRun === 'server' ? { dryRun: true } : {}),
  });
}

const FORCE_TIMEOUT_MS = 300_000;

function* replaceByForce(items: readonly ManifestTarget[], errors: Error[], args: ParsedArgs, ctx: VerbContext): Running {
  const grace = args.number('grace-period');
  for (const item of items) {
    const { kind, namespace, name } = item;
    const propagationPolicy =
      args.text('cascade') === 'orphan' ? 'Orphan' : args.text('cascade') === 'foreground' ? 'Foreground' : 'Background';
    const options = { propagationPolicy, ...(grace < 0 ? {} : { gracePeriodSeconds: grace }) } as const;
    const isThere = objectOf(kind, namespace, name, ctx) !== undefined;
    if (!isThere) continue;
    const deleted = attempt(errors, () => ctx.client.request({ verb: 'delete', kind: nameInRequests(kind), namespace, name, options }));
    const full = nameOf(kind, name);
    if (deleted) {
      const where = namespace ? ` from ${namespace} namespace` : '';
      yield {
        type: 'stdout',
        text: `${full.slice(0, full.indexOf('/'))} "${name}" ${grace === 0 ? 'force deleted' : 'deleted'}${where}\n`,
      };
    }
  }
  throwAll(errors);
  yield* waitUntilAllGone(items, args.durationMs('timeout') || FORCE_TIMEOUT_MS, ctx);
  const report = reporterOf(args);
  for (const item of items) {
    const strict = validationOf(args) === 'strict';
    const created = attempt(errors, () => sendCreate(saved(item, args), ctx, { strict }));
    if (created) yield report(created, 'replaced');
  }
  throwAll(errors);
  return 0;
}

function* waitUntilAllGone(items: readonly ManifestTarget[], timeoutMs: number, ctx: VerbContext): Generator<CommandStep, void, void> {
  const untilMs = ctx.client.nowMs + timeoutMs;
  for (const { kind, namespace, name } of items) {
    while (objectOf(kind, namespace, name, ctx)) {
      if (ctx.client.nowMs >= untilMs) throw new CommandError('timed out waiting for the condition');
      yield { type: 'wait', untilMs };
    }
  }
}
