// All that makes a world live: the cluster, kubectl, the scenarios of the menu. The page loads it after its first picture where a tape
// shows that; whatever acts needs it.
import { schedules } from '../kube/late.ts';
import { completion } from '../kubectl/run.ts';
import { DEFAULT_SCENARIO, findScenario } from '../scenario/library/find.ts';
import { actingOf } from './acting.ts';
import { loadPart, withParts } from './loadPart.ts';
import { makeAt, runInSlices } from './runInSlices.ts';
import { World } from './world.ts';

type Complete = ReturnType<typeof completion.get>['complete'];
type NextRunMs = ReturnType<typeof schedules.get>['nextRunMs'];

export const engine = {
  complete: ((...given) => completion.get().complete(...given)) satisfies Complete,
  nextRunMs: ((object, afterMs) =>
    object.kind === 'CronJob' ? schedules.get().nextRunMs(object, afterMs) : undefined) satisfies NextRunMs,
  actingOf,
  loadPart,
  withParts,
  makeAt,
  runInSlices,
  findScenario: (name: string) => findScenario(name) ?? DEFAULT_SCENARIO,
  makeWorld: (...given: ConstructorParameters<typeof World>) => new World(...given),
};

export type Engine = typeof engine;
