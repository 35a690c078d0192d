// @module-tag long
import { describe, expect, it } from 'vitest';
import fc from '../base/fastCheck.ts';
import { History } from './history.ts';

interface Write {
  readonly key: string;
  readonly table: string;
  readonly value: number | undefined;
  readonly waitMs: number;
}

const writes = fc.array(
  fc.record({
    table: fc.constantFrom('Pod', 'Event'),
    key: fc.integer({ min: 0, max: 700 }).map(String),
    value: fc.option(fc.integer(), { nil: undefined, freq: 4 }),
    waitMs: fc.integer({ min: 0, max: 3 }),
  }),
  { minLength: 1, maxLength: 3000, size: 'max' },
);

function write(history: History<number>, list: readonly Write[], atMs = 0): number {
  for (const { table, key, value, waitMs } of list) {
    atMs += waitMs;
    history.write({ atMs, actor: 'test', verb: 'write', table, key, after: value, cause: undefined });
  }
  return atMs;
}

const byKey = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]) => (a < b ? -1 : 1);

const contentOf = (list: readonly Write[]) => {
  const content = new Map<string, number>();
  for (const { table, key, value } of list) {
    if (value === undefined) content.delete(`${table}/${key}`);
    else content.set(`${table}/${key}`, value);
  }
  return [...content].sort(byKey);
};

const seen = (view: { get(table: string, key: string): number | undefined }) =>
  ['Pod', 'Event']
    .flatMap((table) => Array.from({ length: 701 }, (_, key) => [`${table}/${key}`, view.get(table, String(key))] as const))
    .filter(([, value]) => value !== undefined)
    .sort(byKey);

describe('History', () => {
  it('shows any moment as a replay from zero would', () => {
    fc.assert(
      fc.property(writes, fc.float({ min: 0, max: 1, noNaN: true }), (list, share) => {
        const history = new History<number>();
        write(history, list);
        const seq = Math.floor(share * list.length);
        expect(seen(history.viewAtSeq(seq, 0))).toEqual(contentOf(list.slice(0, seq)));
      }),
      { numRuns: 30, seed: 1 },
    );
  });

  it('keeps a view as it was while the world moves on', () => {
    const history = new History<number>();
    write(history, [{ table: 'Pod', key: '1', value: 1, waitMs: 1 }]);
    const view = history.now(1);
    write(history, [
      { table: 'Pod', key: '1', value: 2, waitMs: 1 },
      { table: 'Pod', key: '2', value: 3, waitMs: 1 },
    ]);
    expect([view.get('Pod', '1'), view.get('Pod', '2'), view.list('Pod')]).toEqual([1, undefined, [1]]);
    expect(history.get('Pod', '1')).toBe(2);
  });

  it('gives the same view until something changes', () => {
    const history = new History<number>();
    write(history, [{ table: 'Pod', key: '1', value: 1, waitMs: 1 }]);
    expect(history.now(5)).toBe(history.now(5));
  });

  it('stands where it stood after a cut, and goes on as if the future had never been', () => {
    fc.assert(
      fc.property(writes, writes, fc.float({ min: 0, max: 1, noNaN: true }), (past, future, share) => {
        const seq = Math.floor(share * past.length);
        const cut = new History<number>();
        write(cut, past);
        cut.cutAfter(seq);
        const straight = new History<number>();
        write(straight, past.slice(0, seq));
        for (const history of [cut, straight]) write(history, future, 100_000);
        expect(cut.now(0).list('Pod')).toEqual(straight.now(0).list('Pod'));
        expect(cut.changes).toEqual(straight.changes);
        expect(cut.count('Pod')).toBe(straight.count('Pod'));
      }),
      { numRuns: 20, seed: 1 },
    );
  });

  it('finds the last change at a moment', () => {
    const history = new History<number>();
    write(history, [
      { table: 'Pod', key: '1', value: 1, waitMs: 10 },
      { table: 'Pod', key: '2', value: 2, waitMs: 0 },
      { table: 'Pod', key: '3', value: 3, waitMs: 10 },
    ]);
    expect([0, 9, 10, 19, 20, 99].map((atMs) => history.seqAt(atMs))).toEqual([0, 0, 2, 2, 3, 3]);
  });
});
