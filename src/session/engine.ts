// All that makes a world live: the cluster, kubectl, the scenarios of the menu. The page loads it after its first picture where a tape
// shows that; whatever acts needs it.
import { nextRunMs } from '../kube/schedule.ts';
import { complete } from '../kubectl/complete.ts';
import { DEFAULT_SCENARIO, findScenario } from '../scenario/library/index.ts';
import { World } from './world.ts';

export const engine = {
  complete,
  nextRunMs,
  findScenario: (name: string) => findScenario(name) ?? DEFAULT_SCENARIO,
  makeWorld: (...given: ConstructorParameters<typeof World>) => new World(...given),
};

export type Engine = typeof engine;
