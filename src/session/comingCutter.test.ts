import { describe, expect, it } from 'vitest';
import { findLesson, loadLesson } from '../lessons/index.ts';
import { settingAt } from '../lessons/lesson.ts';
import { comingCutter } from './comingCutter.ts';
import { worldAt } from './worldAt.ts';

async function comingAt(id: string, stepIndex: number) {
  const entry = findLesson(id);
  if (!entry) throw new Error(`no lesson ${id}`);
  const lesson = await loadLesson(entry);
  const setting = settingAt(lesson, stepIndex);
  return comingCutter(lesson, stepIndex, worldAt(setting, setting.openAtMs).cluster.snapshot());
}

describe('comingCutter', () => {
  it('is the template that the question is about', async () => {
    expect(await comingAt('cookie-cutter', 1)).toEqual({ owner: 'ReplicaSet/default/web', look: { letter: 'B', shape: 'B' } });
  });

  it('is nothing where a pod is asked about, or one owner of several', async () => {
    expect(await comingAt('pods-end', 1)).toBeUndefined();
    expect(await comingAt('cookie-cutter', 3)).toBeUndefined();
  });
});
