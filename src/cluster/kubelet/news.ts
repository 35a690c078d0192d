// Events that a kubelet tells of what it hears of its pods and its machine, not in the middle of its work: a moment after the change that
// they are about, as nobody writes while a change is being heard of.
import type { ObjectReference } from '../../kube/kinds/event.ts';
import type { PartContext } from '../part.ts';
import type { Workers } from './workers.ts';

/** By this name kubelets write. */
export const ACTOR = 'kubelet';
/** From a change to its kubelet acting on it. */
export const SYNC_MS = 30;

/** A timer. */
export interface News {
  readonly host: string;
  readonly about: ObjectReference;
  readonly reason: string;
  readonly message: string;
  readonly fieldPath?: string;
  readonly cause: number | undefined;
}

export class NewsTeller {
  private readonly ctx: PartContext;
  private readonly workers: Workers;

  constructor(ctx: PartContext, workers: Workers) {
    this.ctx = ctx;
    this.workers = workers;
    ctx.sim.handle<News>('kubelet/news', (news) => this.tell(news));
  }

  tellSoon(news: News): void {
    this.ctx.sim.schedule(SYNC_MS, 'kubelet/news', news);
  }

  /** A silent kubelet tells nothing. */
  tell({ host, about, reason, message, fieldPath, cause }: News): void {
    const { api, recorder } = this.ctx;
    if (this.workers.nodes.get(host)?.isSilent) return;
    api.act(ACTOR, cause, () => recorder.record({ component: ACTOR, host }, about, 'Normal', reason, message, fieldPath));
  }
}

/** What becomes of a machine. */
export function nodeNews(name: string, reason: string, cause: number | undefined): News {
  return { host: name, about: { kind: 'Node', name, uid: name }, reason, message: `Node ${name} status is now: ${reason}`, cause };
}
