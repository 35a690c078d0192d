// @module-tag long
import { describe, expect, it } from 'vitest';
import { isEqual } from '../base/equal.ts';
import { POD_INSIDE } from '../kube/inside.ts';
import type { Change } from '../kube/meta.ts';
import { createSession } from './createSession.ts';
import { engine } from './engine.ts';
import { hasAround } from './loadAround.ts';
import { NO_BUDGET } from './playback.ts';
import { recordTape, tapedScenarios } from './recordTape.ts';
import type { Tape } from './tape.ts';
import { TapedWorld } from './tapedWorld.ts';
import { frames } from './testFrames.ts';
import { World } from './world.ts';

/** As it comes over the network. */
const sent = (tape: Tape): Tape => JSON.parse(JSON.stringify(tape));
/** What the picture of a tape can show only with what is loaded for it. */
const isAroundOwners = ({ table, after }: Change) =>
  ['StatefulSet', 'DaemonSet', 'PodDisruptionBudget', 'HorizontalPodAutoscaler'].includes(table) ||
  (table === 'Service' && (after?.spec as { selector?: object } | undefined)?.selector !== undefined);
const settled = () => new Promise((resolve) => setTimeout(resolve));

describe('recordTape', () => {
  const parts: Record<string, Tape['parts']> = {};

  it.each(tapedScenarios.map((scenario) => [scenario.name, scenario] as const))('%s plays as it ran', (_, scenario) => {
    const tape = sent(recordTape(scenario));
    parts[scenario.name] = tape.parts;
    const taped = new TapedWorld(tape, () => {});
    const live = new World({ scenario, seed: tape.seed, onTerminal: () => {}, onEdit: () => {} });
    taped.runOn(scenario.openAtMs);
    taped.runOn(tape.endMs);
    live.runOn(tape.endMs, NO_BUDGET);
    const { changes } = live.cluster;
    expect(taped.cluster.changes).toHaveLength(changes.length);
    // What goes on inside pods has its place in the log, but is not on the tape.
    const ofObject = ({ table }: Change) => table !== POD_INSIDE;
    const [played, ran] = [taped.cluster.changes.filter(ofObject), changes.filter(ofObject)];
    expect(played.findIndex((change, i) => !isEqual(change, ran[i]))).toBe(-1);
    expect(played.at(-1)).toEqual(ran.at(-1));
    expect(hasAround(tape.parts) || !changes.some(isAroundOwners)).toBe(true);
  });

  // The tape was made with these parts, and what it is compared with above with all.
  it('knows which parts of the program each needs', () => {
    const lines = Object.entries(parts).map(([name, needed]) => `${name}: ${needed.join(' ')}`);
    expect(lines.join('\n')).toMatchInlineSnapshot(`
      "cookie-cutter: 
      self-healing: library deployments
      naked-pod: library selectors
      crash-loop: library deployments images shell tools pressure
      sample-pod: library shell
      empty: library
      rolling-update: library deployments rollouts
      stuck-rollout: library deployments rollouts images patches
      daemon-surge: library kinds sets images tools pressure rollouts
      partition: library kinds sets rollouts patches
      node-goes-dark: library kinds deployments sets podFields volumes images tools pressure shell applications outages
      drain: library deployments nodes
      budget: library kinds deployments limits services nodes
      memory-pressure: library kinds deployments images shell tools pressure
      stateful-order: library kinds services sets podFields volumes images tools applications pressure
      daemon: library kinds sets deployments images tools pressure nodes
      doors: library deployments services patches edits
      job-tries: library kinds jobs images shell
      job-policies: library kinds jobs images shell
      cron: library kinds jobs shell tools
      cron-concurrency: library kinds jobs images shell
      spread: library nodes affinity deployments unschedulable outages
      priority: library kinds deployments images tools pressure unschedulable
      gates: library deployments patches edits images tools pressure
      autoscale: library kinds deployments scaling
      quota: library kinds limits deployments patches
      namespace-ends: library deployments images tools pressure namespaces kinds get patches
      disks: library kinds volumes deployments unschedulable images get tools pressure
      settings: library podFields deployments shell tools patches kubectl rollouts"
    `);
  });
});

describe('a session that begins with a tape', () => {
  const scenario = engine.findScenario('cookie-cutter');
  const open = (tape: Tape) => {
    let asked = 0;
    const load = () => {
      asked++;
      return Promise.resolve(engine);
    };
    return { session: createSession({ engine: load, tape, frames }), asked: () => asked };
  };

  it('shows, seeks and steps without the engine', () => {
    const { session, asked } = open(sent(recordTape(scenario)));
    const live = createSession({ engine, scenario: scenario.name });
    for (const atMs of [176_000, 134_050, 0, 160_000]) {
      session.seek(atMs);
      live.seek(atMs);
      expect(session.store.getState().snapshot.list('Pod')).toEqual(live.store.getState().snapshot.list('Pod'));
    }
    session.stepBack();
    live.stepBack();
    expect(session.store.getState().playheadMs).toBe(live.store.getState().playheadMs);
    expect(session.store.getState().terminal).toEqual(live.store.getState().terminal);
    expect(session.store.getState().selection).toEqual(live.store.getState().selection);
    expect(asked()).toBe(0);
  });

  it('hands over to the engine before the first deed, and the run goes on as if it had been there from the start', async () => {
    const { session, asked } = open(sent(recordTape(scenario)));
    const live = createSession({ engine, scenario: scenario.name });
    const line = 'kubectl scale rs/web --replicas=5';
    session.run(line);
    expect(session.deeds).toHaveLength(0);
    expect(session.store.getState().isAwaited).toBe(true);
    await settled();
    expect(session.store.getState().isAwaited).toBe(false);
    live.run(line);
    expect(asked()).toBe(1);
    expect(session.cluster.changes).toEqual(live.cluster.changes);
    expect(session.deeds).toEqual(live.deeds);
    expect(session.store.getState().terminal).toEqual(live.store.getState().terminal);
  });

  it('keeps the playhead in the past when the engine takes over', async () => {
    const { session } = open(sent(recordTape(scenario)));
    session.seek(100_000);
    session.wake();
    expect(session.store.getState().isAwaited).toBe(false);
    await settled();
    expect(session.store.getState()).toMatchObject({ playheadMs: 100_000, endMs: 176_000 });
    session.run('kubectl label node node-a x=y');
    expect(session.store.getState().pendingFork).toEqual({ dropsMs: 76_000 });
  });

  it('tells how far the engine is to those who wait for it, and to nobody else', async () => {
    const tape = sent(recordTape(scenario));
    let nowMs = 0;
    const toldWhile = async (act: (session: ReturnType<typeof createSession>) => void) => {
      // A slow machine: each look at the clock is half a second later.
      const session = createSession({ engine: () => Promise.resolve(engine), tape, frames: { ...frames, now: () => (nowMs += 500) } });
      let isTold = false;
      session.store.subscribe(({ building }) => (isTold ||= building !== undefined));
      act(session);
      await settled();
      return isTold;
    };
    expect(await toldWhile((session) => session.wake())).toBe(false);
    expect(await toldWhile((session) => session.run('kubectl get pods'))).toBe(true);
  });

  it('says why, and stands still, when the engine cannot come', async () => {
    const tape = sent(recordTape(scenario));
    const session = createSession({ engine: () => Promise.reject(new Error('no network')), tape, frames });
    session.run('kubectl get pods');
    await settled();
    expect(session.store.getState().notice).toMatchObject({ text: 'no network', isError: true });
  });
});
