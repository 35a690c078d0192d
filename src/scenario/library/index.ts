// The registry of the scenario menu, in the order in which it lists them.
import { budgetBlocks } from './budgetBlocks.ts';
import { cookieCutter } from './cookieCutter.ts';
import { cronEveryMinute } from './cronEveryMinute.ts';
import { daemonOnEveryNode } from './daemonOnEveryNode.ts';
import { drainNode } from './drainNode.ts';
import { jobTries } from './jobTries.ts';
import { type LibraryScenario, threeMachines } from './library.ts';
import { nakedPod } from './nakedPod.ts';
import { nodeGoesDark } from './nodeGoesDark.ts';
import { priority } from './priority.ts';
import { rollingUpdate } from './rollingUpdate.ts';
import { samplePod } from './samplePod.ts';
import { selfHealing } from './selfHealing.ts';
import { statefulOrder } from './statefulOrder.ts';

const empty: LibraryScenario = { name: 'empty', machines: threeMachines, runtime: { startupMs: 3000 }, steps: [], openAtMs: 0 };

export const library: readonly LibraryScenario[] = [
  cookieCutter,
  selfHealing,
  rollingUpdate,
  nodeGoesDark,
  nakedPod,
  drainNode,
  budgetBlocks,
  priority,
  statefulOrder,
  daemonOnEveryNode,
  jobTries,
  cronEveryMinute,
  samplePod,
  empty,
];

export const DEFAULT_SCENARIO = cookieCutter;

export function findScenario(name: string): LibraryScenario | undefined {
  return library.find((scenario) => scenario.name === name);
}
