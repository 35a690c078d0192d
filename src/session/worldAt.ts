// A world beside the one on the stage, run up to a moment, to look what would be there.
import type { Setting } from '../scenario/library/library.ts';
import { NO_BUDGET } from './playback.ts';
import { World } from './world.ts';

export function worldAt(scenario: Setting, atMs: number): World {
  const world = new World({ scenario, seed: 1, onTerminal: () => {}, onEdit: () => {} });
  world.runOn(atMs, NO_BUDGET);
  world.looks.read(world.cluster.changes);
  return world;
}
