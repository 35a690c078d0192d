// @module-tag long
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
    expect(await comingAt('cookie-cutter', 1)).toMatchObject({ owner: 'ReplicaSet/default/web', look: { letter: 'B', shape: 'B' } });
  });

  it('is that of a Deployment, and of the one that changes among several', async () => {
    expect(await comingAt('rolling-update', 1)).toMatchObject({ owner: 'Deployment/default/web', look: { letter: 'B' } });
    expect(await comingAt('cookie-cutter', 3)).toMatchObject({ owner: 'Deployment/default/shop' });
  });

  it('is nothing where a pod is asked about', async () => expect(await comingAt('pods-end', 1)).toBeUndefined());
});
