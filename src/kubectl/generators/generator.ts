// What `kubectl create TYPE` is: a record that makes an object from flags, and the one way all of them are sent and printed.
// Models kubectl/pkg/cmd/create/create.go (NameFromCommandArgs, RunCreateSubcommand).

import { ApiError } from '../../kube/errors.ts';
import type { KubeObject, ObjectMeta, StringMap } from '../../kube/meta.ts';
import { isQuantity, QUANTITY_ERROR } from '../../kube/quantity.ts';
import type { Running } from '../command.ts';
import { CommandError, usageError } from '../errors.ts';
import { withLastApplied } from '../lastApplied.ts';
import type { Flag, ParsedArgs } from '../parse.ts';
import { requireFlags } from '../requireFlags.ts';
import { mustFindKind } from '../resources.ts';
import { validationOf } from '../validation.ts';
import type { Verb, VerbContext } from '../verb.ts';
import { dryRunOf, reporterOf, saveConfigFlag, sendCreate, validateFlag, writingFlags } from '../writing.ts';

export interface Generator {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly usage: string;
  readonly summary: string;
  readonly examples?: Verb['examples'];
  readonly flags?: readonly Flag[];
  /** Flags that must be given. */
  readonly required?: readonly string[];
  /** `failed to create job: `: what comes before the server's refusal; without it the refusal is printed as it is. */
  readonly failure?: string;
  /** The object, without its namespace. Throws CommandError. */
  build(name: string, args: ParsedArgs, ctx: VerbContext): KubeObject;
}

/** The sub-command of `kubectl create` that a generator is. */
export function createVerb(generator: Generator): Verb {
  const { name, aliases, usage, summary, examples, flags = [] } = generator;
  return {
    name,
    ...(aliases ? { aliases } : {}),
    usage,
    summary,
    ...(examples ? { examples } : {}),
    flags: [...flags, ...writingFlags, validateFlag, saveConfigFlag],
    run: (args, ctx) => runGenerator(generator, args, ctx),
  };
}

function* runGenerator(generator: Generator, args: ParsedArgs, ctx: VerbContext): Running {
  requireFlags(args, generator.required ?? []);
  const report = reporterOf(args);
  const object = generator.build(nameOfArgs(args, ctx), args, ctx);
  const created = sendNew(generator, object, args, ctx);
  yield report(created, 'created');
  return 0;
}

function sendNew({ failure }: Generator, object: KubeObject, args: ParsedArgs, ctx: VerbContext): KubeObject {
  try {
    return sendGenerated(object, args, ctx);
  } catch (error) {
    if (error instanceof ApiError && failure) throw new CommandError(`${failure}${error.message}`);
    throw error;
  }
}

/** Sends an object that a command made of its flags. With --dry-run=client it names a namespace only where one was given. */
export function sendGenerated(object: KubeObject, args: ParsedArgs, ctx: VerbContext): KubeObject {
  const namespace = mustFindKind(object.kind, ctx).namespaced ? ctx.namespace : undefined;
  const saved = args.isOn('save-config') ? withLastApplied(object) : object;
  const dryRun = dryRunOf(args);
  if (dryRun === 'client') return ctx.isNamespaceGiven ? inNamespace(saved, namespace) : saved;
  return sendCreate(inNamespace(saved, namespace), ctx, { dryRun, strict: args.has('validate') && validationOf(args) === 'strict' });
}

function inNamespace(object: KubeObject, namespace: string | undefined): KubeObject {
  return namespace ? { ...object, metadata: { ...object.metadata, namespace } } : object;
}

/** The words before `--`: the name. What follows `--` is a command. */
function nameOfArgs(args: ParsedArgs, ctx: VerbContext): string {
  const before = args.dashAt === undefined ? args.words.length : args.dashAt;
  if (args.words.length === 0) throw usageError(ctx.path, `exactly one NAME is required, got ${before}`);
  if (before !== 1) throw usageError(ctx.path, `exactly one NAME is required, got ${before}`);
  return args.words[0] as string;
}

export const commandOf = (args: ParsedArgs): readonly string[] => args.words.slice(1);

export function metaOf(name: string, labels?: StringMap): ObjectMeta {
  return { name, ...(labels ? { labels } : {}) };
}

/** `a=1,b=2` as a map; a text without `=` is refused. Models generate.ParseLabels. */
export function parseLabels(text: string): StringMap {
  const labels: Record<string, string> = {};
  if (text === '') throw new CommandError('no label spec passed');
  for (const part of text.split(',')) {
    const pieces = part.split('=');
    if (pieces.length !== 2) throw new CommandError(`unexpected label spec: ${part}`);
    if (!pieces[0]) throw new CommandError(`unexpected empty label key`);
    labels[pieces[0]] = pieces[1] as string;
  }
  return labels;
}

/** `cpu=100m,memory=1Gi` as quantities. Models generate.populateResourceListV1. */
export function parseResources(text: string): StringMap | undefined {
  if (text === '') return undefined;
  const resources: Record<string, string> = {};
  for (const part of text.split(',')) {
    const pieces = part.split('=');
    if (pieces.length !== 2) throw new CommandError(`Invalid argument syntax ${part}, expected <resource>=<value>`);
    if (!isQuantity(pieces[1] as string)) throw new CommandError(QUANTITY_ERROR);
    resources[pieces[0] as string] = pieces[1] as string;
  }
  return resources;
}
