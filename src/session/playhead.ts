// The playhead over the history of the world that stands: at its end the world as it is, before that a view of its past.
import type { StoreApi } from 'zustand/vanilla';
import type { SessionState } from './session.ts';
import type { TapedWorld } from './tapedWorld.ts';
import type { World } from './world.ts';

export class Playhead {
  private readonly store: StoreApi<SessionState>;
  private readonly standing: () => World | TapedWorld;
  /** With its fraction of a millisecond: at 1x a frame is 16.7 ms. */
  private exactMs = 0;

  constructor(store: StoreApi<SessionState>, standing: () => World | TapedWorld) {
    this.store = store;
    this.standing = standing;
  }

  get isInThePast(): boolean {
    const { playheadMs, endMs } = this.store.getState();
    return playheadMs < endMs;
  }

  /** Moves on by a time, to a moment in whole milliseconds that the caller shows. */
  moveBy(ms: number): number {
    this.exactMs += ms;
    return Math.floor(this.exactMs);
  }

  /** Shows the end of the world. The snapshot stays the same object as long as nothing has changed. */
  showEnd(isOtherHistory = false): void {
    const { cluster, looks } = this.standing();
    const { snapshot, playheadMs, endMs, epoch } = this.store.getState();
    const isSame = !isOtherHistory && playheadMs === endMs && snapshot.seq === cluster.api.history.seq;
    looks.read(cluster.changes);
    this.exactMs = isOtherHistory ? cluster.nowMs : Math.max(this.exactMs, cluster.nowMs);
    this.store.setState({
      snapshot: isSame ? snapshot : cluster.snapshot(),
      playheadMs: cluster.nowMs,
      endMs: cluster.nowMs,
      epoch: isOtherHistory ? epoch + 1 : epoch,
    });
  }

  /** Shows the end, where the world could not be run on to where the playhead had moved. */
  stopAtEnd(): void {
    this.exactMs = this.standing().cluster.nowMs;
    this.showEnd();
  }

  /** Shows the moment `atMs` of the recorded past. */
  showPast(atMs: number): void {
    const world = this.standing();
    const { snapshot } = this.store.getState();
    const isSame = snapshot.seq === world.cluster.api.history.seqAt(atMs);
    this.store.setState({ snapshot: isSame ? snapshot : world.cluster.viewAt(atMs), playheadMs: atMs });
    if (!isSame && world.isAnyWaiting) world.wakeAll();
  }

  /** Goes to a moment between the beginning and the end. */
  seek(atMs: number): void {
    const endMs = this.standing().cluster.nowMs;
    const targetMs = Math.max(0, Math.min(Math.round(atMs), endMs));
    this.exactMs = targetMs;
    if (targetMs === endMs) this.showEnd();
    else this.showPast(targetMs);
  }
}
