// The registry of verbs: adding one is a file and a line here. The order is that of `kubectl --help`.
import type { Verb } from '../verb.ts';
import { describe } from './describe.ts';
import { events } from './events.ts';
import { get } from './get.ts';
import { rollout } from './rollout/index.ts';
import { wait } from './wait.ts';

export const verbs: readonly Verb[] = [get, describe, events, rollout, wait];

/** The verb of this name or alias. */
export function findVerb(word: string, among: readonly Verb[] = verbs): Verb | undefined {
  return among.find((verb) => verb.name === word || verb.aliases?.includes(word));
}
