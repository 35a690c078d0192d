// The registry of verbs: adding one is a file and a line here. The order is that of `kubectl --help`.
import type { Verb } from '../verb.ts';
import { describe } from './describe.ts';
import { get } from './get.ts';

export const verbs: readonly Verb[] = [get, describe];

/** The verb of this name or alias. */
export function findVerb(word: string, among: readonly Verb[] = verbs): Verb | undefined {
  return among.find((verb) => verb.name === word || verb.aliases?.includes(word));
}
