// The registry of the scenario menu; its order is that of names.ts.
import { autoscale } from './autoscale.ts';
import { budgetBlocks } from './budgetBlocks.ts';
import { busyDay } from './busyDay.ts';
import { cookieCutter } from './cookieCutter.ts';
import { crashLoop } from './crashLoop.ts';
import { cronConcurrency } from './cronConcurrency.ts';
import { cronEveryMinute } from './cronEveryMinute.ts';
import { daemonOnEveryNode } from './daemonOnEveryNode.ts';
import { daemonSurge } from './daemonSurge.ts';
import { disks } from './disks.ts';
import { doors } from './doors.ts';
import { drainNode } from './drainNode.ts';
import { fullSize } from './fullSize.ts';
import { gates } from './gates.ts';
import {
  dataSurvives,
  gracefulEnd,
  imageEdited,
  initFirst,
  livenessRestart,
  outOfMemory,
  portClash,
  sidecarOutlives,
  twoContainers,
} from './insidePods.ts';
import { jobPolicies } from './jobPolicies.ts';
import { jobTries } from './jobTries.ts';
import { type LibraryScenario, threeMachines } from './library.ts';
import { memoryPressure } from './memoryPressure.ts';
import { nakedPod } from './nakedPod.ts';
import { type ScenarioName, scenarioNames } from './names.ts';
import { namespaceEnds } from './namespaceEnds.ts';
import { nodeGoesDark } from './nodeGoesDark.ts';
import { partition } from './partition.ts';
import { priority } from './priority.ts';
import { quota } from './quota.ts';
import { rollingUpdate } from './rollingUpdate.ts';
import { samplePod } from './samplePod.ts';
import { selfHealing } from './selfHealing.ts';
import { settings } from './settings.ts';
import { spreadAndTaints } from './spread.ts';
import { statefulOrder } from './statefulOrder.ts';
import { stuckRollout } from './stuckRollout.ts';

const empty: LibraryScenario = { name: 'empty', machines: threeMachines, runtime: { startupMs: 3000 }, steps: [], openAtMs: 0 };

const byName: Readonly<Record<ScenarioName, LibraryScenario>> = {
  'cookie-cutter': cookieCutter,
  'self-healing': selfHealing,
  'naked-pod': nakedPod,
  'crash-loop': crashLoop,
  'sample-pod': samplePod,
  'two-containers': twoContainers,
  'init-first': initFirst,
  'sidecar-outlives': sidecarOutlives,
  'port-clash': portClash,
  liveness: livenessRestart,
  oom: outOfMemory,
  'graceful-end': gracefulEnd,
  'data-survives': dataSurvives,
  'image-edited': imageEdited,
  empty,
  'rolling-update': rollingUpdate,
  'stuck-rollout': stuckRollout,
  'daemon-surge': daemonSurge,
  partition,
  'node-goes-dark': nodeGoesDark,
  drain: drainNode,
  budget: budgetBlocks,
  'memory-pressure': memoryPressure,
  'stateful-order': statefulOrder,
  daemon: daemonOnEveryNode,
  doors,
  'job-tries': jobTries,
  'job-policies': jobPolicies,
  cron: cronEveryMinute,
  'cron-concurrency': cronConcurrency,
  spread: spreadAndTaints,
  priority,
  gates,
  autoscale,
  quota,
  'namespace-ends': namespaceEnds,
  disks,
  settings,
  'busy-day': busyDay,
  'full-size': fullSize,
};

export const library: readonly LibraryScenario[] = scenarioNames.map((name) => byName[name]);
