// What the store of a session holds before its first world is open, and what another world closes.
import type { Snapshot } from '../kube/meta.ts';
import type { SessionState } from './session.ts';

export const NOTHING_OPEN = {
  notice: undefined,
  pendingFork: undefined,
  pendingPods: undefined,
  isAwaited: false,
  building: undefined,
  refusal: undefined,
  hovered: undefined,
  inside: undefined,
  reader: undefined,
  playheadMs: 0,
  endMs: 0,
};

export function firstState({
  seed = 1,
  language = 'en',
  theme = 'auto',
  isMotionReduced = false,
}: Partial<Pick<SessionState, 'seed' | 'language' | 'theme' | 'isMotionReduced'>>): SessionState {
  return {
    ...NOTHING_OPEN,
    // Replaced before anybody can look: a session begins by loading a scenario.
    snapshot: undefined as unknown as Snapshot,
    isPlaying: false,
    speed: 1,
    selection: [],
    tab: undefined,
    terminal: [],
    isTerminalOpen: false,
    scenario: undefined,
    seed,
    language,
    theme,
    isMotionReduced,
    epoch: 0,
    stepId: 0,
    lesson: undefined,
    isPresenting: false,
  };
}
