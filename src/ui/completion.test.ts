import { describe, expect, it } from 'vitest';
import { createSession } from '../session/createSession.ts';
import { engine } from '../session/engine.ts';
import { completeLine } from './completion.ts';

const { complete } = createSession({ engine, scenario: 'node-goes-dark', atMs: 30_000 });

describe('completeLine', () => {
  it.each([
    ['kub', 'kubectl '],
    ['k cordon node', 'kubectl cordon node-'],
    ['kubectl scale deployment/w', 'kubectl scale deployment/web '],
    ['kubectl rollout unp', 'kubectl rollout unp'],
  ])('makes "%s" into "%s"', (typed, completed) => {
    expect(completeLine(typed, complete).text).toBe(completed);
  });

  it('shows what could follow', () => {
    expect(completeLine('kubectl cordon ', complete).candidates).toEqual(['node-a', 'node-b', 'node-c']);
  });

  it('leaves a line alone that nothing completes', () => {
    expect(completeLine('kubectl get zebra ', complete)).toEqual({ text: 'kubectl get zebra ', candidates: [] });
  });
});
