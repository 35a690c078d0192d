import { describe, expect, it } from 'vitest';
import { createSession } from '../session/createSession.ts';
import { completeLine } from './completion.ts';

const { snapshot } = createSession({ scenario: 'node-goes-dark', atMs: 30_000 }).store.getState();

describe('completeLine', () => {
  it.each([
    ['kub', 'kubectl '],
    ['k cordon node', 'kubectl cordon node-'],
    ['kubectl scale deployment/w', 'kubectl scale deployment/web '],
    ['kubectl rollout unp', 'kubectl rollout unp'],
  ])('makes "%s" into "%s"', (typed, completed) => {
    expect(completeLine(typed, snapshot).text).toBe(completed);
  });

  it('shows what could follow', () => {
    expect(completeLine('kubectl cordon ', snapshot).candidates).toEqual(['node-a', 'node-b', 'node-c']);
  });

  it('leaves a line alone that nothing completes', () => {
    expect(completeLine('kubectl get zebra ', snapshot)).toEqual({ text: 'kubectl get zebra ', candidates: [] });
  });
});
