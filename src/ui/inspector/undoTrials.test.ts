// Whatever is tried in a pod is taken back by one undo, with all that came of it.
import { expect, it } from 'vitest';
import { readInside } from '../../scene/inside/read.ts';
import { createSession } from '../../session/createSession.ts';
import { engine } from '../../session/engine.ts';
import { trialsFor } from './breakIt.ts';

function opened() {
  const session = createSession({ engine, scenario: 'two-containers', atMs: 30_000 });
  const { snapshot, selection, terminal } = session.store.getState();
  const model = readInside(snapshot, selection[0] ?? '', session.looks);
  return { session, trials: model ? trialsFor(model) : [], lines: terminal.length };
}

const { trials } = opened();

it.each(trials.map(({ trial, what }, i) => ({ name: `${trial} ${what}`, i })))('$name', ({ i }) => {
  const { session, trials, lines } = opened();
  const { line, fault } = trials[i] ?? {};
  const before = [...session.cluster.changes];
  if (line) session.run(line);
  else if (fault) session.act(fault);
  session.reach(36_000);
  expect(session.cluster.changes.length).toBeGreaterThan(before.length);
  session.undo();
  expect(session.cluster.nowMs).toBe(30_000);
  expect(session.cluster.changes).toEqual(before);
  expect(session.store.getState().terminal).toHaveLength(lines);
  expect(session.canUndo).toBe(false);
});

it('tries something of every kind', () => {
  expect(new Set(trials.map(({ trial }) => trial))).toEqual(
    new Set(['crash', 'ask', 'press', 'fill', 'send', 'bind', 'kill', 'remove', 'delete']),
  );
});
