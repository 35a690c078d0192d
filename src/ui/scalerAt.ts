// What scales an owner, of the world as it is shown.
import type { HorizontalPodAutoscaler } from '../kube/kinds/autoscaler.ts';
import type { Key } from '../kube/meta.ts';
import { readScaler, type Scaler, scalerOf } from '../scene/scalers.ts';
import { loadAt } from '../session/loads.ts';
import type { Session } from '../session/session.ts';

/** The autoscaler with this key, or the one that scales the owner with this key, at the moment shown. */
export function scalerAt(session: Session, key: Key): Scaler | undefined {
  const { snapshot, playheadMs } = session.store.getState();
  const loadOf = (owner: Key) => loadAt(session.cluster.intents, owner, playheadMs);
  const autoscaler = snapshot.get('HorizontalPodAutoscaler', key) as HorizontalPodAutoscaler | undefined;
  return autoscaler ? readScaler(autoscaler, snapshot, loadOf) : scalerOf(key, snapshot, loadOf);
}
