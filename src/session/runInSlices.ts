// Runs a world to a moment in slices between frames; where that takes long and is waited for, tells how far it is.
import type { StoreApi } from 'zustand/vanilla';
import { withParts } from './loadPart.ts';
import type { IsOverBudget, Playback } from './playback.ts';
import type { SessionState } from './session.ts';
import type { World } from './world.ts';

export interface Slices {
  readonly playback: Playback;
  readonly store: StoreApi<SessionState>;
  readonly isWaitedFor?: () => boolean;
  /** How long it may work in one frame. */
  readonly budgetMs?: number;
}

/** What takes less is not worth a word. */
const BUILDING_TOLD_MS = 300;

export async function runInSlices(
  { playback, store, isWaitedFor = () => true, budgetMs }: Slices,
  { cluster }: World,
  toMs: number,
  step: (isOverBudget: IsOverBudget) => boolean,
): Promise<void> {
  const fromMs = cluster.nowMs;
  try {
    await playback.work(step, {
      ...(budgetMs === undefined ? {} : { budgetMs }),
      onSlice(elapsedMs) {
        const atMs = cluster.nowMs;
        if (elapsedMs < BUILDING_TOLD_MS || atMs <= fromMs || !isWaitedFor()) return;
        store.setState({ building: { atMs, toMs, leftMs: (elapsedMs * (toMs - atMs)) / (atMs - fromMs) } });
      },
    });
  } finally {
    if (store.getState().building) store.setState({ building: undefined });
  }
}

/** Makes a world and runs it to a moment; from its beginning again with each part that it asks for on its way. */
export function makeAt<T extends { readonly live: World }>(make: () => T, toMs: number, slices: Slices): Promise<T> {
  return withParts(async () => {
    const made = make();
    await runInSlices(slices, made.live, toMs, (isOverBudget) => made.live.runOn(toMs, isOverBudget));
    return made;
  });
}
