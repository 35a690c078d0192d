// The flags of apply --prune. What it does comes later.
import { Late } from '../base/late.ts';
import { CommandError } from './errors.ts';
import type { Flag, ParsedArgs } from './parse.ts';
import type * as prune from './prune.ts';

export const pruning = new Late<typeof prune>('selectors');

export const pruneFlags: readonly Flag[] = [
  { name: 'prune', type: 'bool', help: 'Delete what was applied before and is not among the objects any more; with -l or --all.' },
  { name: 'all', type: 'bool', help: 'With --prune: whatever labels the objects have.' },
  { name: 'prune-allowlist', type: 'array', help: 'The kinds that --prune deletes, as <group/version/kind>; a usual choice unless said.' },
];

export function refuseUnfitPrune(args: ParsedArgs): void {
  if (args.isOn('prune') && !args.text('selector') && !args.isOn('all'))
    throw new CommandError(
      'all resources selected for prune without explicitly passing --all. To prune all resources, pass the --all flag. If you did not mean to prune all resources, specify a label selector',
    );
}
