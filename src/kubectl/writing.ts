// What the writing verbs share: --dry-run, the line that says what was done (`deployment.apps/web created`), and -o.
// Models kubectl/pkg/cmd/util/helpers.go (GetDryRunStrategy) and cli-runtime/pkg/genericclioptions/print_flags.go.

import type { ApiRequest } from '../cluster/intents.ts';
import { ApiError } from '../kube/errors.ts';
import { isCustom, type Kind } from '../kube/kind.ts';
import { nameInRequests } from '../kube/kindTable.ts';
import type { KubeObject } from '../kube/meta.ts';
import type { PatchType } from '../kube/patch.ts';
import type { CommandStep } from './command.ts';
import { CommandError, CommandErrors } from './errors.ts';
import { formatOf, printers } from './output.ts';
import type { Flag, ParsedArgs } from './parse.ts';
import { nameOf, type Target } from './resources.ts';
import { dryRunFlag, outputFlag, templateFlag, type VerbContext } from './verb.ts';

export const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

export type DryRun = 'none' | 'client' | 'server';

/** The flags of every verb that writes and prints what it wrote. */
export const writingFlags: readonly Flag[] = [
  { ...outputFlag, help: 'Print the object instead of a line: json, yaml, name, jsonpath={…}.' },
  dryRunFlag,
  { name: 'field-manager', type: 'string', help: 'By which name the fields that are set are owned.' },
  { name: 'show-managed-fields', type: 'bool', help: 'Keep the managedFields when printing objects in JSON or YAML format.' },
  templateFlag,
  { name: 'record', type: 'bool', help: 'Deprecated; use kubectl annotate with kubernetes.io/change-cause.' },
];
export const validateFlag: Flag = {
  name: 'validate',
  type: 'string',
  default: 'strict',
  alone: 'strict',
  help: 'What to do about unknown or repeated fields: strict (or true) refuses them, warn warns, ignore (or false) drops them.',
};
export const saveConfigFlag: Flag = {
  name: 'save-config',
  type: 'bool',
  help: 'Keep the configuration in the annotation that kubectl apply reads.',
};
export const overwriteFlag: Flag = { name: 'overwrite', type: 'bool', help: 'Allow existing values to be replaced.' };

export function dryRunOf(args: ParsedArgs): DryRun {
  const text = args.text('dry-run');
  if (['unchanged', 'true', 't', 'T', 'TRUE', 'True', '1'].includes(text)) return 'client';
  if (['false', 'f', 'F', 'FALSE', 'False', '0'].includes(text)) return 'none';
  if (text === 'none' || text === 'client' || text === 'server') return text;
  throw new CommandError(`Invalid dry-run value (${text}). Must be "none", "server", or "client".`);
}

/** How a change is sent: --local works it out here as --dry-run=client does, without saying so. */
export const sendingOf = (args: ParsedArgs): DryRun => (args.isOn('local') ? 'client' : dryRunOf(args));

export const localFlag: Flag = { name: 'local', type: 'bool', help: 'Change what the manifest says, and ask the server for nothing.' };

export const dryRunSuffix = (dryRun: DryRun): string =>
  dryRun === 'client' ? ' (dry run)' : dryRun === 'server' ? ' (server dry run)' : '';

/** Says what was done to an object, or prints it as -o asks. */
export type Reporter = (object: KubeObject, operation: string) => CommandStep;

export function reporterOf(args: ParsedArgs, { isSayingDryRun = true } = {}): Reporter {
  const suffix = isSayingDryRun ? dryRunSuffix(dryRunOf(args)) : '';
  const output = formatOf(args);
  if (output === '')
    return (object, operation) => ({ type: 'stdout', text: `${nameOf(object, object.metadata.name)} ${operation}${suffix}\n` });
  const printer = printers.get()(output, { isShowingManagers: args.isOn('show-managed-fields') });
  let count = 0;
  return (object) => ({ type: 'stdout', text: `${output === 'yaml' && count++ > 0 ? '---\n' : ''}${printer(object)}` });
}

/** Whether -o asks for the object itself rather than a line. */
export const isPrinted = (args: ParsedArgs): boolean => !['', 'name'].includes(formatOf(args));

/** How kubectl merges what a manifest says into an object: lists of custom kinds have no keys. */
export const mergeTypeOf = (kind: Kind): PatchType => (isCustom(kind) ? 'merge' : 'strategic');

/** The parts of an object that can be patched by themselves. */
type Subresource = NonNullable<Extract<ApiRequest, { verb: 'patch' }>['subresource']>;

/** Sends a patch for an object, or works it out here where --dry-run=client asks for that. */
export function sendPatch(
  target: Target,
  patch: unknown,
  type: PatchType,
  ctx: VerbContext,
  dryRun: DryRun = 'none',
  subresource?: Subresource,
): KubeObject {
  const { kind, namespace, name } = target;
  return ctx.client.request({
    verb: 'patch',
    kind: nameInRequests(kind),
    namespace,
    name,
    type,
    patch,
    ...(subresource ? { subresource } : {}),
    ...(dryRun === 'server' ? { dryRun: true } : {}),
  });
}

/** Sends a new object. */
export function sendCreate(object: KubeObject, ctx: VerbContext, options: { dryRun?: DryRun; strict?: boolean } = {}): KubeObject {
  return ctx.client.request({
    verb: 'create',
    object,
    strict: options.strict ?? false,
    ...(options.dryRun === 'server' ? { dryRun: true } : {}),
  });
}

/** Runs `work`, whose failure is one of several; returns undefined after a failure. */
export function attempt<T>(errors: Error[], work: () => T, wrap: (error: ApiError) => Error = (error) => error): T | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof ApiError) errors.push(wrap(error));
    else if (error instanceof CommandErrors) errors.push(...error.errors);
    else if (error instanceof CommandError) errors.push(error);
    else throw error;
    return undefined;
  }
}
