// -f for the verbs that write: the flags, and the objects of the manifests that -l lets through.
// Models cli-runtime/pkg/genericclioptions/filename_flags.go.
import { CommandError } from './errors.ts';
import { type ManifestTarget, manifestTargets } from './manifests.ts';
import type { Flag, ParsedArgs } from './parse.ts';
import { selectorFilter } from './selectors.ts';
import { filenameFlag, type VerbContext } from './verb.ts';

/** The flags of every verb that reads manifests. */
export const fileFlags: readonly Flag[] = [
  filenameFlag,
  { name: 'recursive', short: 'R', type: 'bool', help: 'Accepted; there are no directories here.' },
  { name: 'kustomize', short: 'k', type: 'string', help: 'Refused: there are no directories here.' },
];

export const isWithFiles = (args: ParsedArgs): boolean => args.has('filename') || args.has('kustomize');

/** Reads what `-f` names. What cannot be read is an error beside the rest, as the rest is still acted on. */
export function readItems(
  args: ParsedArgs,
  ctx: VerbContext,
): { readonly items: readonly ManifestTarget[]; readonly errors: readonly Error[] } {
  if (args.has('kustomize')) throw new CommandError('there are no directories here for --kustomize; give the objects to -f -');
  const { targets, errors } = manifestTargets(args, ctx);
  const selector = args.text('selector');
  const items = selector ? targets.filter(({ kind, object }) => selectorFilter(kind, selector, '')(object)) : targets;
  return { items, errors };
}
