// Words such as `deployment/web a=1 b-`: first the resources, then what to change on them.
// Models kubectl/pkg/cmd/util/helpers.go GetResourcesAndPairs and ParsePairs.
import { CommandError } from '../../errors.ts';

export interface Pairs {
  readonly resources: readonly string[];
  readonly pairs: readonly string[];
}

/** Splits the words; `what` names the change in the refusal of a resource after it. */
export function splitPairs(words: readonly string[], what: string): Pairs {
  const resources: string[] = [];
  const pairs: string[] = [];
  for (const word of words) {
    const isPair = (word.includes('=') && word[0] !== '=') || (word.endsWith('-') && word !== '-');
    if (isPair) pairs.push(word);
    else if (pairs.length > 0) throw new CommandError(`all resources must be specified before ${what} changes: ${word}`);
    else resources.push(word);
  }
  return { resources, pairs };
}

export interface Changes {
  readonly values: ReadonlyMap<string, string>;
  readonly removed: readonly string[];
}

/** `a=1` sets, `b-` removes where that is allowed. */
export function parsePairs(pairs: readonly string[], what: string, isRemoving: boolean): Changes {
  const values = new Map<string, string>();
  const removed: string[] = [];
  const invalid: string[] = [];
  for (const pair of pairs) {
    const equals = pair.indexOf('=');
    if (equals > 0) values.set(pair.slice(0, equals), pair.slice(equals + 1));
    else if (isRemoving && pair.endsWith('-') && pair !== '-') removed.push(pair.slice(0, -1));
    else invalid.push(pair);
  }
  if (invalid.length > 0) throw new CommandError(`invalid ${what} pairs: ${invalid.join(', ')}`);
  return { values, removed };
}

/** The refusals of a command that names no resource, or nothing to change. */
export function refuseIncomplete(isResource: boolean, mistakes: readonly string[]): void {
  const all = [...(isResource ? [] : ['one or more resources must be specified as <resource> <name> or <resource>/<name>']), ...mistakes];
  if (all.length === 1) throw new CommandError(all[0] as string);
  if (all.length > 1) throw new CommandError(`[${all.join(', ')}]`);
}
