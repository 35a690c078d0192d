// The cutter that an owner is about to get, while a learner is asked what will come of it. Only for an owner that stands alone: where
// there are several, the question says whose template it is.
import { keyOf, type Snapshot } from '../kube/meta.ts';
import { LEAD_MS, type Lesson, settingAt } from '../lessons/lesson.ts';
import type { Coming } from '../scene/asked.ts';
import { templateOf } from '../scene/looks.ts';
import { worldAt } from './worldAt.ts';

const KINDS = ['Deployment', 'ReplicaSet', 'ReplicationController', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob'];

const ownersIn = (snapshot: Snapshot) => KINDS.flatMap((kind) => snapshot.list(kind));

export function comingCutter(lesson: Lesson, stepIndex: number, before: Snapshot): Coming | undefined {
  const [owner, ...others] = ownersIn(before);
  if (!owner || others.length > 0) return undefined;
  const setting = settingAt(lesson, stepIndex);
  const { cluster, looks } = worldAt(setting, setting.openAtMs + LEAD_MS + 1);
  const key = keyOf(owner);
  const after = ownersIn(cluster.snapshot()).find((each) => keyOf(each) === key);
  const look = looks.ofTemplate(after && templateOf(after));
  return after && look !== looks.ofTemplate(templateOf(owner)) ? { owner: key, look } : undefined;
}
