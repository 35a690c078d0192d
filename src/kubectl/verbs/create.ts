// kubectl create: objects from a manifest, or from the flags of a sub-command (generators/).
// Models kubectl/pkg/cmd/create/create.go. Leaves out: --edit, --raw.
import { ApiError } from '../../kube/errors.ts';
import type { Running } from '../command.ts';
import { CommandError, throwAll, withSource } from '../errors.ts';
import { fileFlags, isWithFiles, readItems } from '../files.ts';
import { generators } from '../generators/index.ts';
import { withLastApplied } from '../lastApplied.ts';
import type { ParsedArgs } from '../parse.ts';
import { unknownFieldWarnings, validationOf } from '../validation.ts';
import { selectorFlag, type Verb, type VerbContext } from '../verb.ts';
import { attempt, dryRunOf, reporterOf, saveConfigFlag, sendCreate, validateFlag, writingFlags } from '../writing.ts';

const NO_FILES = 'must specify one of -f and -k';

export const create: Verb = {
  name: 'create',
  usage: '-f FILENAME',
  summary: 'Create a resource from a file or from stdin',
  examples: [
    { why: 'Create what the text beside the command says', line: 'kubectl create -f -' },
    { why: 'A deployment of three pods', line: 'kubectl create deployment web --image=nginx --replicas=3' },
  ],
  flags: [
    ...fileFlags,
    selectorFlag,
    ...writingFlags,
    validateFlag,
    saveConfigFlag,
    { name: 'edit', type: 'bool', help: 'Refused: open the manifest in the editor instead.' },
  ],
  verbs: generators,
  mistakeAlone: NO_FILES,
  run: createFromManifest,
};

function* createFromManifest(args: ParsedArgs, ctx: VerbContext): Running {
  if (!isWithFiles(args)) {
    if (args.words.length > 0)
      throw new CommandError(`unknown command ${JSON.stringify(args.words.join(' '))}\nSee '${ctx.path} -h' for help and examples`);
    throw new CommandError(NO_FILES);
  }
  if (args.words.length > 0) throw unexpected(args, ctx);
  if (args.isOn('edit')) throw new CommandError('there is no editor here for --edit; change the text and create it');
  const { items, errors: unreadable } = readItems(args, ctx);
  const errors: Error[] = [...unreadable];
  const validation = validationOf(args);
  const dryRun = dryRunOf(args);
  const report = reporterOf(args);
  for (const item of items) {
    for (const text of validation === 'warn' ? unknownFieldWarnings(item, ctx) : []) yield { type: 'stderr', text: `Warning: ${text}\n` };
    const object = args.isOn('save-config') ? withLastApplied(item.object) : item.object;
    const send = () => sendCreate(object, ctx, { dryRun, strict: validation === 'strict' });
    const created = dryRun === 'client' ? object : attempt(errors, send, (error: ApiError) => withSource(error, 'creating', item.source));
    if (created) {
      yield report(created, 'created');
    }
  }
  throwAll(errors);
  if (items.length === 0) throw new CommandError('no objects passed to create');
  return 0;
}

function unexpected(args: ParsedArgs, ctx: VerbContext): CommandError {
  return new CommandError(`Unexpected args: [${args.words.join(' ')}]\nSee '${ctx.path} -h' for help and examples`);
}
