// @module-tag long
import { describe, expect, it } from 'vitest';
import { createSession } from './createSession.ts';
import { engine } from './engine.ts';
import { Story } from './story.ts';

function told(scenario: string, atMs: number) {
  const session = createSession({ engine, scenario, atMs });
  const story = new Story(session);
  story.read();
  return { session, story };
}

const markersOf = (story: Story) =>
  story.markers.list.map(({ atMs, type, name, count }) => `${Math.round(atMs / 1000)} ${type} ${name} ${count}`);

describe('Markers', () => {
  it('tells the cookie cutter: three cut, the template edited, scaled', () => {
    const { story } = told('cookie-cutter', 176_000);
    const kinds = story.markers.list.map(({ atMs, type, count, look }) => [Math.floor(atMs / 1000), type, count, look?.letter]);
    expect(kinds).toEqual([
      [3, 'cut', 3, 'A'],
      [134, 'templateEdited', 1, 'B'],
      [151, 'scaled', 4, undefined],
    ]);
  });

  it('adds up the cookies of each owner, however their controllers take turns', () => {
    const { story } = told('node-goes-dark', 30_000);
    expect(story.markers.list.map(({ type, count }) => `${type} ${count}`).sort()).toEqual(['cut 1', 'cut 3', 'cut 3', 'cut 5']);
  });

  it('tells a rollout from its start to its end', () => {
    const { story } = told('rolling-update', 180_000);
    expect(story.markers.list.map(({ type }) => type)).toEqual(['cut', 'rolloutStarts', 'rolloutFinished']);
  });

  it('tells how a node goes dark: silence, NotReady after 50 s, eviction after 300 s more', () => {
    const { story } = told('node-goes-dark', 420_000);
    const later = markersOf(story).filter((text) => !text.includes('cut'));
    expect(later.map((text) => text.split(' ').slice(0, 2).join(' '))).toEqual(['60 nodeSilent', '110 notReady', '410 evicted']);
  });

  it('tells evictions, victims and the end of a Job apart from deletions', () => {
    const types = (name: string, atMs: number) => new Set(told(name, atMs).story.markers.list.map(({ type }) => type));
    expect([...types('budget', 60_000)]).toEqual(['cut', 'cordoned', 'apiEvicted']);
    expect([...types('priority', 40_000)]).toEqual(['cut', 'preempted']);
    expect([...types('job-tries', 60_000)]).toEqual(['cut', 'crashed', 'jobComplete']);
  });

  it('tells it anew when a piece of history was dropped', () => {
    const { session, story } = told('cookie-cutter', 176_000);
    const before = story.read();
    session.seek(140_000);
    session.run('kubectl scale rs/web --replicas=2');
    session.confirmFork(true);
    expect(story.read()).not.toBe(before);
    expect(story.markers.list.map(({ type, count }) => `${type} ${count}`)).toEqual(['cut 3', 'templateEdited 1', 'scaled 2']);
  });
});

describe('PodSeries', () => {
  it('counts pods per template at every moment', () => {
    const { story } = told('cookie-cutter', 176_000);
    expect(story.series.bands.map(({ letter }) => letter)).toEqual(['A', 'B']);
    expect(story.series.at(2000)).toMatchObject({ counts: [], ready: 0 });
    expect(story.series.at(100_000)).toMatchObject({ counts: [3], ready: 3 });
    expect(story.series.at(176_000)).toMatchObject({ counts: [3, 1], ready: 4 });
  });

  it('never counts more than a rollout may have', () => {
    const { story } = told('rolling-update', 180_000);
    const totals = story.series.points.map(({ counts }) => counts.reduce((sum, count) => sum + count, 0));
    expect(Math.max(...totals)).toBe(8);
    expect(story.series.at(180_000)).toMatchObject({ counts: [0, 6], ready: 6 });
  });
});
