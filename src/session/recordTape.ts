// Runs a scenario and writes its tape, from its beginning to a while after its last step.
import { type Key, type KubeObject, keyOf } from '../kube/meta.ts';
import { nextRunMs } from '../kube/schedule.ts';
import { findScenario } from '../scenario/library/find.ts';
import { library } from '../scenario/library/index.ts';
import type { LibraryScenario } from '../scenario/library/library.ts';
import { scenarioShelves } from '../scenario/library/names.ts';
import type { PartName } from '../scenario/parts/all.ts';
import { withNeeded } from '../scenario/parts/needed.ts';
import { NO_BUDGET } from './playback.ts';
import { type Tape, writeChanges } from './tape.ts';
import { World } from './world.ts';

/** How long a tape goes on when nothing more is done. */
const AFTERWARDS_MS = 60_000;

export function recordTape(scenario: LibraryScenario, seed = 1): Tape {
  const { made, needed } = withNeeded(() => {
    // Whoever goes on from the tape looks for the scenario by its name.
    findScenario(scenario.name);
    return runWhole(scenario, seed);
  });
  return { ...made, parts: needed };
}

/** The parts that a scenario needs up to where it is opened. */
export function partsNeededBy(scenario: LibraryScenario): readonly PartName[] {
  const run = () => {
    findScenario(scenario.name);
    new World({ scenario, seed: 1, onTerminal: () => {}, onEdit: () => {} }).runOn(scenario.openAtMs, NO_BUDGET);
  };
  return withNeeded(run).needed;
}

function runWhole(scenario: LibraryScenario, seed: number): Omit<Tape, 'parts'> {
  let terminal: Tape['terminal'] = [];
  const world = new World({ scenario, seed, onTerminal: (entries) => (terminal = entries), onEdit: () => {} });
  world.runOn(scenario.openAtMs, NO_BUDGET);
  const selected = scenario.select?.(world.cluster.snapshot());
  const endMs = Math.max(scenario.openAtMs, scenario.steps.at(-1)?.atMs ?? 0) + AFTERWARDS_MS;
  world.runOn(endMs, NO_BUDGET);
  const { changes, intents, scheduler } = world.cluster;
  const pods = new Set(changes.filter(({ table }) => table === 'Pod').map(({ key }) => key));
  return {
    scenario: scenario.name,
    seed,
    openAtMs: scenario.openAtMs,
    openSpeed: scenario.openSpeed ?? 1,
    ...(selected === undefined ? {} : { selected }),
    ...(scenario.tab === undefined ? {} : { tab: scenario.tab }),
    endMs,
    show: scenario.show ?? showOf(scenario),
    changes: writeChanges(changes),
    faults: intents.filter(({ intent }) => intent.type !== 'request'),
    decisions: [...pods].flatMap((key) => scheduler.decisions(key)),
    runs: world.cluster
      .snapshot()
      .list('CronJob')
      .flatMap((object) => runsOf(object, endMs)),
    terminal,
  };
}

/** From a moment before the last step but one, so that what leads to the last is seen, to when it has had its effect. */
function showOf({ steps, openAtMs }: LibraryScenario): Tape['show'] {
  const last = steps.at(-1)?.atMs ?? openAtMs;
  const before = steps.at(-2)?.atMs ?? last;
  const first = last - before > 30_000 ? last : before;
  const askMs = steps.length > 1 ? last - 500 : last + 8000;
  return { fromMs: Math.max(0, first - 1500), askMs, toMs: last + 24_000 };
}

/** The first run after the tape's end, too: it is waited for. */
function runsOf(object: KubeObject, endMs: number): Tape['runs'] {
  const runs: { readonly key: Key; readonly atMs: number }[] = [];
  let atMs: number | undefined = 0;
  while (atMs !== undefined && atMs <= endMs) {
    atMs = nextRunMs(object, atMs);
    if (atMs !== undefined) runs.push({ key: keyOf(object), atMs });
  }
  return runs;
}

/** Large worlds are run, not played: their tapes would be larger than the engine. So is what goes on inside pods: no tape holds it. */
const untaped: readonly string[] = [...scenarioShelves.scale, ...scenarioShelves.inside];
export const tapedScenarios = library.filter(({ name }) => !untaped.includes(name));

/** The tapes of the menu, by name. */
export function recordTapes(): ReadonlyMap<string, Tape> {
  return new Map(tapedScenarios.map((scenario) => [scenario.name, recordTape(scenario)]));
}
