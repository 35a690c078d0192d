// The registry of the scenario menu; its order is that of names.ts.
import { budgetBlocks } from './budgetBlocks.ts';
import { cookieCutter } from './cookieCutter.ts';
import { cronEveryMinute } from './cronEveryMinute.ts';
import { daemonOnEveryNode } from './daemonOnEveryNode.ts';
import { drainNode } from './drainNode.ts';
import { jobTries } from './jobTries.ts';
import { type LibraryScenario, threeMachines } from './library.ts';
import { nakedPod } from './nakedPod.ts';
import { type ScenarioName, scenarioNames } from './names.ts';
import { nodeGoesDark } from './nodeGoesDark.ts';
import { priority } from './priority.ts';
import { rollingUpdate } from './rollingUpdate.ts';
import { samplePod } from './samplePod.ts';
import { selfHealing } from './selfHealing.ts';
import { statefulOrder } from './statefulOrder.ts';

const empty: LibraryScenario = { name: 'empty', machines: threeMachines, runtime: { startupMs: 3000 }, steps: [], openAtMs: 0 };

const byName: Readonly<Record<ScenarioName, LibraryScenario>> = {
  'cookie-cutter': cookieCutter,
  'self-healing': selfHealing,
  'rolling-update': rollingUpdate,
  'node-goes-dark': nodeGoesDark,
  'naked-pod': nakedPod,
  drain: drainNode,
  budget: budgetBlocks,
  priority,
  'stateful-order': statefulOrder,
  daemon: daemonOnEveryNode,
  'job-tries': jobTries,
  cron: cronEveryMinute,
  'sample-pod': samplePod,
  empty,
};

export const library: readonly LibraryScenario[] = scenarioNames.map((name) => byName[name]);

export const DEFAULT_SCENARIO = cookieCutter;

export function findScenario(name: string): LibraryScenario | undefined {
  return library.find((scenario) => scenario.name === name);
}
