// kubectl patch: change fields of an object by a strategic merge patch, a merge patch or a JSON patch.
// Models kubectl/pkg/cmd/patch/patch.go. Leaves out: --local, --patch-file (there are no files here).
import { isEqual } from '../../base/equal.ts';
import { kindsOf } from '../../kube/custom/served.ts';
import { ApiError } from '../../kube/errors.ts';
import { applyPatch, type PatchType, unknownFieldsOf } from '../../kube/patch.ts';
import { CommandError, throwAll } from '../errors.ts';
import { fileFlags } from '../files.ts';
import type { ParsedArgs } from '../parse.ts';
import { parsePatchText } from '../patchText.ts';
import { findResources, type Target } from '../resources.ts';
import type { Verb, VerbContext } from '../verb.ts';
import { attempt, type DryRun, localFlag, reporterOf, sendingOf, sendPatch, writingFlags } from '../writing.ts';

export const patch: Verb = {
  name: 'patch',
  usage: '(-f FILENAME | TYPE NAME) [-p PATCH|--patch-file FILE]',
  summary: 'Update fields of a resource',
  examples: [
    { why: 'One field', line: `kubectl patch deployment web -p '{"spec":{"minReadySeconds":5}}'` },
    {
      why: 'By position',
      line: `kubectl patch pod web --type=json -p '[{"op":"replace","path":"/spec/containers/0/image","value":"nginx"}]'`,
    },
  ],
  flags: [
    ...fileFlags,
    { name: 'patch', short: 'p', type: 'string', help: 'The patch, as JSON or YAML.' },
    { name: 'patch-file', type: 'string', help: 'Refused: there are no files here.' },
    { name: 'type', type: 'string', default: 'strategic', help: 'json, merge or strategic.' },
    { name: 'subresource', type: 'string', help: 'status changes the status alone, resize the resources of a running pod.' },
    localFlag,
    ...writingFlags,
  ],

  *run(args, ctx) {
    const type = typeOf(args);
    const value = parsePatchText(args.text('patch'));
    const dryRun = sendingOf(args);
    // As kubectl has it: the word for what was done takes the place of the one that told a dry run.
    const report = reporterOf(args, { isSayingDryRun: false });
    const { targets, errors: missing } = findResources(args, ctx);
    const kinds = kindsOf(ctx.client.snapshot());
    const errors: Error[] = [...missing];
    for (const target of targets) {
      for (const text of attempt([], () => unknownFieldsOf(target.object, value, type, kinds)) ?? [])
        yield { type: 'stderr', text: `Warning: ${text}\n` };
      const patched = attempt(errors, () => patchOne(target, value, type, args, ctx, dryRun));
      if (!patched) continue;
      const answer = args.text('subresource') === 'scale' ? { ...patched, apiVersion: 'autoscaling/v1', kind: 'Scale' } : patched;
      yield report(answer, isEqual(patched, target.object) ? 'patched (no change)' : 'patched');
    }
    throwAll(errors);
    if (targets.length === 0) throw new CommandError('no objects passed to patch');
    return 0;
  },
};

function typeOf(args: ParsedArgs): PatchType {
  if (args.text('patch') && args.text('patch-file')) throw new CommandError('cannot specify --patch and --patch-file together');
  if (args.text('patch-file')) throw new CommandError('there are no files here to read a patch from; give it with --patch');
  if (!args.text('patch')) throw new CommandError('must specify --patch or --patch-file containing the contents of the patch');
  const subresource = args.text('subresource');
  if (subresource !== '' && !['resize', 'scale', 'status'].includes(subresource)) {
    throw new CommandError(`invalid subresource value: ${JSON.stringify(subresource)}. Must be one of [resize scale status]`);
  }
  const type = args.text('type').toLowerCase();
  if (type !== 'json' && type !== 'merge' && type !== 'strategic') {
    throw new CommandError(`--type must be one of [json merge strategic], not ${JSON.stringify(args.text('type'))}`);
  }
  return type;
}

function patchOne(target: Target, value: unknown, type: PatchType, args: ParsedArgs, ctx: VerbContext, dryRun: DryRun) {
  const subresource = args.text('subresource') as 'resize' | 'scale' | 'status' | '';
  if (dryRun === 'client') return applyPatch(target.object, value, type);
  try {
    return sendPatch(target, value, type, ctx, dryRun, subresource || undefined);
  } catch (error) {
    if (!(error instanceof ApiError) || error.reason !== 'UnsupportedMediaType') throw error;
    const { apiVersion, kind } = target.kind;
    throw new CommandError(`application/strategic-merge-patch+json is not supported by ${apiVersion}, Kind=${kind}: ${error.message}`);
  }
}
