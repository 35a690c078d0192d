// kubectl cordon and uncordon: whether new pods may be placed on a node.
// Models RunCordonOrUncordon of kubectl/pkg/cmd/drain/drain.go and kubectl/pkg/drain/cordon.go.

import { ApiError } from '../../kube/errors.ts';
import type { Node } from '../../kube/kinds/node.ts';
import { type Snapshot, tableOf } from '../../kube/meta.ts';
import type { CommandStep } from '../command.ts';
import { CommandError, throwAll, usageError } from '../errors.ts';
import type { ParsedArgs } from '../parse.ts';
import { findResources, nameOf, type Target } from '../resources.ts';
import { dryRunFlag, selectorFlag, type Verb, type VerbContext } from '../verb.ts';
import { type DryRun, dryRunOf, dryRunSuffix, sendPatch } from '../writing.ts';

export const cordon: Verb = cordonVerb('cordon', 'Mark node as unschedulable', true);
export const uncordon: Verb = cordonVerb('uncordon', 'Mark node as schedulable', false);

function cordonVerb(name: string, summary: string, isCordoned: boolean): Verb {
  return {
    name,
    usage: 'NODE',
    summary,
    examples: [{ why: summary, line: `kubectl ${name} node-1` }],
    flags: [selectorFlag, dryRunFlag],
    complete: completeNode,
    *run(args, ctx) {
      const { targets, errors } = nodesOf(name, args, ctx);
      throwAll(errors);
      yield* cordonNodes(targets, isCordoned, dryRunOf(args), ctx);
      return 0;
    },
  };
}

/** The one word after these verbs is a node's name. */
export function completeNode(_words: readonly string[], snapshot: Snapshot): readonly string[] {
  return snapshot.list('Node').map(({ metadata }) => metadata.name);
}

/** The nodes that cordon, uncordon and drain name. */
export function nodesOf(
  verb: string,
  args: ParsedArgs,
  ctx: VerbContext,
): { readonly targets: readonly Target[]; readonly errors: readonly Error[] } {
  const isSelected = args.text('selector') !== '';
  if (args.words.length === 0 && !isSelected) throw usageError(ctx.path, `USAGE: ${verb} NODE [flags]`);
  if (args.words.length > 0 && isSelected) throw usageError(ctx.path, 'error: cannot specify both a node name and a --selector option');
  const words = args.words.map((word) => (word.includes('/') ? word : `nodes/${word}`));
  const found = findResources(args, ctx, { words: isSelected ? ['nodes'] : words });
  const other = found.targets.find(({ kind }) => tableOf(kind) !== 'Node');
  if (other) throw new CommandError(`error: cordon is only supported for nodes, not ${other.kind.plural}`);
  return found;
}

/** Cordons or uncordons each node and says so. */
export function* cordonNodes(
  nodes: readonly Target[],
  isCordoned: boolean,
  dryRun: DryRun,
  ctx: VerbContext,
): Generator<CommandStep, void, void> {
  const word = isCordoned ? 'cordon' : 'uncordon';
  for (const target of nodes) {
    const isAlready = ((target.object as Node).spec.unschedulable ?? false) === isCordoned;
    if (!isAlready && dryRun !== 'client') {
      try {
        sendPatch(target, { spec: { unschedulable: isCordoned || null } }, 'strategic', ctx, dryRun);
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        yield { type: 'stderr', text: `error: unable to ${word} node ${JSON.stringify(target.name)}: ${error.message}\n` };
        continue;
      }
    }
    yield say(target, `${isAlready ? 'already ' : ''}${word}ed`, dryRun);
  }
}

export function say({ kind, name }: Pick<Target, 'kind' | 'name'>, operation: string, dryRun: DryRun): CommandStep {
  return { type: 'stdout', text: `${nameOf(kind, name)} ${operation}${dryRunSuffix(dryRun)}\n` };
}
