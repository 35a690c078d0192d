// The scenario file: a small cluster and what is done to it, step by step. Reads and checks it; a key it does not know is passed over,
// since lessons and embeds add their own.

import type { KubeletRuntime, Machine } from '../cluster/intents.ts';
import { valueOf } from '../kube/quantity.ts';
import type { Field } from './field.ts';

interface StepTiming {
  /** Quiet time wanted before the step is recorded; false is at once. */
  readonly settleMs: number | false;
  readonly settleMaxMs: number;
}

export interface KubectlStep extends StepTiming {
  readonly type: 'kubectl';
  /** The arguments of kubectl, quoted as in a shell, with placeholders. */
  readonly command: string;
  readonly stdin: string | undefined;
  /** A command that still runs then is cut off. */
  readonly timeoutMs: number;
}

export interface NodeStep extends StepTiming {
  readonly type: 'node';
  readonly action:
    | { readonly type: 'add'; readonly machine: Machine }
    | { readonly type: 'fail' | 'recover' | 'remove'; readonly name: string };
}

export interface WaitStep {
  readonly type: 'wait';
  readonly waitMs: number;
}

export interface RuntimeStep extends StepTiming {
  readonly type: 'runtime';
  readonly runtime: Partial<KubeletRuntime>;
}

/** Something done to the machine under a real cluster: there is none here, and the step is passed over. */
export interface HostStep {
  readonly type: 'host';
}

export type Step = (KubectlStep | NodeStep | WaitStep | RuntimeStep | HostStep) & {
  /** The step as the file has it. */
  readonly source: unknown;
};

export interface Scenario {
  readonly name: string;
  readonly about: string;
  readonly machines: readonly Machine[];
  readonly runtime: Partial<KubeletRuntime>;
  readonly steps: readonly Step[];
  /** The scenario as the file has it. */
  readonly source: unknown;
}

const SETTLE_MS = 3000;
const SETTLE_MAX_MS = 90_000;
const TIMEOUT_MS = 180_000;

/** Throws ScenarioError naming line and field. */
export function readScenario(root: Field): Scenario {
  const source = root.asMap();
  return {
    name: root.at('name').asText(''),
    about: root.at('about').asText(''),
    machines: root.at('nodes').asList().map(machineOf),
    runtime: runtimeOf(root.at('runtime')),
    steps: root.at('steps').asList().map(stepOf),
    source,
  };
}

/** A node marked `real: true` is like the one machine on which a real kubelet was recorded. */
const REAL_MACHINE = { cpu: '2', memory: '24684096Ki', allocatable: { memory: '24581696Ki' } };

export function machineOf(field: Field): Machine {
  field.asMap();
  const real = field.at('real').asBoolean(false) ? REAL_MACHINE : undefined;
  const cpu = field.at('cpu').asQuantity() ?? real?.cpu;
  const memory = field.at('memory').asQuantity() ?? real?.memory;
  const pods = field.at('pods').asQuantity();
  const labels = field.at('labels').asTexts();
  const resources = field.at('resources').asTexts();
  const storage = field.at('ephemeral-storage').asQuantity();
  const allocatable = field.at('allocatable').asTexts() ?? real?.allocatable;
  const taints = field.at('taints').asList().map(taintOf);
  return {
    name: field.at('name').asName(),
    ...(cpu ? { cpu } : {}),
    ...(memory ? { memory } : {}),
    ...(pods ? { pods: Number(pods) } : {}),
    ...(labels ? { labels } : {}),
    ...(taints.length > 0 ? { taints } : {}),
    ...(field.at('unschedulable').asBoolean(false) ? { unschedulable: true } : {}),
    ...(resources || storage ? { resources: { ...(storage ? { 'ephemeral-storage': storage } : {}), ...resources } } : {}),
    ...(allocatable ? { allocatable } : {}),
  };
}

function taintOf(field: Field): NonNullable<Machine['taints']>[number] {
  if (typeof field.value === 'string') {
    if (!/^[^=:]+(=[^:]*)?:(NoSchedule|PreferNoSchedule|NoExecute)$/.test(field.value)) field.fail('taint');
    return field.value;
  }
  field.asMap();
  const value = field.at('value').asText('');
  return { key: field.at('key').asName(), ...(value ? { value } : {}), effect: field.at('effect').asName() };
}

export function runtimeOf(field: Field): Partial<KubeletRuntime> {
  if (!field.isThere) return {};
  field.asMap();
  const of = (key: string) => (field.at(key).isThere ? field.at(key).asMs() : undefined);
  const startupMs = of('startup');
  const shutdownMs = of('shutdown');
  const pullMs = of('pull');
  return {
    ...(startupMs === undefined ? {} : { startupMs }),
    ...(shutdownMs === undefined ? {} : { shutdownMs }),
    ...(pullMs === undefined ? {} : { pullMs }),
    ...evictionOf(field.at('eviction')),
    ...(field.at('scripts').isThere ? { scripts: field.at('scripts').asBoolean(false) } : {}),
  };
}

/** `eviction: {memory-hard: 500Mi, memory-soft: 1Gi, soft-grace: 90s, max-pod-grace: 10s, min-reclaim: 100Mi, transition: 30s, disk-hard: 1Gi}`. */
function evictionOf(field: Field): Pick<KubeletRuntime, 'eviction'> {
  if (!field.isThere) return {};
  field.asMap();
  const amount = (key: string) => valueOf(field.at(key).asQuantity());
  const eviction = {
    ...(field.at('memory-hard').isThere ? { memoryHardBytes: amount('memory-hard') } : {}),
    ...(field.at('memory-soft').isThere ? { memorySoftBytes: amount('memory-soft') } : {}),
    ...(field.at('soft-grace').isThere ? { softGraceMs: field.at('soft-grace').asMs() } : {}),
    ...(field.at('min-reclaim').isThere ? { minReclaimBytes: amount('min-reclaim') } : {}),
    ...(field.at('transition').isThere ? { transitionMs: field.at('transition').asMs() } : {}),
    ...(field.at('max-pod-grace').isThere ? { maxPodGraceMs: field.at('max-pod-grace').asMs() } : {}),
    ...(field.at('disk-hard').isThere ? { diskHardBytes: amount('disk-hard') } : {}),
  };
  return { eviction };
}

function stepOf(field: Field): Step {
  field.asMap();
  const source = field.value;
  const kinds = ['kubectl', 'node', 'wait', 'runtime', 'sh'].filter((kind) => field.at(kind).isThere);
  if (kinds.length !== 1) field.fail('oneOf', 'kubectl, node, wait, runtime');
  const settle = field.at('settle');
  const timing: StepTiming = {
    settleMs: settle.value === false ? false : settle.asMs(SETTLE_MS),
    settleMaxMs: field.at('settle-max').asMs(SETTLE_MAX_MS),
  };
  switch (kinds[0]) {
    case 'kubectl': {
      const stdin = field.at('stdin');
      return {
        type: 'kubectl',
        command: field.at('kubectl').asText(),
        stdin: stdin.isThere ? stdin.asText() : undefined,
        timeoutMs: field.at('timeout').asMs(TIMEOUT_MS),
        ...timing,
        source,
      };
    }
    case 'node':
      return { type: 'node', action: nodeActionOf(field.at('node')), ...timing, source };
    case 'wait':
      return { type: 'wait', waitMs: field.at('wait').asMs(), source };
    case 'sh':
      return { type: 'host', source };
    default:
      return { type: 'runtime', runtime: runtimeOf(field.at('runtime')), ...timing, source };
  }
}

export function nodeActionOf(field: Field): NodeStep['action'] {
  field.asMap();
  const actions = (['add', 'fail', 'recover', 'remove'] as const).filter((action) => field.at(action).isThere);
  const type = actions[0];
  if (actions.length !== 1 || type === undefined) field.fail('oneOf', 'add, fail, recover, remove');
  return type === 'add' ? { type, machine: machineOf(field.at('add')) } : { type, name: field.at(type).asName() };
}
