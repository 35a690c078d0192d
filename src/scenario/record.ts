// Runs a scenario without a picture and records what happened after every step, in the format in which a real control plane was recorded.
// Virtual time only: a command takes as long as kubectl took there, and a blocking one lets time pass until it ends or is cut off.

import { Cluster } from '../cluster/cluster.ts';
import { ApiError } from '../kube/errors.ts';
import type { Descriptions } from '../kube/schema/descriptions.ts';
import { putInAll } from './parts/all.ts';
import { fillPlaceholders } from './placeholders.ts';
import { recordedObjects } from './recordedObjects.ts';
import { runLine } from './runLine.ts';
import type { KubectlStep, NodeStep, RuntimeStep, Scenario, Step } from './scenario.ts';
import { ScenarioError } from './scenarioError.ts';
import { type WatchRow, watchRow } from './watchRow.ts';

/** The version whose behaviour is recorded. */
const SERVER = 'v1.36.2';
/** The machines have been up for this long before the first step. Schedules see it: the full minute comes 34 s after. */
const WARM_UP_MS = 25_800;
/** From starting kubectl to its first request, and from its end to the recording, as on the machine of the recordings. */
const KUBECTL_START_MS = 130;
/** Commands that send whole objects read the server's schema before. */
const SCHEMA_MS = 150;
/** From the answer to one request to the next request. */
const REQUEST_MS = 20;
const KUBECTL_END_MS = 20;
const RECORD_AFTER_MS = 150;
/** A command that changed nothing has settled after this; a machine that falls silent is waited for in full. */
const NOTHING_MS = 550;

export interface RecordedStep {
  readonly index: number;
  readonly step: unknown;
  readonly command?: string;
  readonly exitCode?: number | null;
  readonly signal?: 'SIGKILL';
  readonly stdout?: string;
  readonly stderr?: string;
  readonly settled?: boolean;
  /** Virtual seconds. */
  readonly seconds: number;
  readonly watch: readonly WatchRow[];
  readonly objects: ReturnType<typeof recordedObjects>;
}

export interface Recording {
  readonly name: string;
  readonly about: string;
  readonly server: string;
  readonly scenario: unknown;
  readonly initial: { readonly objects: ReturnType<typeof recordedObjects> };
  readonly steps: readonly RecordedStep[];
}

export interface RecordOptions {
  readonly seed?: number;
  /** What `kubectl explain` tells of fields. */
  readonly descriptions?: Descriptions;
}

/** Runs the scenario from an empty cluster. Throws ScenarioError where a step names a machine that is not there. */
export function record(scenario: Scenario, options: RecordOptions = {}): Recording {
  putInAll();
  const cluster = new Cluster({
    seed: options.seed ?? 1,
    machines: scenario.machines,
    runtime: { startupMs: 1000, shutdownMs: 1000, ...scenario.runtime },
  });
  cluster.runUntil(WARM_UP_MS);
  const initial = { objects: recordedObjects(cluster.snapshot()) };
  // Where containers run for real, the watch log tells of each of them, and when, as recordings of a real kubelet do.
  const firstMs = scenario.runtime.scripts ? cluster.nowMs : undefined;
  const steps = scenario.steps.map((step, index) => recordStep(cluster, step, index, { firstMs, descriptions: options.descriptions }));
  return { name: scenario.name, about: scenario.about, server: SERVER, scenario: scenario.source, initial, steps };
}

interface Setup {
  readonly firstMs: number | undefined;
  readonly descriptions: Descriptions | undefined;
}

function recordStep(cluster: Cluster, step: Step, index: number, { firstMs, descriptions }: Setup): RecordedStep {
  const startMs = cluster.nowMs;
  const { seq } = cluster.api.history;
  const outcome = performStep(cluster, step, cluster.api.objectChangeCount, descriptions);
  const watch = cluster.changes.slice(seq).flatMap((change) => watchRow(change, startMs, firstMs) ?? []);
  return {
    index,
    step: step.source,
    ...outcome,
    seconds: (cluster.nowMs - startMs) / 1000,
    watch,
    objects: recordedObjects(cluster.snapshot()),
  };
}

type Outcome = Pick<RecordedStep, 'command' | 'exitCode' | 'signal' | 'stdout' | 'stderr' | 'settled'>;

function performStep(cluster: Cluster, step: Step, countBefore: number, descriptions: Descriptions | undefined): Outcome {
  switch (step.type) {
    case 'wait':
      cluster.runUntil(cluster.nowMs + step.waitMs);
      return {};
    case 'host':
      return {};
    case 'node':
      actOnNode(cluster, step);
      return settled(cluster, step, countBefore);
    case 'runtime':
      cluster.submit({ type: 'runtime', runtime: step.runtime });
      return settled(cluster, step, countBefore);
    case 'kubectl': {
      const outcome = runKubectl(cluster, step, descriptions);
      if (outcome.signal || isReadOnly(outcome.command ?? '')) {
        cluster.runUntil(cluster.nowMs + RECORD_AFTER_MS);
        return outcome;
      }
      return { ...outcome, ...settled(cluster, step, countBefore) };
    }
  }
}

function actOnNode(cluster: Cluster, { action }: NodeStep): void {
  try {
    if (action.type === 'add') cluster.submit({ type: 'addNode', machine: action.machine });
    else cluster.submit({ type: `${action.type}Node`, name: action.name });
  } catch (error) {
    if (error instanceof ApiError) throw new ScenarioError(`node ${action.type}: ${error.message}`);
    throw error;
  }
}

// kubectl -------------------------------------------------------------------------------------------------------------

/** Commands that change nothing: they are recorded without waiting for rest. */
const READ_ONLY =
  /^(kubectl\s+)?((-n|--namespace)\s+\S+\s+)?(get|describe|events|wait|logs|explain|top|version|api-resources|api-versions|cluster-info|rollout\s+(status|history)|auth|diff|options|help|completion|config\s+view)\b/;

export function isReadOnly(command: string): boolean {
  return READ_ONLY.test(command);
}

function missing(placeholder: string, count: number): never {
  throw new ScenarioError(`${placeholder}: there are ${count} such objects`);
}

function runKubectl(cluster: Cluster, step: KubectlStep, descriptions: Descriptions | undefined): Outcome {
  const cutMs = cluster.nowMs + step.timeoutMs;
  let command = step.command;
  let stdin = step.stdin;
  try {
    command = fillPlaceholders(command, cluster.snapshot(), missing);
    stdin = stdin && fillPlaceholders(stdin, cluster.snapshot(), missing);
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error;
    return { command, exitCode: 1, stdout: '', stderr: `${error.message}\n` };
  }
  cluster.runUntil(cluster.nowMs + KUBECTL_START_MS + (/^(apply|create|replace|run)\b/.test(command) ? SCHEMA_MS : 0));
  let requestCount = 0;
  const outcome = runLine(cluster, command, stdin, {
    cutMs,
    descriptions,
    beforeRequest: () => requestCount++ > 0 && cluster.runUntil(cluster.nowMs + REQUEST_MS),
  });
  if (outcome.exitCode !== null) cluster.runUntil(cluster.nowMs + KUBECTL_END_MS);
  return outcome.exitCode === null ? { command, ...outcome, signal: 'SIGKILL' } : { command, ...outcome };
}

// Coming to rest ------------------------------------------------------------------------------------------------------

function settled(cluster: Cluster, { type, settleMs, settleMaxMs }: KubectlStep | NodeStep | RuntimeStep, countBefore: number): Outcome {
  if (settleMs === false) {
    cluster.runUntil(cluster.nowMs + RECORD_AFTER_MS);
    return {};
  }
  const deadlineMs = cluster.nowMs + settleMaxMs;
  if (cluster.api.objectChangeCount === countBefore) {
    cluster.runUntil(Math.min(deadlineMs, cluster.nowMs + (type === 'kubectl' ? NOTHING_MS : settleMs)));
    if (cluster.api.objectChangeCount === countBefore) return { settled: true };
  }
  return { settled: settle(cluster, settleMs, deadlineMs) };
}

/** Runs until nothing has changed for `quietMs`, counted from the last change, and from the end of the command at the earliest. */
function settle(cluster: Cluster, quietMs: number, deadlineMs: number): boolean {
  const endMs = cluster.nowMs;
  for (;;) {
    const quietAtMs = Math.max(endMs, cluster.api.changedMs) + quietMs;
    if (cluster.nowMs >= quietAtMs) return true;
    if (cluster.nowMs >= deadlineMs) return false;
    cluster.runUntil(Math.min(quietAtMs, deadlineMs));
  }
}
