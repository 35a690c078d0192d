// @module-tag long
import { describe, expect, it } from 'vitest';
import fc from '../../base/fastCheck.ts';
import { insideEn } from '../../i18n/en/inside.ts';
import { sceneEn } from '../../i18n/en/scene.ts';
import { textWidth } from '../captions.ts';
import type { Rect } from '../item.ts';
import { nearest } from '../pick.ts';
import { insideFrame } from './frame.ts';
import { layoutInside } from './layout.ts';
import type { InsideModel } from './model.ts';
import type { InsideLayout, PlacedFile, PlacedMount } from './placed.ts';
import { insideTargets } from './targets.ts';
import { type Crowd, crowd, modelOf, pictured, running } from './testPods.ts';

const crowds: fc.Arbitrary<Crowd> = fc
  .record({
    mains: fc.integer({ min: 1, max: 6 }),
    sidecars: fc.integer({ min: 0, max: 2 }),
    inits: fc.integer({ min: 0, max: 4 }),
    volumes: fc.integer({ min: 0, max: 6 }),
    files: fc.integer({ min: 0, max: 30 }),
    isRich: fc.boolean(),
  })
  .filter(({ mains, sidecars }) => mains + sidecars <= 6);
const widths = fc.integer({ min: 320, max: 1400 });
const heights = fc.integer({ min: 300, max: 1000 });

function overlap(a: Rect, b: Rect): boolean {
  return a.x < b.x + b.width - 0.1 && b.x < a.x + a.width - 0.1 && a.y < b.y + b.height - 0.1 && b.y < a.y + a.height - 0.1;
}

function isAnyOverlapping(rects: readonly Rect[]): boolean {
  return rects.some((a, i) => rects.slice(i + 1).some((b) => overlap(a, b)));
}

function isWithin(inner: Rect, outer: Rect): boolean {
  return (
    inner.x >= outer.x - 0.1 &&
    inner.y >= outer.y - 0.1 &&
    inner.x + inner.width <= outer.x + outer.width + 0.1 &&
    inner.y + inner.height <= outer.y + outer.height + 0.1
  );
}

const boxesOf = ({ containers, inits, volumes }: InsideLayout): Rect[] => [...containers, ...inits, ...volumes].map(({ rect }) => rect);

/** The straight stretches of a path of M, H and V. */
function stretches(path: string): Rect[] {
  const found: Rect[] = [];
  let [x, y] = [0, 0];
  for (const [, command = '', rest = ''] of path.matchAll(/([MHV])([^MHV]+)/g)) {
    const numbers = rest.trim().split(' ').map(Number);
    const [toX, toY] = command === 'M' ? [numbers[0] ?? 0, numbers[1] ?? 0] : command === 'H' ? [numbers[0] ?? 0, y] : [x, numbers[0] ?? 0];
    if (command !== 'M') found.push({ x: Math.min(x, toX), y: Math.min(y, toY), width: Math.abs(toX - x), height: Math.abs(toY - y) });
    [x, y] = [toX, toY];
  }
  return found;
}

/** What is wrong with a layout, in words; each check is one rule. */
function faultsOf(layout: InsideLayout, width: number): string[] {
  const { band, containers, mounts, volumes, content } = layout;
  const page = { x: 0, y: 0, width, height: content.height };
  const rectOf = (name: string) => containers.find(({ box }) => box.name === name)?.rect as Rect;
  const plugs = containers.flatMap((each) =>
    each.plugs.map((plug) => ({ x: plug.x - plug.width / 2, y: plug.y - 11, width: plug.width, height: 22 })),
  );
  const rules: readonly (readonly [rule: string, isKept: boolean])[] = [
    ['containers and volumes stand apart', !isAnyOverlapping(boxesOf(layout))],
    ['all stand on the page', boxesOf(layout).every((rect) => isWithin(rect, page))],
    ['containers stand within the band', containers.every(({ rect }) => isWithin(rect, band))],
    [
      'volumes of the pod stand within the band, others below it',
      volumes.every(({ rect, box }) => (box.isOutside ? rect.y > band.y + band.height : isWithin(rect, band))),
    ],
    ['the plate stands beside the name, as far as there is room', isNameClear(layout)],
    ['plugs stand apart', !isAnyOverlapping(plugs)],
    ['windows are on their container', mounts.every(({ window, container }) => isWithin(window, rectOf(container)))],
    ['files lie on their volume, apart', volumes.every(({ rect, files }) => areApartOn(files.map(sheetOf), rect))],
    ['every mount leads to its volume and through nothing else', mounts.every((mount) => isLedWell(mount, layout))],
  ];
  return rules.filter(([, isKept]) => !isKept).map(([rule]) => rule);
}

function isNameClear({ isPhone, door, head, model, band, bandWidth }: InsideLayout): boolean {
  const nameEnd = head.x + 52 + textWidth(model.pod.name, { size: 16, isMono: true });
  const isAtTheEnd = door.x + door.width >= band.x + band.width - bandWidth - 11;
  return isPhone || isAtTheEnd || nameEnd < door.x;
}

function sheetOf({ x, y, width, isLarge }: PlacedFile): Rect {
  return { x, y, width: width - 4, height: isLarge ? 44 : 28 };
}

function areApartOn(rects: readonly Rect[], on: Rect): boolean {
  return rects.every((rect) => isWithin(rect, on)) && !isAnyOverlapping(rects);
}

function isLedWell({ mount, container, pipe }: PlacedMount, { containers, volumes }: InsideLayout): boolean {
  const lines = stretches(pipe ?? '');
  const others = [
    ...containers.filter(({ box }) => box.name !== container).map(({ rect }) => rect),
    ...volumes.filter(({ box }) => box.name !== mount.volume).map(({ rect }) => rect),
  ];
  const thick = lines.map((line) => ({ ...line, width: line.width + 0.2, height: line.height + 0.2 }));
  const target = volumes.find(({ box }) => box.name === mount.volume)?.rect as Rect;
  const last = lines.at(-1);
  if (!last || thick.some((line) => others.some((other) => overlap(line, other)))) return false;
  return Math.abs(last.y + last.height - target.y) < 1 && last.x >= target.x && last.x <= target.x + target.width;
}

describe('the inside of a pod', () => {
  it('keeps everything apart, in its place and connected, for any size of pod at any width', () => {
    fc.assert(
      fc.property(crowds, widths, heights, (given, width, height) => {
        expect(faultsOf(layoutInside(crowd(given), { width, height }), width)).toEqual([]);
      }),
      { numRuns: 120 },
    );
  });

  it('shows the files that changed last where not all have room', () => {
    const layout = layoutInside(crowd({ mains: 2, volumes: 1, files: 30 }), { width: 360, height: 640 });
    const [volume] = layout.volumes;
    const shown = volume?.files.map(({ file }) => file.path);
    expect(shown).toContain('file-0.txt');
    expect((shown?.length ?? 0) + (volume?.more?.count ?? 0)).toBe(30);
  });

  it('leads the arrow keys to every part', () => {
    const layout = layoutInside(crowd({ mains: 4, sidecars: 1, inits: 1, volumes: 4 }), { width: 1000, height: 700 });
    const targets = insideTargets(layout, insideEn, 100_000);
    const reached = new Set([targets[0]]);
    for (let grew = true; grew; ) {
      const before = reached.size;
      for (const from of Array.from(reached))
        for (const way of ['left', 'right', 'up', 'down'] as const) {
          const to = from && nearest(targets, from, way);
          if (to) reached.add(to);
        }
      grew = reached.size > before;
    }
    expect(targets.filter((target) => !reached.has(target)).map(({ key }) => key)).toEqual([]);
  });
});

describe('two containers that want one port', () => {
  const twice = (name: string) => ({ name, image: 'httpd', ports: [{ containerPort: 80 }] });
  const layout = layoutInside(
    modelOf({ spec: { containers: [twice('first'), twice('second')] }, statuses: [running('first', 1000)] }, 9000),
    {
      width: 1000,
      height: 700,
    },
  );

  it('share one socket, and the second does not fit', () => {
    const [first, second] = layout.containers.map(({ plugs }) => plugs[0]);
    expect(first?.plug.isClashing).toBe(false);
    expect(second?.plug.isClashing).toBe(true);
    expect(Math.abs((second?.x ?? 0) - (first?.x ?? 0))).toBeLessThan(first?.width ?? 0);
    expect(insideTargets(layout, insideEn, 9000).map(({ name }) => name)).toContain('Port 80 of second, taken by another container');
  });
});

describe('init containers', () => {
  const pod = (mains: number): InsideModel => {
    const model = crowd({ mains, inits: 5 });
    const inits = model.inits.map((box, i) =>
      i < 1 ? box : { ...box, state: { stage: i === 1 ? ('running' as const) : ('waiting' as const) } },
    );
    return { ...model, inits };
  };

  it('are all seen where there is room, and else the one that runs', () => {
    const shown = (height: number) => layoutInside(pod(1), { width: 1000, height }).inits.map(({ box }) => box.name);
    expect(shown(900)).toEqual(['init-0', 'init-1', 'init-2', 'init-3']);
    expect(shown(300)).toContain('init-1');
  });

  it('are as wide as their names where the others have enough', () => {
    const named = (width: number) => {
      const model = crowd({ mains: 1, inits: 1 });
      const inits = model.inits.map((box) => ({ ...box, name: 'wait-for-database' }));
      return layoutInside({ ...model, inits }, { width, height: 600 }).inits[0]?.rect.width ?? 0;
    };
    expect(named(1000)).toBeGreaterThan(170);
    expect(named(1000)).toBeLessThanOrEqual(200);
  });

  it('say how many more there are', () => {
    const layout = layoutInside(pod(1), { width: 1000, height: 900 });
    expect(layout.initsLeft).toBe(1);
  });
});

describe('the picture of the design', () => {
  const atMs = 214_000;
  const layout = layoutInside(pictured(atMs), { width: 1000, height: 548 });
  const frame = (writtenMs = atMs - 1000) =>
    insideFrame({
      layout: layoutInside(pictured(atMs, writtenMs), { width: 1000, height: 548 }),
      words: insideEn,
      messages: sceneEn,
      atMs,
      speed: 1,
      isReduced: false,
      selected: undefined,
      hovered: undefined,
      focused: undefined,
    });

  it('has its measures', () => {
    const { band, containers, volumes, inits } = layout;
    expect(band).toEqual({ x: 112, y: 84, width: 776, height: 436 });
    expect(inits[0]?.rect).toEqual({ x: 146, y: 210, width: 126, height: 158 });
    expect(containers.map(({ rect: { x, y, height } }) => [x, y, height])).toEqual([
      [300, 210, 158],
      [600, 210, 158],
    ]);
    expect(volumes[0]?.rect).toEqual({ x: 300, y: 418, width: 564, height: 74 });
  });

  it('says what it shows', () => {
    const said = frame().map(({ id, marks }) => [
      id,
      [...JSON.stringify(marks).matchAll(/"text":"([^"]*)"/g)].map(([, text]) => text).join(' | '),
    ]);
    expect(Object.fromEntries(said.filter(([, text]) => text))).toMatchInlineSnapshot(`
      {
        "container/content-sync": "content-sync | sidecar, starts first, stops last | git-sync:4.4 | running 0:46, 1 restart",
        "container/init-dirs": "init-dirs | init, runs first | done in 4 s, then | removed",
        "container/web": "web | main container | nginx:1.27 | running 2:04, 0 restarts",
        "door": "10.244.2.17 | one IP for the pod",
        "file/site/index.html": "index.html | written 1 s ago",
        "file/site/style.css": "style.css | 7 B",
        "flow/mount/content-sync/data": "writes",
        "flow/mount/web/usr/share/nginx/html": "reads",
        "head": "B | web-5f9c7-d3m9x | Ready 2/2, age 3:34",
        "mount/content-sync/data": "/data | read, write",
        "mount/web/usr/share/nginx/html": "/usr/share/nginx/html | ro",
        "network": "localhost: one network for all",
        "note": "The volume lives as | long as the pod and | outlives restarts.",
        "plug/content-sync/9102": ":9102",
        "plug/web/80": ":80",
        "tray": "node-c",
        "volume/site": "site | emptyDir volume",
        "wire": "requests from Service web, port 80",
      }
    `);
  });

  it('fills a changed file with ink for two seconds', () => {
    const drawnAfter = (writtenMs: number) => JSON.stringify(frame(writtenMs).find(({ id }) => id === 'file/site/index.html')?.marks);
    expect(drawnAfter(atMs - 1999)).toContain('"fill":"var(--ink)","stroke":"var(--ink)"');
    expect(drawnAfter(atMs - 2000)).not.toContain('"fill":"var(--ink)","stroke":"var(--ink)"');
  });
});
