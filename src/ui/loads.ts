// Turning the load of an owner's pods up and down, from the stage, a menu, a key or the inspector: always by what two pods may be given.
import type { HorizontalPodAutoscaler } from '../kube/kinds/autoscaler.ts';
import type { Key } from '../kube/meta.ts';
import { readScaler, type Scaler, scalerOf } from '../scene/scalers.ts';
import { loadAt, loadIntent } from '../session/loads.ts';
import type { Session } from '../session/session.ts';

/** The autoscaler with this key, or the one that scales the owner with this key, at the moment shown. */
export function scalerAt(session: Session, key: Key): Scaler | undefined {
  const { snapshot, playheadMs } = session.store.getState();
  const loadOf = (owner: Key) => loadAt(session.cluster.intents, owner, playheadMs);
  const autoscaler = snapshot.get('HorizontalPodAutoscaler', key) as HorizontalPodAutoscaler | undefined;
  return autoscaler ? readScaler(autoscaler, snapshot, loadOf) : scalerOf(key, snapshot, loadOf);
}

export function changeLoad(session: Session, { target, loadMilli = 0, stepMilli }: Scaler, steps: number): void {
  const cpuMilli = Math.max(0, loadMilli + steps * stepMilli);
  session.act(loadIntent(target, cpuMilli));
}
