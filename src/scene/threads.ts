// The threads between pips and pods: all of them while they are few, else those of what is pointed at.
import type { Key } from '../kube/meta.ts';
import type { FrameInput } from './frameInput.ts';
import { podsUnder } from './glyphs.ts';
import type { Item } from './item.ts';
import type { Layout, Thread } from './layout.ts';
import { group, type Mark, mark } from './mark.ts';

/** They are always drawn up to this many pods; beyond, only for what is pointed at. */
const THREADS_MAX = 12;

export function addThreads(items: Item[], { layout, selection, hovered, motion }: FrameInput): void {
  const lit = litPods(layout, selection, hovered);
  const isAlways = layout.scene.pods.size <= THREADS_MAX;
  if (!isAlways && lit.size === 0) return;
  for (const thread of layout.threads.values()) {
    const isLit = lit.has(thread.pod.key);
    if (!isAlways && !isLit) continue;
    const moved = motion.pods.get(thread.pod.key);
    if (moved?.x !== undefined || moved?.opacity === 0) continue;
    items.push(...threadItems(thread, isLit));
  }
}

/** Pods whose thread is asked for: the hovered and selected ones, and those of the hovered or selected owner. */
function litPods(layout: Layout, selection: ReadonlySet<Key>, hovered: Key | undefined): ReadonlySet<Key> {
  const asked = hovered === undefined ? selection : new Set([...selection, hovered]);
  if (asked.size === 0) return asked;
  const lit = new Set<Key>();
  for (const key of asked) if (layout.pods.has(key)) lit.add(key);
  if (layout.threads.size > THREADS_MAX)
    for (const { owner } of layout.cards) if (asked.has(owner.key)) for (const { key } of podsUnder(owner)) lit.add(key);
  return lit;
}

const threadCache = new WeakMap<Thread, readonly [plain: readonly Item[], lit: readonly Item[]]>();

function threadItems(thread: Thread, isLit: boolean): readonly Item[] {
  let pair = threadCache.get(thread);
  if (!pair) threadCache.set(thread, (pair = [drawThread(thread, false), drawThread(thread, true)]));
  return pair[isLit ? 1 : 0];
}

function drawThread({ pod, card, open, inner }: Thread, isLit: boolean): Item[] {
  const line: Mark['attrs'] = isLit
    ? { fill: 'none', stroke: 'var(--ink)', 'stroke-width': 2 }
    : { fill: 'none', stroke: 'var(--crust)', 'stroke-opacity': 0.6, 'stroke-width': 1.3 };
  const piece = (id: string, layer: Item['layer'], d: string): Item[] =>
    d
      ? [{ id: `${id}:${pod.key}`, layer, x: 0, y: 0, marks: [group({ class: `look-${pod.look.shape}` }, [mark('path', { d, ...line })])] }]
      : [];
  return [...piece('thread', 'threads', open), ...piece('thread-card', 'inner', card), ...piece('thread-inner', 'inner', inner)];
}
