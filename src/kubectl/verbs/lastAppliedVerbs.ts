// kubectl apply view-last-applied and set-last-applied: the annotation that apply keeps, by itself.
// Models kubectl/pkg/cmd/apply/apply_{view,set}_last_applied.go.
import { isEqual } from '../../base/equal.ts';
import { CommandError, throwAll, usageError } from '../errors.ts';
import { fileFlags, readItems } from '../files.ts';
import { lastAppliedOf, withLastApplied } from '../lastApplied.ts';
import { printers } from '../output.ts';
import { findResources, getObject } from '../resources.ts';
import { allFlag, out, outputFlag, selectorFlag, type Verb } from '../verb.ts';
import { dryRunOf, LAST_APPLIED, reporterOf, sendPatch, writingFlags } from '../writing.ts';
import { refused } from './refused.ts';

const MISSING = 'no last-applied-configuration annotation found on resource: ';

const viewLastApplied: Verb = {
  name: 'view-last-applied',
  usage: '(TYPE [NAME | -l label] | TYPE/NAME | -f FILENAME)',
  summary: 'View the latest last-applied-configuration annotations of a resource/object',
  flags: [...fileFlags, selectorFlag, allFlag, { ...outputFlag, default: 'yaml', help: 'yaml or json.' }],
  *run(args, ctx) {
    const output = args.text('output');
    if (output !== 'yaml' && output !== 'json')
      throw usageError(ctx.path, `Unexpected -o output mode: ${output}, the flag 'output' must be one of yaml|json`);
    const { targets, errors } = findResources(args, ctx, { isListAllowed: true });
    throwAll(errors);
    for (const { name, object } of targets) {
      const applied = lastAppliedOf(object);
      if (!applied) throw new CommandError(`${MISSING}${name}`);
      yield {
        type: 'stdout',
        text:
          output === 'json' ? `${JSON.stringify(applied, undefined, 2)}\n` : printers.get()('yaml', { isShowingManagers: true })(applied),
      };
    }
    return 0;
  },
};

const setLastApplied: Verb = {
  name: 'set-last-applied',
  usage: '-f FILENAME',
  summary: 'Set the last-applied-configuration annotation on a live object to match the contents of a file',
  flags: [
    ...fileFlags,
    ...writingFlags,
    { name: 'create-annotation', type: 'bool', help: 'Make the annotation where an object has none.' },
  ],
  *run(args, ctx) {
    const { items, errors } = readItems(args, ctx);
    throwAll(errors);
    const report = reporterOf(args);
    for (const { kind, namespace, name, object } of items) {
      const live = getObject(kind, namespace, name, ctx);
      const applied = lastAppliedOf(live);
      if (!applied && !args.isOn('create-annotation'))
        throw new CommandError(`${MISSING}${name}, to create the annotation, run the command with --create-annotation`);
      const { annotations = {} } = withLastApplied(object).metadata;
      const wanted = annotations[LAST_APPLIED];
      if (isEqual(wanted, live.metadata.annotations?.[LAST_APPLIED])) {
        yield out(`set-last-applied ${name}: no changes required.`);
        continue;
      }
      const patch = { metadata: { annotations: { [LAST_APPLIED]: wanted } } };
      const dryRun = dryRunOf(args);
      const target = { kind, namespace, name, object: live };
      yield report(dryRun === 'client' ? live : sendPatch(target, patch, 'merge', ctx, dryRun), 'configured');
    }
    return 0;
  },
};

const editLastApplied = refused(
  'edit-last-applied',
  'Edit latest last-applied-configuration annotations of a resource/object',
  'there is no editor here for the annotation: print it with kubectl apply view-last-applied, change it, and give it to kubectl apply set-last-applied -f -',
);

export const lastAppliedVerbs: readonly Verb[] = [editLastApplied, setLastApplied, viewLastApplied];
