// The registry of the scenario menu, in the order in which it lists them.
import { cookieCutter } from './cookieCutter.ts';
import { drainNode } from './drainNode.ts';
import { type LibraryScenario, threeMachines } from './library.ts';
import { nakedPod } from './nakedPod.ts';
import { nodeGoesDark } from './nodeGoesDark.ts';
import { rollingUpdate } from './rollingUpdate.ts';
import { samplePod } from './samplePod.ts';
import { selfHealing } from './selfHealing.ts';

const empty: LibraryScenario = { name: 'empty', machines: threeMachines, runtime: { startupMs: 3000 }, steps: [], openAtMs: 0 };

export const library: readonly LibraryScenario[] = [
  cookieCutter,
  selfHealing,
  rollingUpdate,
  nodeGoesDark,
  nakedPod,
  drainNode,
  samplePod,
  empty,
];

export const DEFAULT_SCENARIO = cookieCutter;

export function findScenario(name: string): LibraryScenario | undefined {
  return library.find((scenario) => scenario.name === name);
}
