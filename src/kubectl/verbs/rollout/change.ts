// What rollout pause, resume and restart share: one patch an object, with kubectl's words for objects that cannot be changed so.
// Models kubectl/pkg/cmd/rollout/rollout_{pause,resume,restart}.go.
import { ApiError } from '../../../kube/errors.ts';
import { resourceName } from '../../../kube/kind.ts';
import type { Running } from '../../command.ts';
import { CommandError, throwAll } from '../../errors.ts';
import { fileFlags, isWithFiles } from '../../files.ts';
import type { Flag, ParsedArgs } from '../../parse.ts';
import { findResources, type Target } from '../../resources.ts';
import { selectorFlag, type VerbContext } from '../../verb.ts';
import { dryRunOf, reporterOf, sendPatch, writingFlags } from '../../writing.ts';

export const changeFlags: readonly Flag[] = [...fileFlags, selectorFlag, ...writingFlags];

export interface RolloutChange {
  /** `pausing`: in `pausing is not supported`. */
  readonly doing: string;
  /** `paused`. */
  readonly operation: string;
  /** In `failed to create patch`'s place, where the server refuses. */
  isSupported(target: Target): boolean;
  /** Why it cannot be done now; undefined where it can. */
  obstacle(target: Target): string | undefined;
  /** A strategic merge patch. */
  patch(target: Target): unknown;
}

export function* changeRollouts(change: RolloutChange, args: ParsedArgs, ctx: VerbContext): Running {
  if (args.words.length === 0 && !isWithFiles(args)) throw new CommandError('required resource not specified');
  const dryRun = dryRunOf(args);
  const report = reporterOf(args);
  const { targets, errors: missing } = findResources(args, ctx, { isListAllowed: true });
  const errors: Error[] = [...missing];
  for (const target of targets) {
    const subject = `${resourceName(target.kind)} "${target.name}"`;
    const obstacle = change.isSupported(target) ? change.obstacle(target) : `${change.doing} is not supported`;
    if (obstacle) {
      errors.push(new CommandError(`error: ${subject} ${obstacle}`));
      continue;
    }
    try {
      yield report(
        dryRun === 'client' ? target.object : sendPatch(target, change.patch(target), 'strategic', ctx, dryRun),
        change.operation,
      );
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      errors.push(new CommandError(`failed to patch: ${error.message}`));
    }
  }
  throwAll(errors);
  if (targets.length === 0) yield { type: 'stderr', text: `No resources found in ${ctx.namespace} namespace.\n` };
  return 0;
}
