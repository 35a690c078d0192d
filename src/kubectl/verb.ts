// What a kubectl verb is: one record with its names, flags, help and what it does. The registry is verbs/all.ts.
import type { Snapshot } from '../kube/meta.ts';
import type { Client, CommandStep, Running } from './command.ts';
import type { Flag, ParsedArgs } from './parse.ts';

export interface VerbContext {
  readonly client: Client;
  readonly stdin: string | undefined;
  /** What `-n` says, else what the context says, else `default`. */
  readonly namespace: string;
  /** Whether `-n` was given: then a manifest may not name another namespace. */
  readonly isNamespaceGiven: boolean;
  /** Tells something beside what the command prints, before it. */
  warn(text: string): void;
  /** The command with its parents, e.g. `kubectl rollout undo`: errors point to its help. */
  readonly path: string;
}

export interface Verb {
  readonly name: string;
  readonly aliases?: readonly string[];
  /** What follows the name: `(TYPE[.VERSION][.GROUP] [NAME | -l label] | TYPE[.VERSION][.GROUP]/NAME ...)`. */
  readonly usage: string;
  /** One sentence. */
  readonly summary: string;
  readonly examples?: readonly { readonly why: string; readonly line: string }[];
  readonly flags: readonly Flag[];
  /** Flags are not read at all: the verb only says why it cannot be run. */
  readonly isTakingAnyFlags?: boolean;
  /** `rollout`, `set`: the next word names one of these. */
  readonly verbs?: readonly Verb[];
  /** Of a group that can be run by itself: what is said, with the help, where nothing follows it. */
  readonly mistakeAlone?: string;
  /** Candidates for the word being typed, where the default (kinds, then names) does not fit. `words` are the words before it. */
  complete?(words: readonly string[], snapshot: Snapshot): readonly string[];
  /** Prints, waits, and returns the exit code; a group of verbs has none. Throws CommandError, ApiError or CommandErrors to end with kubectl's words for it. */
  run?(args: ParsedArgs, ctx: VerbContext): Running;
}

/** For `yield`: text for stdout; a line end is added. */
export function out(line: string): CommandStep {
  return { type: 'stdout', text: `${line}\n` };
}

/** For `yield`: text for stderr; a line end is added. */
export function err(line: string): CommandStep {
  return { type: 'stderr', text: `${line}\n` };
}

// Flags that many verbs share.
export const selectorFlag: Flag = {
  name: 'selector',
  short: 'l',
  type: 'string',
  help: "Selector (label query) to filter on, supports '=', '==', '!=', 'in', 'notin'. (e.g. -l key1=value1,key2=value2,key3 in (value3)).",
};
export const fieldSelectorFlag: Flag = {
  name: 'field-selector',
  type: 'string',
  help: "Selector (field query) to filter on, supports '=', '==', and '!='. (e.g. --field-selector key1=value1,key2=value2).",
};
export const allNamespacesFlag: Flag = {
  name: 'all-namespaces',
  short: 'A',
  type: 'bool',
  help: 'List the requested objects across all namespaces, whatever namespace is given with --namespace.',
};
export const filenameFlag: Flag = {
  name: 'filename',
  short: 'f',
  type: 'list',
  help: 'The manifests to read; - is what stands beside the command.',
};
export const allFlag: Flag = { name: 'all', type: 'bool', help: 'All objects of the given types in the namespace.' };
export const outputFlag: Flag = { name: 'output', short: 'o', type: 'string', help: 'Output format.' };
export const templateFlag: Flag = {
  name: 'template',
  type: 'string',
  help: 'The template of -o go-template or jsonpath; alone, one of Go’s.',
};
export const dryRunFlag: Flag = {
  name: 'dry-run',
  type: 'string',
  default: 'none',
  alone: 'unchanged',
  help: 'Must be "none", "server", or "client": print what would be sent, or send it without keeping it.',
};

/** Understood by every verb. */
export const globalFlags: readonly Flag[] = [
  { name: 'namespace', short: 'n', type: 'string', help: 'The namespace of this request.' },
  { name: 'context', type: 'string', help: 'The context of the kubeconfig file to use.' },
  { name: 'help', short: 'h', type: 'bool', help: 'Help for this command.' },
  { name: 'v', short: 'v', type: 'int', help: 'The level of logging: nothing is logged here.' },
  { name: 'request-timeout', type: 'string', help: 'How long to wait for one request: requests take no time here.' },
];
