// The scene of a session: what there is to see where its playhead is.
import type { Key } from '../../kube/meta.ts';
import type { Scene } from '../../scene/glyphs.ts';
import { SceneReader } from '../../scene/scene.ts';
import { loadAt } from '../../session/loads.ts';
import type { Session } from '../../session/session.ts';

export class SceneNow {
  private readonly session: Session;
  private readonly reader = new SceneReader();
  private scene: Scene | undefined;
  private readOf: readonly unknown[] = [];

  constructor(session: Session) {
    this.session = session;
  }

  /** The same scene as long as nothing is written into the world. */
  read(): Scene {
    const { session } = this;
    const { snapshot, epoch, playheadMs } = session.store.getState();
    const { looks, cluster } = session;
    // What a person does to a load is written into no object.
    const loaded = cluster.intents.findLast(({ intent, atMs }) => intent.type === 'load' && atMs <= playheadMs);
    const of = [snapshot.seq, epoch, cluster, loaded];
    if (this.scene && of.every((value, i) => value === this.readOf[i])) return this.scene;
    this.readOf = of;
    looks.read(cluster.changes);
    this.scene = this.reader.read({
      snapshot,
      looks,
      decisionOf: (key) => decisionOf(session, key, snapshot.seq),
      loadOf: (key) => loadAt(cluster.intents, key, playheadMs),
      nextRunMs: session.nextRunMs,
    });
    return this.scene;
  }
}

/** The scheduler's last word about a pod that this moment can know of. */
function decisionOf({ cluster }: Session, key: Key, seq: number): { readonly node?: string; readonly score?: number } | undefined {
  const decision = cluster.scheduler.decisions(key).findLast((one) => one.seq <= seq);
  if (!decision?.nodeName) return undefined;
  return { node: decision.nodeName, score: decision.verdicts.find(({ nodeName }) => nodeName === decision.nodeName)?.total };
}
