// Going inside a pod and out again: which pod is looked into, and which part of it is chosen.
import type { StoreApi } from 'zustand/vanilla';
import { type Key, keyFor, partsOf } from '../kube/meta.ts';
import type { Session, SessionState } from './session.ts';

/** The tab of the inspector that belongs to the inside view. */
export const INSIDE_TAB = 'inside';

type Entering = Pick<Session, 'enter' | 'leave' | 'choosePart' | 'select'>;

export function enteringOf({ getState: get, setState: set }: StoreApi<SessionState>): Entering {
  return {
    enter: (key) => set({ inside: { key, part: undefined }, selection: [key], tab: INSIDE_TAB, hovered: undefined }),
    leave() {
      const { inside, tab } = get();
      if (inside) set({ inside: undefined, tab: tab === INSIDE_TAB ? undefined : tab });
    },
    choosePart(part) {
      const { inside } = get();
      if (inside && inside.part !== part) set({ inside: { ...inside, part } });
    },
    // Whoever selects something else looks at the cluster again.
    select(selection, tab) {
      const { inside } = get();
      const isElsewhere = inside !== undefined && selection[0] !== inside.key;
      set({ selection, ...(tab === undefined ? {} : { tab }), ...(isElsewhere ? { inside: undefined } : {}) });
    },
  };
}

/** `default/web` in an address, for the pod `Pod/default/web`. */
export function insideOfAddress(text: string): Key | undefined {
  const [, namespace, name] = /^([a-z0-9-]{1,63})\/([a-z0-9.-]{1,253})$/.exec(text) ?? [];
  return name && keyFor('Pod', namespace, name);
}

export function insideInAddress(key: Key): string {
  const { namespace, name } = partsOf(key);
  return `${namespace}/${name}`;
}
