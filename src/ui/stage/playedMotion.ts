// What moves on a session's stage: by its playhead, or by the clock on the wall while one step is played in full.
import type { Motion } from '../../scene/frameInput.ts';
import type { Layout } from '../../scene/layout.ts';
import { motionAt, motionHorizonMs } from '../../scene/transitions.ts';
import type { Session } from '../../session/session.ts';

const HORIZON_MS = motionHorizonMs(1);

export class PlayedMotion {
  private readonly session: Session;
  private stepId: number;
  /** The step button plays one change in full while the playhead stands still. */
  private step: { readonly beganMs: number; readonly playheadMs: number; readonly doneSeq: number } | undefined;
  private stepMs = HORIZON_MS;
  private drawnSeq = 0;

  constructor(session: Session) {
    this.session = session;
    this.stepId = session.store.getState().stepId;
  }

  /** Whether a step is not over. */
  get isStepping(): boolean {
    return this.stepMs < HORIZON_MS;
  }

  /** At `nowMs` of the wall, for a layout of the world up to change `seq`. */
  at(layout: Layout, seq: number, nowMs: number): Motion {
    const { session, drawnSeq } = this;
    const { playheadMs, speed, isPlaying, isMotionReduced, stepId } = session.store.getState();
    if (stepId !== this.stepId) {
      this.stepId = stepId;
      this.step = { beganMs: nowMs, playheadMs, doneSeq: drawnSeq < seq ? drawnSeq : seq - 1 };
    } else if (isPlaying || this.step?.playheadMs !== playheadMs) this.step = undefined;
    this.drawnSeq = seq;
    const { step } = this;
    // When its motion is over a step rests at the end of it, not at its beginning.
    this.stepMs = step ? Math.min(nowMs - step.beganMs, HORIZON_MS) : HORIZON_MS;
    return motionAt({
      layout,
      looks: session.looks,
      seq,
      atMs: step ? playheadMs + this.stepMs : playheadMs,
      speed: step ? 1 : speed,
      isReduced: isMotionReduced,
      doneSeq: step?.doneSeq,
    });
  }
}
