import { describe, expect, it } from 'vitest';
import { type QueuedPod, SchedulingQueue } from './queue.ts';

const popped = (queue: SchedulingQueue): QueuedPod => {
  const pod = queue.pop();
  if (!pod) throw new Error('nothing to pop');
  return pod;
};

describe('SchedulingQueue', () => {
  it('gives the most important pod first, then the one that waits longest', () => {
    const queue = new SchedulingQueue();
    queue.add('b', 0, false, 2, undefined);
    queue.add('a', 0, false, 1, undefined);
    queue.add('vip', 10, false, 3, undefined);
    expect([popped(queue).key, popped(queue).key, popped(queue).key, queue.pop()]).toEqual(['vip', 'a', 'b', undefined]);
  });

  it('holds gated pods until they are let in', () => {
    const queue = new SchedulingQueue();
    queue.add('a', 0, true, 0, undefined);
    expect([queue.isEmpty, queue.list()[0]?.state]).toEqual([true, 'gated']);
    queue.activate(queue.get('a') as QueuedPod, undefined);
    expect(popped(queue).key).toBe('a');
  });

  it('backs off 1, 2, 4, 8 and then 10 s after errors, to the end of the second', () => {
    const queue = new SchedulingQueue();
    queue.add('a', 0, false, 0, undefined);
    const waits: number[] = [];
    let nowMs = 500;
    for (let i = 0; i < 6; i++) {
      queue.fail(popped(queue), nowMs);
      expect(queue.isEmpty).toBe(true);
      const endMs = queue.nextBackoffEndMs as number;
      queue.endBackoffs(endMs - 1);
      expect(queue.isEmpty).toBe(true);
      queue.endBackoffs(endMs);
      waits.push(endMs - nowMs);
      nowMs = endMs + 500;
    }
    expect(waits).toEqual([1500, 2500, 4500, 8500, 10_500, 10_500]);
  });

  it('tries a pod that backs off at once when nobody else waits', () => {
    const queue = new SchedulingQueue();
    queue.add('a', 0, false, 0, undefined);
    queue.turnAway(popped(queue), ['NodeResourcesFit'], 0);
    expect(queue.turnedAwayBy('NodeResourcesFit').map(({ key }) => key)).toEqual(['a']);
    queue.requeue(queue.get('a') as QueuedPod, 10, 7);
    expect(queue.list()[0]?.state).toBe('backoff');
    queue.add('b', 0, false, 20, undefined);
    expect([popped(queue).key, popped(queue).key]).toEqual(['b', 'a']);
  });

  it('tries an unschedulable pod again after five minutes', () => {
    const queue = new SchedulingQueue();
    queue.add('a', 0, false, 0, undefined);
    queue.turnAway(popped(queue), ['NodeAffinity'], 1000);
    expect(queue.nextLeftoverMs).toBe(330_000);
    queue.retryLeftovers(300_000);
    expect(queue.isEmpty).toBe(true);
    queue.retryLeftovers(330_000);
    expect(popped(queue).key).toBe('a');
  });

  it('stands where it stood when loaded', () => {
    const queue = new SchedulingQueue();
    for (const [i, key] of ['a', 'b', 'c', 'd'].entries()) queue.add(key, 0, key === 'd', i, undefined);
    queue.turnAway(popped(queue), ['NodePorts'], 10);
    queue.fail(popped(queue), 10);
    const copy = new SchedulingQueue();
    copy.load(structuredClone(queue.save()));
    expect(copy.list()).toEqual(queue.list());
    expect(copy.turnedAwayBy('NodePorts').map(({ key }) => key)).toEqual(['a']);
    expect(copy.nextBackoffEndMs).toBe(queue.nextBackoffEndMs);
    expect(popped(copy).key).toBe('c');
  });
});
