// Turning the load of an owner's pods up and down, from the stage, a menu, a key or the inspector: always by what two pods may be given.
import type { Scaler } from '../scene/scalers.ts';
import { loadIntent } from '../session/loads.ts';
import type { Session } from '../session/session.ts';

export function changeLoad(session: Session, { target, loadMilli = 0, stepMilli }: Scaler, steps: number): void {
  const cpuMilli = Math.max(0, loadMilli + steps * stepMilli);
  session.act(loadIntent(target, cpuMilli));
}
