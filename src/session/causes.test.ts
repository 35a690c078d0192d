import { describe, expect, it } from 'vitest';
import type { Change } from '../kube/meta.ts';
import { findScenario } from '../scenario/library/find.ts';
import { type CauseStep, causesOf } from './causes.ts';
import { NO_BUDGET } from './playback.ts';
import type { TerminalEntry } from './session.ts';
import { World } from './world.ts';

function ran(name: string, untilMs: number) {
  const scenario = findScenario(name);
  if (!scenario) throw new Error(name);
  let terminal: readonly TerminalEntry[] = [];
  const world = new World({ scenario, seed: 1, onTerminal: (entries) => (terminal = entries), onEdit: () => {} });
  world.runOn(untilMs, NO_BUDGET);
  const { changes, intents } = world.cluster;
  const why = (fits: (change: Change) => boolean) => causesOf(changes.findLast(fits) as Change, { changes, intents, terminal }).map(said);
  return { why };
}

function said(step: CauseStep): string {
  if (step.type === 'deed') return `deed: ${step.line}`;
  if (step.type === 'fault') return `fault: ${step.fault.type}`;
  if (step.type === 'waited') return `${step.forWhat} ${Math.round(step.waitedMs / 1000)} s`;
  return `${step.change.actor} ${step.change.verb} ${step.change.table}`;
}

const isMarked = ({ table, before, after }: Change) =>
  table === 'Pod' && Boolean(after?.metadata.deletionTimestamp) && !before?.metadata.deletionTimestamp;

describe('causesOf', () => {
  it('goes back from a pod to the line that somebody typed', () => {
    const { why } = ran('self-healing', 60_000);
    expect(why(({ table, verb }) => table === 'Pod' && verb === 'bind')).toEqual([
      'default-scheduler bind Pod',
      'replicaset-controller create Pod',
      expect.stringContaining('delete Pod'),
      expect.stringMatching(/^deed: kubectl delete pod/),
    ]);
  });

  it('finds the silence behind an eviction, though timers lie between', () => {
    const { why } = ran('node-goes-dark', 420_000);
    expect(why(isMarked)).toEqual([
      'taint-eviction-controller delete Pod',
      'toleration 300 s',
      'node-lifecycle-controller update Node',
      'heartbeat 50 s',
      'fault: failNode',
    ]);
  });

  it('finds the load behind a new size', () => {
    const { why } = ran('autoscale', 100_000);
    expect(why(({ table, verb }) => table === 'Pod' && verb === 'create')).toEqual([
      'replicaset-controller create Pod',
      'deployment-controller update ReplicaSet',
      'horizontal-pod-autoscaler-controller update Deployment',
      expect.stringMatching(/^measurement/),
      'fault: load',
    ]);
  });

  it('finds who made the schedule behind a Job', () => {
    const { why } = ran('cron', 70_000);
    expect(why(({ table, verb }) => table === 'Pod' && verb === 'create')).toEqual([
      'job-controller create Pod',
      'cronjob-controller create Job',
      expect.stringMatching(/^schedule/),
      'user create CronJob',
      'deed: kubectl apply -f -',
    ]);
  });
});
