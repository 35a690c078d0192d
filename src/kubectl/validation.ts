// --validate: whether unknown fields of a manifest are refused, warned of, or dropped in silence.
// Models cli-runtime/pkg/resource/query_param_verifier.go and cmdutil.GetValidationDirective.
import { kindsOf } from '../kube/custom/served.ts';
import { decode } from '../kube/decode.ts';
import { ApiError } from '../kube/errors.ts';
import { CommandError } from './errors.ts';
import type { ManifestTarget } from './manifests.ts';
import type { ParsedArgs } from './parse.ts';
import type { VerbContext } from './verb.ts';

export type Validation = 'strict' | 'warn' | 'ignore';

export function validationOf(args: ParsedArgs): Validation {
  const text = args.text('validate');
  if (text === 'strict' || text === 'warn' || text === 'ignore') return text;
  if (['1', 't', 'T', 'TRUE', 'true', 'True'].includes(text)) return 'strict';
  if (['0', 'f', 'F', 'FALSE', 'false', 'False'].includes(text)) return 'ignore';
  throw new CommandError(`invalid - validate option "${text}"; must be one of: strict (or true), warn, ignore (or false)`);
}

/** What the server warns of in an object that is not sent strictly. */
export function unknownFieldWarnings({ object }: ManifestTarget, { client }: VerbContext): readonly string[] {
  try {
    return decode(object, kindsOf(client.snapshot())).unknownFields.map((field) => `unknown field ${JSON.stringify(field)}`);
  } catch (error) {
    // A value of a wrong type is the server's to refuse, when it is sent.
    if (error instanceof ApiError) return [];
    throw error;
  }
}
