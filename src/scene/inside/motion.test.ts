import { describe, expect, it } from 'vitest';
import { insideEn } from '../../i18n/en/inside.ts';
import { POD_INSIDE, type PodInside, type Request } from '../../kube/inside.ts';
import type { Pod } from '../../kube/kinds/pod.ts';
import type { Change } from '../../kube/meta.ts';
import { insideSentence } from './happenings.ts';
import { layoutInside } from './layout.ts';
import { insideMotion } from './motion.ts';
import { ended, file, pictured, running, withInside } from './testPods.ts';
import { travelling } from './traffic.ts';

const KEY = 'Pod/default/web';

function podWith(status: Pod['status']): Pod {
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web', namespace: 'default' }, spec: { containers: [] }, status };
}

function changed(before: Pod['status'], after: Pod['status'], atMs = 10_000): Change {
  return {
    seq: 1,
    atMs,
    actor: 'kubelet',
    verb: 'update',
    table: 'Pod',
    key: KEY,
    before: podWith(before),
    after: podWith(after),
    cause: undefined,
  };
}

const RUNNING = { containerStatuses: [running('web', 1000), running('sync', 1000)] };
const CRASHED = { containerStatuses: [ended('web', 1000, 10_000, 1), running('sync', 1000)] };

describe('insideMotion', () => {
  const crash = changed(RUNNING, CRASHED);
  const at = (atMs: number, more = {}) => insideMotion({ changes: [crash], seq: 1, pod: KEY, atMs, speed: 1, isReduced: false, ...more });

  it('shakes the container that crashed, and only that, by three pixels at most', () => {
    const shifts = [10, 40, 80, 120].map((t) => at(10_000 + t).get('web')?.dx ?? 0);
    expect(shifts.some((dx) => dx !== 0)).toBe(true);
    expect(Math.max(...shifts.map(Math.abs))).toBeLessThanOrEqual(3);
    expect(at(10_040).has('sync')).toBe(false);
  });

  it('is over after a moment, and never there where motion is not wanted or could not be followed', () => {
    expect(at(10_200).size).toBe(0);
    expect(at(10_040, { isReduced: true }).size).toBe(0);
    expect(at(10_040, { speed: 100 }).size).toBe(0);
    expect(at(10_040, { seq: 0 }).size).toBe(0);
  });

  it('lets a container fade in when it starts', () => {
    const changes = [changed(CRASHED, RUNNING)];
    const opacities = [0, 50, 150].map(
      (t) => insideMotion({ changes, seq: 1, pod: KEY, atMs: 10_000 + t, speed: 1, isReduced: false }).get('web')?.opacity ?? 1,
    );
    expect(opacities).toEqual([...opacities].sort((a, b) => a - b));
    expect(opacities[0]).toBeLessThan(0.5);
  });
});

describe('travelling', () => {
  const request = (more: Partial<Request>): Request => ({
    atMs: 1000,
    from: '',
    container: 'web',
    port: 80,
    path: '/',
    status: 200,
    ...more,
  });
  const layoutWith = (one: Request) => layoutInside({ ...pictured(214_000), requests: [one] }, { width: 1000, height: 548 });
  const wayOf = (one: Request) => [0, 100, 250, 420].map((t) => travelling(layoutWith(one), 1000 + t, 1, false)[0]);

  it('brings a request from outside down the wire to the plug that answers', () => {
    const { wire, containers } = layoutWith(request({}));
    const way = wayOf(request({}));
    expect([way[0]?.x, way[0]?.y]).toEqual([wire.x, wire.top]);
    const plug = containers[0]?.plugs[0];
    expect([way[3]?.x, way[3]?.y]).toEqual([plug?.x, plug?.y]);
    expect(JSON.stringify(way[3]?.marks)).not.toContain('alarm');
  });

  it('leads a neighbour along the localhost pipe, never outside', () => {
    const neighbour = request({ from: pictured(1000).pod.key });
    const { containers } = layoutWith(neighbour);
    const way = wayOf(neighbour);
    expect(way[0]?.x).toBeCloseTo((containers[1]?.rect.x ?? 0) + (containers[1]?.rect.width ?? 0) / 2);
    for (const step of way) expect(step?.y).toBeGreaterThanOrEqual(containers[0]?.pipeY ?? 0);
  });

  it('leads one that is sent out along the pipe and through the door, and says whom it asked', () => {
    const sent = { atMs: 1000, container: 'content-sync', to: 'git.example', path: '/', status: 200 };
    const layout = layoutInside({ ...pictured(214_000), sent: [sent] }, { width: 1000, height: 548 });
    const [first, last] = [0, 420].map((t) => travelling(layout, 1000 + t, 1, false).at(-1));
    expect(first?.x).toBeCloseTo((layout.containers[1]?.rect.x ?? 0) + (layout.containers[1]?.rect.width ?? 0) / 2);
    expect([last?.x, (last?.y ?? 0) < layout.door.y]).toEqual([layout.wire.x, true]);
    expect(JSON.stringify(last?.marks)).toContain('git.example');
  });

  it('marks what was refused, stands still where motion is not wanted, and is gone after a moment', () => {
    const refused = request({ status: 0 });
    expect(JSON.stringify(wayOf(refused)[3]?.marks)).toContain('alarm');
    const still = [0, 400].map((t) => travelling(layoutWith(refused), 1000 + t, 1, true)[0]?.x);
    expect(still[0]).toBe(still[1]);
    expect(travelling(layoutWith(refused), 3000, 1, false)).toEqual([]);
  });
});

describe('insideSentence', () => {
  const record = (more: Partial<PodInside>): PodInside => ({
    apiVersion: 'podarium.dev/v1',
    kind: POD_INSIDE,
    metadata: { name: 'web', namespace: 'default' },
    containers: { web: withInside('web') },
    volumes: {},
    requests: [],
    ...more,
  });
  const kept = (before: PodInside, after: PodInside): Change => ({
    ...changed({}, {}),
    verb: 'keep',
    table: POD_INSIDE,
    key: `${POD_INSIDE}/default/web`,
    before,
    after,
  });
  const say = (change: Change) => insideSentence(change, KEY, insideEn)?.text;

  it('tells how containers end and start again', () => {
    expect(say(changed(RUNNING, CRASHED))).toBe('web ended, exit 1.');
    const lastState = CRASHED.containerStatuses[0]?.state ?? {};
    const again = { containerStatuses: [running('web', 11_000, 1, { lastState }), running('sync', 1000)] };
    expect(say(changed(CRASHED, again))).toBe('web is started again after exit 1.');
  });

  it('tells which file was written or removed, and how requests went', () => {
    const [empty, full] = [new Map(), new Map([['/index.html', file('hello', 5)]])];
    expect(say(kept(record({ volumes: { site: empty } }), record({ volumes: { site: full } })))).toBe('index.html written on site.');
    expect(say(kept(record({ volumes: { site: full } }), record({ volumes: { site: empty } })))).toBe('index.html removed from site.');
    const asked = { atMs: 1, from: '', container: 'web', port: 80, path: '/', status: 404 };
    expect(say(kept(record({}), record({ requests: [asked] })))).toBe('A request to web fails, :80/ 404.');
    const sent = { atMs: 1, container: 'web', to: 'peer', path: '/', status: 200 };
    expect(say(kept(record({}), record({ sent: [sent] })))).toBe('web sends a request, peer/ 200.');
  });

  it('says nothing of other pods', () => {
    expect(insideSentence(changed(RUNNING, CRASHED), 'Pod/default/other', insideEn)).toBeUndefined();
  });
});
