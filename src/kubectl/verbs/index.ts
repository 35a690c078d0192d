// The registry of verbs: adding one is a file and a line here. The order is that of `kubectl --help`.
import type { Verb } from '../verb.ts';
import { apiResources } from './apiResources.ts';
import { apiVersions, clusterInfo, version } from './cluster.ts';
import { describe } from './describe.ts';
import { events } from './events.ts';
import { get } from './get.ts';
import { logs } from './logs.ts';
import { refusedVerbs } from './refused.ts';
import { rollout } from './rollout/index.ts';
import { wait } from './wait.ts';

export const verbs: readonly Verb[] = [
  get,
  rollout,
  clusterInfo,
  describe,
  logs,
  events,
  wait,
  apiResources,
  apiVersions,
  version,
  ...refusedVerbs,
];

/** The verb of this name or alias. */
export function findVerb(word: string, among: readonly Verb[] = verbs): Verb | undefined {
  return among.find((verb) => verb.name === word || verb.aliases?.includes(word));
}
