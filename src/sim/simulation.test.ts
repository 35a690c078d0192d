import { describe, expect, it } from 'vitest';
import { Simulation } from './simulation.ts';

interface Ping {
  readonly name: string;
  readonly times: number;
}

/** A small world: each ping logs itself and comes again after a random while. */
function world(options: { seed: number; shuffleTies?: boolean }) {
  const sim = new Simulation(options);
  const log: string[] = [];
  sim.handle<Ping>('ping', ({ name, times }) => {
    log.push(`${sim.nowMs} ${name}`);
    if (times > 1) sim.schedule(sim.random(name).below(10), 'ping', { name, times: times - 1 });
  });
  for (const name of ['a', 'b', 'c']) sim.schedule(0, 'ping', { name, times: 50 });
  return { sim, log };
}

describe('Simulation', () => {
  it('gives the same log for the same seed and another for another', () => {
    const [first, again, other] = [{ seed: 7 }, { seed: 7 }, { seed: 8 }].map((options) => {
      const { sim, log } = world(options);
      sim.runUntil(1000);
      return log;
    });
    expect(first).toEqual(again);
    expect(first).not.toEqual(other);
  });

  it('goes on from a saved point exactly as the run it was saved from', () => {
    const { sim, log } = world({ seed: 3 });
    sim.runUntil(40);
    const saved = sim.save();
    const length = log.length;
    sim.runUntil(1000);
    const tail = log.slice(length);
    sim.load(saved);
    log.length = 0;
    sim.runUntil(1000);
    expect(log).toEqual(tail);
  });

  it('fires ties in the order of scheduling unless they are shuffled', () => {
    const order = (shuffleTies: boolean) => {
      const sim = new Simulation({ seed: 1, shuffleTies });
      const fired: number[] = [];
      sim.handle<number>('n', (n) => fired.push(n));
      for (let n = 0; n < 20; n++) sim.schedule(5, 'n', n);
      sim.runUntil(5);
      return fired;
    };
    expect(order(false)).toEqual(Array.from({ length: 20 }, (_, n) => n));
    expect(order(true)).not.toEqual(order(false));
    expect([...order(true)].sort((a, b) => a - b)).toEqual(order(false));
  });

  it('stands at the moment asked for even when nothing is due then', () => {
    const { sim } = world({ seed: 1 });
    sim.runUntil(123_456);
    expect(sim.nowMs).toBe(123_456);
  });

  it('draws one stream without shifting another', () => {
    const alone = new Simulation({ seed: 5 });
    const mixed = new Simulation({ seed: 5 });
    mixed.random('other').next();
    expect(mixed.random('names').letters(10)).toBe(alone.random('names').letters(10));
  });
});
