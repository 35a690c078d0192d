// What a person is asked before something is done: whether the future may be dropped, and whether a page shall hold so many pods.
import type { StoreApi } from 'zustand/vanilla';
import { PODS_MAX, podsAskedFor, withFewerPods } from './largeWorld.ts';
import type { SessionState } from './session.ts';

type Change = (text: string) => string;

export class Questions {
  private readonly store: StoreApi<SessionState>;
  /** What waits for the answer to `pendingFork`. */
  private fork: (() => void) | undefined;
  /** What waits for the answer to `pendingPods`, told what to make of its texts. */
  private pods: ((change: Change) => void) | undefined;

  constructor(store: StoreApi<SessionState>) {
    this.store = store;
  }

  /** Acting in the past drops what came after. */
  askToFork(act: () => void): void {
    const { endMs, playheadMs } = this.store.getState();
    this.fork = act;
    this.store.setState({ pendingFork: { dropsMs: endMs - playheadMs } });
  }

  /** What was to be done, where the answer is yes. */
  answerFork(isYes: boolean): (() => void) | undefined {
    const { fork } = this;
    this.fork = undefined;
    this.store.setState({ pendingFork: undefined });
    return isYes ? fork : undefined;
  }

  /** Does it now; or, where it asks for more pods than a page can well hold, once the person has said how many. */
  inBounds(text: string, act: (change: Change) => void): void {
    const pods = podsAskedFor(text);
    if (pods <= PODS_MAX) return act((each) => each);
    this.pods = act;
    this.store.setState({ pendingPods: pods });
  }

  answerPods(choice: 'all' | 'fewer' | 'none'): void {
    const { pods } = this;
    this.pods = undefined;
    this.store.setState({ pendingPods: undefined });
    if (choice !== 'none') pods?.(choice === 'fewer' ? withFewerPods : (text) => text);
  }
}
