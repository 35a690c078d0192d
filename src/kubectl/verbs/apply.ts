// kubectl apply: make the cluster have what a manifest says, keeping what others have set.
// Models kubectl/pkg/cmd/apply/{apply,patcher}.go. Leaves out: apply sets, and edit-last-applied.

import { ApiError } from '../../kube/errors.ts';
import { goJson } from '../../kube/goText.ts';
import { groupOf } from '../../kube/kind.ts';
import { nameInRequests } from '../../kube/kindTable.ts';
import { type KubeObject, tableOf } from '../../kube/meta.ts';
import { threeWayPatch } from '../../kube/threeWayPatch.ts';
import type { CommandStep } from '../command.ts';
import { CommandError, throwAll, withSource } from '../errors.ts';
import { fileFlags, isWithFiles, readItems } from '../files.ts';
import { lastAppliedOf, withLastApplied } from '../lastApplied.ts';
import type { ManifestTarget } from '../manifests.ts';
import type { ParsedArgs } from '../parse.ts';
import { pruneFlags, pruning, refuseUnfitPrune } from '../pruneFlags.ts';
import { objectOf } from '../resources.ts';
import { unknownFieldWarnings, validationOf } from '../validation.ts';
import { selectorFlag, type Verb, type VerbContext } from '../verb.ts';
import { dryRunOf, isPrinted, LAST_APPLIED, mergeTypeOf, reporterOf, sendCreate, validateFlag, writingFlags } from '../writing.ts';
import { lastAppliedVerbs } from './lastAppliedVerbs.ts';

export const apply: Verb = {
  name: 'apply',
  usage: '(-f FILENAME | -k DIRECTORY)',
  summary: 'Apply a configuration to a resource by file name or stdin',
  examples: [
    { why: 'Apply the text beside the command', line: 'kubectl apply -f -' },
    { why: 'Only say what would be done', line: 'kubectl apply -f - --dry-run=server' },
  ],
  flags: [
    ...fileFlags,
    selectorFlag,
    ...writingFlags,
    validateFlag,
    { name: 'server-side', type: 'bool', help: 'Let the server merge the given fields and write down whose they are.' },
    { name: 'force-conflicts', type: 'bool', help: 'With --server-side, take over fields that others manage.' },
    { name: 'force', type: 'bool', help: 'Delete and create again what cannot be changed in place.' },
    { name: 'overwrite', type: 'bool', default: 'true', help: 'Accepted; fields that differ are always set as given.' },
    ...pruneFlags,
    { name: 'wait', type: 'bool', help: 'Accepted; only deletions are waited for.' },
    { name: 'timeout', type: 'duration', default: '0s', help: 'Accepted.' },
    { name: 'grace-period', type: 'int', default: '-1', help: 'Accepted.' },
    { name: 'cascade', type: 'string', default: 'background', alone: 'background', help: 'Accepted.' },
    { name: 'openapi-patch', type: 'bool', default: 'true', help: 'Accepted.' },
  ],

  verbs: lastAppliedVerbs,

  *run(args, ctx) {
    refuseUnfit(args, ctx);
    const { items, errors: unreadable } = readItems(args, ctx);
    const errors: Error[] = [...unreadable];
    if (items.length === 0 && errors.length === 0) throw new CommandError('no objects passed to apply');
    const report = reporterOf(args);
    const applied: KubeObject[] = [];
    for (const item of items) {
      for (const text of validationOf(args) === 'warn' ? unknownFieldWarnings(item, ctx) : [])
        yield { type: 'stderr', text: `Warning: ${text}\n` };
      try {
        const done = yield* applyOne(item, args, ctx);
        applied.push(done.object);
        if (!isPrinted(args)) yield report(done.object, done.operation);
      } catch (error) {
        if (!(error instanceof ApiError) && !(error instanceof CommandError)) throw error;
        errors.push(error);
      }
    }
    throwAll(errors);
    if (isPrinted(args)) yield report(printedList(applied), '');
    if (args.isOn('prune')) yield* pruning.get().prune(applied, args, ctx);
    return 0;
  },
};

function refuseUnfit(args: ParsedArgs, ctx: VerbContext): void {
  if (args.words.length > 0)
    throw new CommandError(`Unexpected args: [${args.words.join(' ')}]\nSee '${ctx.path} -h' for help and examples`);
  if (!isWithFiles(args)) throw new CommandError('must specify one of -f and -k');
  if (args.isOn('force-conflicts') && !args.isOn('server-side')) throw new CommandError('--force-conflicts only works with --server-side');
  if (args.isOn('server-side') && dryRunOf(args) === 'client') {
    throw new CommandError("--dry-run=client doesn't work with --server-side (did you mean --dry-run=server instead?)");
  }
  if (args.isOn('server-side') && args.isOn('force')) throw new CommandError('--force cannot be used with --server-side');
  refuseUnfitPrune(args);
  validationOf(args);
}

interface Applied {
  readonly object: KubeObject;
  readonly operation: 'created' | 'configured' | 'unchanged' | 'serverside-applied';
}

function* applyOne(item: ManifestTarget, args: ParsedArgs, ctx: VerbContext): Generator<CommandStep, Applied, void> {
  const { kind, object, namespace, name, source } = item;
  if (!name && object.metadata.generateName) {
    throw new CommandError(`from ${object.metadata.generateName}: cannot use generate name with apply`);
  }
  if (!name) {
    const place = `Resource: "${versionText(kind)}, Resource=${kind.plural}", GroupVersionKind: "${versionText(kind)}, Kind=${kind.kind}"`;
    throw new CommandError(
      `error when retrieving current configuration of:\n${place}\nName: "", Namespace: "${namespace ?? ''}"\nfrom server for: "${source}": resource name may not be empty`,
    );
  }
  const isServerSide = args.isOn('server-side');
  const dryRun = dryRunOf(args);
  const strict = validationOf(args) === 'strict';
  if (isServerSide) return { object: applyOnServer(object, args, ctx), operation: 'serverside-applied' };
  const current = objectOf(kind, namespace, name, ctx);
  const modified = withLastApplied(object);
  if (!current) {
    const created = dryRun === 'client' ? modified : creating(source, () => sendCreate(modified, ctx, { dryRun, strict }));
    return { object: created, operation: 'created' };
  }
  if (dryRun === 'client') return { object: current, operation: 'configured' };
  if (current.metadata.annotations?.[LAST_APPLIED] === undefined) {
    yield { type: 'stderr', text: `Warning: resource ${kind.plural}/${name} is missing the ${LAST_APPLIED} annotation ${MISSING}\n` };
  }
  const patched = yield* patch(item, modified, current, args, ctx);
  if (patched.metadata.deletionTimestamp) {
    yield { type: 'stderr', text: `Warning: Detected changes to resource ${name} which is currently being deleted.\n` };
  }
  return { object: patched, operation: patched === current ? 'unchanged' : 'configured' };
}

const MISSING =
  'which is required by kubectl apply. kubectl apply should only be used on resources created declaratively by either kubectl create --save-config or kubectl apply. The missing annotation will be patched automatically.';

const REVIEW = `Please review the fields above--they currently have other managers. Here
are the ways you can resolve this warning:
* If you intend to manage all of these fields, please re-run the apply
  command with the \`--force-conflicts\` flag.
* If you do not intend to manage all of the fields, please edit your
  manifest to remove references to the fields that should keep their
  current managers.
* You may co-own fields by updating your manifest to match the existing
  value; in this case, you'll become the manager if the other manager(s)
  stop managing the field (remove it from their configuration).
See https://kubernetes.io/docs/reference/using-api/server-side-apply/#conflicts`;

function applyOnServer(object: KubeObject, args: ParsedArgs, ctx: VerbContext): KubeObject {
  try {
    return ctx.client.request({
      verb: 'apply',
      object,
      fieldManager: args.text('field-manager') || 'kubectl',
      force: args.isOn('force-conflicts'),
      strict: validationOf(args) === 'strict',
      ...(dryRunOf(args) === 'server' ? { dryRun: true } : {}),
    });
  } catch (error) {
    if (error instanceof ApiError && error.reason === 'Conflict') throw new CommandError(`${error.message}\n${REVIEW}`);
    throw error;
  }
}

function creating<T>(source: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof ApiError ? withSource(error, 'creating', source) : error;
  }
}

/** Changes the object in place. Returns `current` itself where nothing is to be changed. */
function* patch(
  item: ManifestTarget,
  modified: KubeObject,
  current: KubeObject,
  args: ParsedArgs,
  ctx: VerbContext,
): Generator<CommandStep, KubeObject, void> {
  const { kind, namespace, name, source } = item;
  const difference = threeWayPatch(lastAppliedOf(current), modified, current, tableOf(kind));
  if (isNothing(difference)) return current;
  const dryRun = dryRunOf(args);
  try {
    const options = { strict: validationOf(args) === 'strict', ...(dryRun === 'server' ? { dryRun: true } : {}) };
    const patched = ctx.client.request({
      verb: 'patch',
      kind: nameInRequests(kind),
      namespace,
      name,
      type: mergeTypeOf(kind),
      patch: difference,
      ...options,
    });
    // kubectl goes by the patch: `cpu: 0.5` against the stored `500m` is sent each time, and says configured though nothing changes.
    return patched === current ? { ...patched } : patched;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const isForced = args.isOn('force') && (error.reason === 'Invalid' || error.reason === 'Conflict');
    if (isForced && dryRun === 'none') return yield* recreate(item, modified, ctx);
    throw withSource(
      withSource(error, 'patching', source),
      `applying patch:\n${goJson(difference)}\nto:\n${describeTarget(item)}\nfor:`,
      source,
    );
  }
}

const isNothing = (patched: unknown): boolean => typeof patched === 'object' && patched !== null && Object.keys(patched).length === 0;

const versionText = ({ apiVersion }: ManifestTarget['kind']): string => (groupOf(apiVersion) ? apiVersion : `/${apiVersion}`);

function describeTarget({ kind, namespace, name }: ManifestTarget): string {
  const version = versionText(kind);
  return `Resource: "${version}, Resource=${kind.plural}", GroupVersionKind: "${version}, Kind=${kind.kind}"\nName: "${name}", Namespace: "${namespace ?? ''}"`;
}

/** --force: delete, wait until it is gone, create again. */
function* recreate(
  { kind, namespace, name }: ManifestTarget,
  modified: KubeObject,
  ctx: VerbContext,
): Generator<CommandStep, KubeObject, void> {
  ctx.client.request({ verb: 'delete', kind: nameInRequests(kind), namespace, name, options: { propagationPolicy: 'Background' } });
  while (objectOf(kind, namespace, name, ctx)) yield { type: 'wait' };
  return sendCreate(modified, ctx);
}

/** One object as it is, several as the List that apply prints. */
function printedList(objects: readonly KubeObject[]): KubeObject {
  if (objects.length === 1) return objects[0] as KubeObject;
  return { apiVersion: 'v1', items: objects, kind: 'List', metadata: {} } as unknown as KubeObject;
}
