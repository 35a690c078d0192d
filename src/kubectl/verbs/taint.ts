// kubectl taint: keep pods off nodes, or let them back.
// Models kubectl/pkg/cmd/taint/{taint,utils}.go.
import type { Node } from '../../kube/kinds/node.ts';
import type { KubeObject } from '../../kube/meta.ts';
import { isLabelValue, isQualifiedName } from '../../kube/names.ts';
import { CommandError, CommandErrors, throwAll, usageError } from '../errors.ts';
import type { ParsedArgs } from '../parse.ts';
import { findResources, kindsOfWord, type Target } from '../resources.ts';
import { allFlag, selectorFlag, type Verb, type VerbContext } from '../verb.ts';
import {
  attempt,
  type DryRun,
  dryRunOf,
  overwriteFlag,
  reporterOf,
  saveConfigFlag,
  sendPatch,
  validateFlag,
  writingFlags,
} from '../writing.ts';

type Taint = NonNullable<Node['spec']['taints']>[number];

export const taint: Verb = {
  name: 'taint',
  usage: 'NODE NAME KEY_1=VAL_1:TAINT_EFFECT_1 ... KEY_N=VAL_N:TAINT_EFFECT_N',
  summary: 'Update the taints on one or more nodes',
  examples: [
    { why: 'No new pods that do not tolerate it', line: 'kubectl taint node node-1 dedicated=db:NoSchedule' },
    { why: 'Take the taint away', line: 'kubectl taint node node-1 dedicated-' },
  ],
  flags: [selectorFlag, allFlag, overwriteFlag, ...writingFlags, validateFlag, saveConfigFlag],

  *run(args, ctx) {
    const { resources, added, removed } = specOf(args, ctx);
    const dryRun = dryRunOf(args);
    const report = reporterOf(args);
    const type = (resources[0] as string).split('/')[0] as string;
    const isOther = kindsOfWord(type, ctx).some(({ kind }) => kind !== 'Node');
    if (isOther) throw new CommandError(`invalid resource type ${type}, only node types are supported`);
    const { targets, errors: missing } = findResources(args, ctx, { words: resources });
    const errors: Error[] = [...missing];
    for (const target of targets) {
      const done = attempt(errors, () => taintOne(target, { added, removed, isOverwriting: args.isOn('overwrite') }, ctx, dryRun));
      if (done) yield report(done.object, done.operation);
    }
    throwAll(errors);
    return 0;
  },
};

interface TaintSpec {
  readonly added: readonly Taint[];
  /** Without an effect: every taint of that key. */
  readonly removed: readonly { readonly key: string; readonly effect: string }[];
}

function specOf(args: ParsedArgs, ctx: VerbContext): TaintSpec & { readonly resources: readonly string[] } {
  const resources: string[] = [];
  const specs: string[] = [];
  for (const word of args.words) {
    const isTaint = word.includes('=') || word.includes(':') || word.endsWith('-');
    if (isTaint) specs.push(word);
    else if (specs.length > 0) throw new CommandError(`all resources must be specified before taint changes: ${word}`);
    else resources.push(word);
  }
  if (resources.length < 1) throw new CommandError('one or more resources must be specified as <resource> <name>');
  if (specs.length < 1) throw new CommandError('at least one taint update is required');
  try {
    const parsed = parseTaints(specs);
    const both = parsed.added.filter(({ key, effect }) => parsed.removed.some((gone) => gone.key === key && gone.effect === effect));
    if (both.length > 0) {
      throw new CommandError(`can not both modify and remove the following taint(s) in the same command: ${both.map(textOf).join(', ')}`);
    }
    return { resources, ...parsed };
  } catch (error) {
    if (error instanceof CommandError) throw usageError(ctx.path, error.message);
    throw error;
  }
}

const textOf = ({ key, value, effect }: { key: string; value?: string; effect: string }): string =>
  `${key}${value ? `=${value}` : ''}${effect ? `:${effect}` : ''}`;

function parseTaints(specs: readonly string[]): TaintSpec {
  const added: Taint[] = [];
  const removed: { key: string; effect: string }[] = [];
  for (const spec of specs) {
    if (spec.endsWith('-')) {
      const { key, effect } = parseTaint(spec.slice(0, -1));
      removed.push({ key, effect });
      continue;
    }
    const next = parseTaint(spec);
    if (!next.effect) throw new CommandError(`invalid taint spec: ${spec}`);
    if (added.some(({ key, effect }) => key === next.key && effect === next.effect)) {
      throw new CommandError(`duplicated taints with the same key and effect: {${next.key} ${next.value ?? ''} ${next.effect} <nil>}`);
    }
    added.push(next as Taint);
  }
  return { added, removed };
}

function parseTaint(spec: string): { readonly key: string; readonly value?: string; readonly effect: string } {
  const parts = spec.split(':');
  if (parts.length > 2) throw new CommandError(`invalid taint spec: ${spec}`);
  const effect = parts[1] ?? '';
  if (parts.length === 2 && !['NoSchedule', 'PreferNoSchedule', 'NoExecute'].includes(effect)) {
    throw new CommandError(`invalid taint effect: ${effect}, unsupported taint effect`);
  }
  const pair = parts.length === 2 ? (parts[0] as string).split('=') : [parts[0] as string];
  if (pair.length > 2) throw new CommandError(`invalid taint spec: ${spec}`);
  const [key = '', value] = pair;
  const why = [...(value === undefined ? [] : isLabelValue(value)), ...isQualifiedName(key)];
  if (why.length > 0) throw new CommandError(`invalid taint spec: ${spec}, ${why.join('; ')}`);
  return { key, ...(value ? { value } : {}), effect };
}

function taintOne(
  target: Target,
  { added, removed, isOverwriting }: TaintSpec & { readonly isOverwriting: boolean },
  ctx: VerbContext,
  dryRun: DryRun,
): { readonly object: KubeObject; readonly operation: string } {
  const old = (target.object as Node).spec.taints ?? [];
  const taken = added.filter((each) => old.some(({ key, effect }) => key === each.key && effect === each.effect));
  if (!isOverwriting && taken.length > 0) {
    const keys = taken.map(({ key }) => key).join(',');
    throw new CommandError(`node ${target.name} already has ${keys} taint(s) with same effect(s) and --overwrite is false`);
  }
  const kept = old.filter((each) => !added.some(({ key, effect }) => key === each.key && effect === each.effect));
  const whole = [...added, ...kept];
  const isGone = (each: Taint, { key, effect }: TaintSpec['removed'][number]): boolean =>
    each.key === key && (!effect || each.effect === effect);
  const missing = removed.filter((gone) => !whole.some((each) => isGone(each, gone)));
  if (missing.length === 1) throw new CommandError(`taint ${JSON.stringify(textOf(missing[0] as never))} not found`);
  if (missing.length > 1)
    throw new CommandErrors(missing.map((gone) => new CommandError(`taint ${JSON.stringify(textOf(gone))} not found`)));
  const taints = whole.filter((each) => !removed.some((gone) => isGone(each, gone)));
  const isMore = whole.length !== old.length;
  const isLess = taints.length !== whole.length;
  const operation = isOverwriting || (isMore && isLess) ? 'modified' : isMore ? 'tainted' : 'untainted';
  return { object: sendTaints(target, taints, ctx, dryRun), operation };
}

function sendTaints(target: Target, taints: readonly Taint[], ctx: VerbContext, dryRun: DryRun): KubeObject {
  const object = target.object as Node;
  const { taints: _old, ...spec } = object.spec;
  if (dryRun === 'client') return { ...object, spec: { ...spec, ...(taints.length > 0 ? { taints } : {}) } } as Node;
  return sendPatch(target, { spec: { taints: taints.length > 0 ? taints : null } }, 'merge', ctx, dryRun);
}
