// The picture of the other owners: places that stay, budgets, doors, drains, tries, and departures told apart.
import { describe, expect, it } from 'vitest';
import { sceneEn } from '../i18n/en/scene.ts';
import type { Node } from '../kube/kinds/node.ts';
import type { Pod } from '../kube/kinds/pod.ts';
import { controllerRefTo, type KubeObject } from '../kube/meta.ts';
import { FrameMaker } from './frame.ts';
import { STILL } from './frameInput.ts';
import { layoutStage } from './layout.ts';
import { nameOf } from './names.ts';
import { countText, noteFor } from './ownerWords.ts';
import { targetsOf } from './pick.ts';
import { podState } from './podState.ts';
import { SceneReader } from './scene.ts';
import { PENDING, READY, TestWorld, template } from './testWorld.ts';
import { motionAt } from './transitions.ts';

const SIZE = { width: 1440, height: 900 };
const MARK = { lastTransitionTime: '2026-01-01T00:00:00Z', status: 'True' } as const;

/** A StatefulSet of three with disks for the ordinals given. */
function setOfThree(disks: readonly number[], spec: object = {}) {
  const world = new TestWorld();
  world.node('node-a');
  const volumeClaimTemplates = [{ metadata: { name: 'data' }, spec: {} }];
  const made = world.make({
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 'db', namespace: 'default' },
    spec: { replicas: 3, template: template('v1'), volumeClaimTemplates, ...spec },
  });
  for (const ordinal of disks) world.make(thing('PersistentVolumeClaim', `data-db-${ordinal}`, {}));
  return {
    world,
    set: made,
    pod: (ordinal: number, node = 'node-a', status = READY) => ownedPod(world, made, `db-${ordinal}`, node, status),
  };
}

function ownedPod(world: TestWorld, owner: KubeObject, name: string, nodeName: string | undefined, status: Pod['status']): Pod {
  const metadata = { name, namespace: 'default', labels: { app: 'web' }, ownerReferences: [controllerRefTo(owner)] };
  return world.make<Pod>({ apiVersion: 'v1', kind: 'Pod', metadata, spec: { ...template('v1').spec, nodeName }, status });
}

function thing(kind: string, name: string, spec: object, status: object = {}): KubeObject {
  return { apiVersion: 'v1', kind, metadata: { name, namespace: 'default' }, spec, status };
}

function places(world: TestWorld): string[] {
  return (world.scene().owners[0]?.places ?? []).map(({ name, pod, claim }) => [name, pod?.name ?? 'empty', claim ?? 'no disk'].join(' '));
}

describe('pods that nobody owns', () => {
  it('are replaced by nobody, one as well as two', () => {
    const world = new TestWorld();
    world.node('node-a');
    const note = () => noteFor(world.scene().owners[0] as never, sceneEn);
    world.make(thing('Pod', 'one', { ...template('v1').spec, nodeName: 'node-a' }, READY));
    expect(note()).toBe('nobody replaces it');
    world.make(thing('Pod', 'two', { ...template('v1').spec, nodeName: 'node-a' }, READY));
    expect(note()).toBe('nobody replaces them');
  });
});

describe('a StatefulSet', () => {
  it('has a socket for each ordinal, and an empty socket keeps its disk', () => {
    const { world, pod } = setOfThree([0, 1]);
    pod(0);
    const second = pod(1);
    world.remove(second);
    expect(places(world)).toEqual(['db-0 db-0 data-db-0', 'db-1 empty data-db-1', 'db-2 empty no disk']);
  });

  it('keeps the sockets whose disks outlive a scale-down, and those of pods still on their way out', () => {
    const { world, pod } = setOfThree([0, 1], { replicas: 1 });
    pod(0);
    pod(2);
    expect(places(world)).toEqual(['db-0 db-0 data-db-0', 'db-1 empty data-db-1', 'db-2 db-2 no disk']);
  });

  it('says for whom it waits: for the first that is not ready, or for one that nobody can take away', () => {
    const { world, pod } = setOfThree([]);
    pod(0, 'node-a', PENDING);
    const note = () => noteFor(world.scene().owners[0] as never, sceneEn);
    expect(note()).toBe('waits for db-0');
    const parallel = setOfThree([], { podManagementPolicy: 'Parallel' });
    parallel.world.node('node-b', 'Unknown');
    const lost = parallel.pod(1, 'node-b');
    const said = () => noteFor(parallel.world.scene().owners[0] as never, sceneEn);
    expect(said()).toBeUndefined();
    parallel.world.put({ ...lost, metadata: { ...lost.metadata, deletionTimestamp: '2026-01-01T00:05:00Z' } });
    expect(said()).toBe('waits for db-1');
  });
});

describe('a DaemonSet', () => {
  it('has a place for a node without its pod', () => {
    const world = new TestWorld();
    for (const name of ['node-a', 'node-b']) world.node(name);
    const agent = world.daemonSet('agent', template('v1'), 2);
    world.pod('agent-b', agent, 'node-b');
    world.put({ ...agent, status: { desiredNumberScheduled: 2, currentNumberScheduled: 1 } });
    expect(places(world)).toEqual(['node-a empty no disk', 'node-b agent-b no disk']);
    expect(countText(world.scene().owners[0] as never, sceneEn)).toBe('1 per node, ready 1');
  });
});

describe('a Job', () => {
  it('counts what is done and what runs, and keeps the failed try', () => {
    const world = new TestWorld();
    const status = { succeeded: 1, failed: 1 };
    const job = world.make({ ...thing('Job', 'report', { completions: 5, backoffLimit: 4, template: template('v1') }, status) });
    ownedPod(world, job, 'report-a', 'node-a', { phase: 'Succeeded' });
    ownedPod(world, job, 'report-b', 'node-a', { phase: 'Failed' });
    ownedPod(world, job, 'report-c', 'node-a', READY);
    const [owner] = world.scene().owners;
    expect(countText(owner as never, sceneEn)).toBe('1 of 5 done, 1 running');
    expect(noteFor(owner as never, sceneEn)).toBe('1 try failed, up to 4 may');
    expect(layoutStage(world.scene(), SIZE, sceneEn).pips.size).toBe(3);
  });

  it('says how many tries each index has where that is what counts', () => {
    const world = new TestWorld();
    const spec = { completions: 6, completionMode: 'Indexed', backoffLimit: 2147483647, backoffLimitPerIndex: 2, template: template('v1') };
    world.make({ ...thing('Job', 'render', spec, { failed: 1 }) });
    expect(noteFor(world.scene().owners[0] as never, sceneEn)).toBe('1 try failed, up to 2 of each index may');
  });
});

describe('a CronJob', () => {
  it('owns its Jobs, whose pods are cut from its template, and says when the next one is due', () => {
    const world = new TestWorld();
    const spec = { schedule: '*/5 * * * *', jobTemplate: { spec: { template: template('v1') } } };
    const cron = world.make(thing('CronJob', 'tick', spec));
    const labels = { app: 'web', 'job-name': 'tick-1', 'controller-uid': 'x' };
    const job = thing('Job', 'tick-1', { completions: 1, template: template('v1', labels) });
    world.make({ ...job, metadata: { ...job.metadata, ownerReferences: [controllerRefTo(cron)] } });
    const reader = new SceneReader();
    const [owner] = world.scene(reader).owners;
    expect(world.scene(reader).owners).toHaveLength(1);
    expect(owner?.parts.map(({ name, look }) => `${name} ${look.letter}`)).toEqual(['tick-1 A']);
    expect(countText(owner as never, sceneEn)).toBe('*/5 * * * *, next 5:00');
    world.nowMs = 300_000;
    expect(countText(world.scene(reader).owners[0] as never, sceneEn)).toBe('*/5 * * * *, next 10:00');
  });
});

describe('what stands around an owner', () => {
  it('says on the owner what a budget allows and which Service leads to how many ready pods', () => {
    const world = new TestWorld();
    world.node('node-a');
    const web = world.replicaSet('web', template('v1'));
    ownedPod(world, web, 'web-1', 'node-a', READY);
    ownedPod(world, web, 'web-2', 'node-a', PENDING);
    world.make(thing('PodDisruptionBudget', 'web', { selector: { matchLabels: { app: 'web' } } }, { disruptionsAllowed: 1 }));
    world.make(thing('PodDisruptionBudget', 'other', { selector: { matchLabels: { app: 'db' } } }, { disruptionsAllowed: 0 }));
    world.make(thing('Service', 'shop', { selector: { app: 'web' } }));
    world.make(thing('Service', 'none', {}));
    const [owner] = world.scene().owners;
    expect([owner?.mayLose, owner?.doors.map(({ name, behind }) => `${name} ${behind.length}`)]).toEqual([1, ['shop 1']]);
    const layout = layoutStage(world.scene(), SIZE, sceneEn);
    expect(nameOf('ReplicaSet/default/web', layout, sceneEn, 0)).toContain('may lose 1, Service shop, ready 1');
    expect(layout.items.filter(({ key }) => key === 'Service/default/shop')).toHaveLength(1);
  });
});

/** A cordoned node with three pods and a daemon, of which one pod is evicted and another gone. */
function drained() {
  const world = new TestWorld();
  const node = world.node('node-a');
  const web = world.replicaSet('web', template('v1'));
  const pods = ['a', 'b', 'c'].map((name) => world.pod(`web-${name}`, web, 'node-a')) as [Pod, Pod, Pod];
  world.pod('agent-x', world.daemonSet('agent', template('v2'), 1), 'node-a');
  world.put<Node>({ ...node, spec: { ...node.spec, unschedulable: true } });
  return { world, pods, word: () => world.scene().trays[0] };
}

function takenAway(pod: Pod, reason: string): Pod {
  const conditions = [...(pod.status.conditions ?? []), { ...MARK, type: 'DisruptionTarget', reason }];
  const metadata = { ...pod.metadata, deletionTimestamp: '2026-01-01T00:00:30Z', deletionGracePeriodSeconds: 30 };
  return { ...pod, metadata, status: { ...pod.status, conditions } };
}

describe('a drain', () => {
  it('counts what is left of what had to leave; daemons do not count', () => {
    const { world, pods, word } = drained();
    expect(word()?.state).toBe('cordoned');
    world.put(takenAway(pods[0], 'EvictionByEvictionAPI'));
    const seq = world.seq;
    world.remove(pods[0]);
    // Nothing is on its way out while a budget says no, and still the drain goes on.
    expect([word()?.state, word()?.drains, word()?.pods.length]).toEqual(['draining', 3, 3]);
    const layout = layoutStage(world.scene(), SIZE, sceneEn);
    expect(nameOf('Node//node-a', layout, sceneEn, 0)).toContain('draining, 2 of 3 left');
    world.cutAfter(seq - 1);
    expect(word()?.state).toBe('cordoned');
  });
});

describe('a departure', () => {
  it('has its own state, words and motion, by what takes the pod away', () => {
    const seen = ['none', 'EvictionByEvictionAPI', 'PreemptionByScheduler'].map((reason) => {
      const { world, pods } = drained();
      world.nowMs = 1000;
      const taken = takenAway(pods[0], reason);
      const pod = reason === 'none' ? { ...taken, status: pods[0].status } : taken;
      world.put(pod);
      const layout = layoutStage(world.scene(), SIZE, sceneEn);
      const input = { layout, looks: world.looks, seq: world.seq, speed: 1, isReduced: false };
      const { dx = 0, dy = 0 } = motionAt({ ...input, atMs: 1080 }).pods.get('Pod/default/web-a') ?? {};
      const words = sceneEn.state(podState(pod, layout.trays[0]?.tray.node, 1000));
      return [words, Math.sign(dx), Math.sign(dy)];
    });
    expect(seen).toEqual([
      ['29 s left', 0, 0],
      ['evicted, 29 s', 0, 1],
      ['preempted, 29 s', 1, 0],
    ]);
  });
});

describe('a nominated node', () => {
  it('keeps a place on its tray for the pod, apart from those that stand there', () => {
    const world = new TestWorld();
    world.node('node-a');
    const web = world.replicaSet('web', template('v1'));
    world.pod('web-1', web, 'node-a');
    world.pod('shop-1', undefined, undefined, { ...PENDING, nominatedNodeName: 'node-a' });
    const layout = layoutStage(world.scene(), SIZE, sceneEn);
    const kept = layout.items.find(({ id }) => id === 'kept:Pod/default/shop-1');
    const stands = layout.pods.get('Pod/default/web-1');
    expect(Math.abs((kept?.x ?? 0) - (stands?.x ?? 0))).toBeGreaterThan(stands?.d ?? 0);
    expect(JSON.stringify(kept?.marks)).toContain('kept for shop-1');
  });
});

describe('an autoscaler', () => {
  const scaled = () => {
    const world = new TestWorld();
    world.node('node-a');
    const web = world.deployment('web', template('v1'));
    const spec = {
      scaleTargetRef: { kind: 'Deployment', name: 'web' },
      minReplicas: 2,
      maxReplicas: 10,
      metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 50 } } }],
    };
    const status = {
      desiredReplicas: 6,
      currentMetrics: [{ type: 'Resource', resource: { name: 'cpu', current: { averageUtilization: 90 } } }],
    };
    const made = world.make(thing('HorizontalPodAutoscaler', 'web', spec, status));
    return { world, web, made };
  };

  it('stands under its owner with its range, what is measured, and a load that a person turns', () => {
    const { world } = scaled();
    const layout = layoutStage(world.scene(), SIZE, sceneEn);
    expect(layout.scalers[0]?.scaler).toMatchObject({ min: 2, max: 10, now: 3, wants: 6, stepMilli: 250, loadMilli: undefined });
    const name = nameOf('HorizontalPodAutoscaler/default/web', layout, sceneEn, 0);
    expect(name).toBe('web, HorizontalPodAutoscaler, 2 to 10, now 3, cpu 90%, wanted 50%, load none');
    expect(layout.items.flatMap(({ act }) => act ?? [])).toEqual(['fewer', 'more', 'lighter', 'heavier']);
  });

  it('is told anew when the load is turned, though no object changes', () => {
    const { world } = scaled();
    const reader = new SceneReader();
    world.looks.read(world.changes);
    const first = world.scene(reader);
    expect(world.scene(reader)).toBe(first);
    expect(world.scene(reader, () => 500).owners[0]?.scaler?.loadMilli).toBe(500);
  });
});

describe('a Service', () => {
  it('is a stop of its own, named with what it leads to, and its pods are ringed while it is selected', () => {
    const world = new TestWorld();
    world.node('node-a');
    const web = world.replicaSet('web', template('v1'));
    for (const [name, status] of [
      ['web-a', READY],
      ['web-b', PENDING],
    ] as const)
      ownedPod(world, web, name, 'node-a', status);
    world.make(thing('Service', 'shop', { selector: { app: 'web' } }));
    const layout = layoutStage(world.scene(), SIZE, sceneEn);
    const key = 'Service/default/shop';
    expect(targetsOf(layout).map((target) => target.key)).toContain(key);
    expect(nameOf(key, layout, sceneEn, 0)).toBe('shop, Service, leads to 1 ready pod of web');
    const drawn = (selection: ReadonlySet<string>) =>
      new FrameMaker()
        .make({ layout, messages: sceneEn, atMs: 0, selection, hovered: undefined, focused: undefined, motion: STILL })
        .filter(({ key }) => key?.startsWith('Pod/'))
        .map(({ id, marks }) => `${id.slice(-5)} ${marks.length}`);
    const [plain, ringed] = [drawn(new Set()), drawn(new Set([key]))];
    expect(ringed.filter((one, i) => one !== plain[i])).toEqual(['web-a 4']);
  });
});
