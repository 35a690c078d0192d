import { afterEach, expect, it, vi } from 'vitest';
import { turns } from './turns.ts';

let nowMs = 0;
let next: ((nowMs: number) => void) | undefined;

function stubFrames(): void {
  nowMs = 0;
  next = undefined;
  vi.stubGlobal('performance', { now: () => nowMs });
  vi.stubGlobal('requestAnimationFrame', (onFrame: (nowMs: number) => void) => {
    next = onFrame;
    return 1;
  });
  vi.stubGlobal('cancelAnimationFrame', () => {
    next = undefined;
  });
}

function frame(): void {
  const onFrame = next;
  next = undefined;
  onFrame?.(nowMs);
}

afterEach(() => {
  vi.unstubAllGlobals();
});

it('does short pieces of work in one frame and leaves a second long one to the next', () => {
  stubFrames();
  const done: string[] = [];
  const work = (name: string, ms: number) => () => {
    done.push(name);
    nowMs += ms;
  };
  for (const [name, ms] of [
    ['a', 1],
    ['b', 1],
    ['c', 10],
    ['d', 10],
  ] as const)
    turns.request(work(name, ms));
  frame();
  expect(done).toEqual(['a', 'b', 'c']);
  frame();
  expect(done).toEqual(['a', 'b', 'c', 'd']);
  expect(next).toBeUndefined();
});

it('does what is asked for in a frame in the next, after what waited', () => {
  stubFrames();
  const done: string[] = [];
  turns.request(() => {
    done.push('a');
    nowMs += 10;
    turns.request(() => done.push('a again'));
  });
  turns.request(() => done.push('b'));
  frame();
  frame();
  expect(done).toEqual(['a', 'b', 'a again']);
});

it('asks for no frame when nothing is left to do', () => {
  stubFrames();
  const id = turns.request(() => {});
  turns.cancel(id);
  expect(next).toBeUndefined();
});
