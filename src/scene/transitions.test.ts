import { describe, expect, it } from 'vitest';
import { sceneEn } from '../i18n/en/scene.ts';
import { POD_INSIDE, type PodInside } from '../kube/inside.ts';
import type { Pod } from '../kube/kinds/pod.ts';
import type { ReplicaSet } from '../kube/kinds/replicaSet.ts';
import { easeMove, easeSnap } from './easing.ts';
import { cutter } from './glyph.ts';
import { layoutStage } from './layout.ts';
import { PENDING, READY, TestWorld, template } from './testWorld.ts';
import { motionAt } from './transitions.ts';

function motion(
  world: TestWorld,
  atMs: number,
  options: { readonly speed?: number; readonly isReduced?: boolean; readonly doneSeq?: number } = {},
) {
  const layout = layoutStage(world.scene(), { width: 1000, height: 704 }, sceneEn);
  return {
    layout,
    ...motionAt({
      layout,
      looks: world.looks,
      seq: world.seq,
      atMs,
      speed: 1,
      isReduced: false,
      ...options,
    }),
  };
}

/** A pod cut at 10 s and bound 50 ms later. */
function cutAndBound() {
  const world = new TestWorld();
  world.node('node-a');
  const web = world.replicaSet('web', template('v1'));
  world.nowMs = 10_000;
  const pod = world.pod('web-1', web, undefined, PENDING);
  world.nowMs = 10_050;
  world.bind(pod, 'node-a');
  return { world, key: 'Pod/default/web-1', owner: 'ReplicaSet/default/web' };
}

describe('many pods that are cut at once', () => {
  it.each([
    [30, 1, false],
    [31, 1, true],
    [12, 10, false],
    [13, 10, true],
  ])('%i in a second of the screen at %i× are a strip in the lane: %s', (count, speed, isStrip) => {
    const world = new TestWorld();
    world.node('node-a');
    const web = world.replicaSet('web', template('v1'));
    world.nowMs = 10_000;
    for (let i = 0; i < count; i++) world.pod(`web-${i}`, web, undefined, PENDING);
    expect(motion(world, 10_900, { speed }).extras.some(({ id }) => id.startsWith('density:'))).toBe(isStrip);
  });
});

describe('a pod that is cut', () => {
  it('leaves the cutter, which dips, goes to the lane and from there to its tray', () => {
    const { world, key, owner } = cutAndBound();
    expect(motion(world, 10_120).cutters.get(owner)).toEqual({ dy: 4, scale: 0.94 });
    const { layout } = motion(world, 10_000);
    const place = layout.pods.get(key);
    const way = [10_241, 10_470, 10_481, 10_650, 10_855].map((atMs) => motion(world, atMs).pods.get(key));
    const heights = way.map((at) => at?.y ?? 0);
    expect(heights).toEqual([...heights].sort((a, b) => a - b));
    expect(Math.abs((way[2]?.x ?? 0) - layout.lane.exit.x)).toBeLessThan(2);
    expect(Math.hypot((way[4]?.x ?? 0) - (place?.x ?? 0), (way[4]?.y ?? 0) - (place?.y ?? 0))).toBeLessThan(2);
    expect(motion(world, 10_861).pods.has(key)).toBe(false);
  });

  it('looks the same from whichever side the moment is reached, and takes equally long on screen at any speed', () => {
    const { world, key } = cutAndBound();
    const forwards = [10_300, 10_600].map((atMs) => motion(world, atMs).pods.get(key));
    const backwards = [10_600, 10_300].map((atMs) => motion(world, atMs).pods.get(key));
    expect(backwards.reverse()).toEqual(forwards);
    expect(motion(world, 10_000 + 4 * 300, { speed: 10 }).pods.get(key)?.y).toBe(forwards[0]?.y);
  });

  it('plays only what a step went over', () => {
    const { world, key, owner } = cutAndBound();
    const stepped = motion(world, 10_050 + 100, { doneSeq: world.seq - 1 });
    expect(stepped.cutters.has(owner)).toBe(false);
    expect(stepped.pods.get(key)?.y).toBeGreaterThan(stepped.layout.lane.exit.y);
    expect(motion(world, 10_150, { doneSeq: world.seq }).pods.size).toBe(0);
  });

  it('does not travel at 100 times the speed nor where motion is reduced', () => {
    const { world, key } = cutAndBound();
    const fast = motion(world, 10_050 + 1200, { speed: 100 }).pods.get(key);
    const reduced = motion(world, 10_100, { isReduced: true });
    expect([fast?.x, reduced.pods.get(key)?.x]).toEqual([undefined, undefined]);
    expect(reduced.extras.map(({ id }) => id)).toEqual([`trail:${key}`]);
  });
});

describe('a template that is edited', () => {
  it('bends the cutter alone; what it cuts waits until it has been still for a while', () => {
    const { world, owner } = cutAndBound();
    world.nowMs = 20_000;
    const edited = world.retemplate(world.get<ReplicaSet>(owner), template('v2'));
    world.nowMs = 20_010;
    world.pod('web-2', edited, undefined, PENDING);
    const during = motion(world, 20_180);
    expect(during.cutters.get(owner)?.bend?.from.letter).toBe('A');
    expect(during.pods.get('Pod/default/web-2')).toEqual({ opacity: 0, isMute: true });
    expect([...during.pods.keys()]).toEqual(['Pod/default/web-2']);
    expect(motion(world, 20_000 + 600 + 300).pods.get('Pod/default/web-2')?.y).toBeGreaterThan(0);
  });
});

describe('a cutter that bends', () => {
  it('has its letter at the moment of the edit and at the end, and none between', () => {
    const from = { shape: 'A', letter: 'A' } as const;
    const to = { shape: 'B', letter: 'B' } as const;
    const letter = (t: number) => cutter(to, 80, 'panel', { from, t }).children?.find(({ tag }) => tag === 'text')?.text;
    expect([0, 0.5, 1].map(letter)).toEqual(['A', undefined, 'B']);
  });
});

describe('a pod that stays', () => {
  it('swells when it becomes ready and fades where it stood when it is gone', () => {
    const { world, key } = cutAndBound();
    const pod = world.get<Pod>(key);
    world.nowMs = 30_000;
    world.put({ ...pod, status: READY });
    expect(motion(world, 30_070).pods.get(key)?.scale).toBe(1.04);
    const place = motion(world, 30_500).layout.pods.get(key);
    world.nowMs = 40_000;
    world.remove(pod);
    const [gone] = motion(world, 40_100).extras;
    expect([gone?.x, gone?.y, gone?.opacity]).toEqual([place?.x, place?.y, 0.5]);
    expect(motion(world, 40_700).extras).toEqual([]);
  });
});

describe('an easing', () => {
  it('begins at 0, ends at 1 and overshoots only where it snaps', () => {
    expect([easeMove(0), easeMove(1), easeSnap(0), easeSnap(1)]).toEqual([0, 1, 0, 1]);
    expect(easeMove(0.5)).toBeGreaterThan(0.5);
    expect(Math.max(...Array.from({ length: 20 }, (_, i) => easeSnap(i / 20)))).toBeGreaterThan(1);
  });
});

describe('a request from pod to pod', () => {
  function asked(from: string) {
    const world = new TestWorld();
    world.node('node-a');
    const web = world.replicaSet('web', template('v1'));
    for (const name of ['web-1', 'web-2']) world.pod(name, web, 'node-a');
    world.nowMs = 20_000;
    const request = { atMs: 20_000, from, container: 'web', port: 80, path: '/', status: 200 };
    const inside = { apiVersion: 'podarium.dev/v1', kind: POD_INSIDE, metadata: { name: 'web-2', namespace: 'default' } };
    world.put({ ...inside, containers: {}, volumes: {}, requests: [request] } as PodInside);
    return world;
  }
  const dots = (world: TestWorld, atMs: number, isReduced = false) =>
    motion(world, atMs, { isReduced }).extras.flatMap(({ id, marks }) =>
      id.startsWith('request:') ? marks.map(({ tag, attrs }) => [tag, attrs['cx']]) : [],
    );

  it('travels from the one that asks to the one that answers', () => {
    const world = asked('Pod/default/web-1');
    const { layout } = motion(world, 20_000);
    const x = (name: string) => layout.pods.get(`Pod/default/${name}`)?.x ?? 0;
    expect(dots(world, 20_000)[1]).toEqual(['circle', x('web-1')]);
    const halfway = Number(dots(world, 20_190)[1]?.[1]);
    expect(halfway).toBeGreaterThan(x('web-1'));
    expect(halfway).toBeLessThan(x('web-2'));
    expect(dots(world, 20_400)).toEqual([]);
  });

  it('is a still line where nothing may travel, and nothing where a kubelet asks', () => {
    expect(dots(asked('Pod/default/web-1'), 20_700, true)).toEqual([['path', undefined]]);
    expect(dots(asked('node-a'), 20_100)).toEqual([]);
    expect(dots(asked(''), 20_100)).toHaveLength(2);
  });
});
