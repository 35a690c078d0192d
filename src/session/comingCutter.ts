// The cutter that an owner is about to get, while a learner is asked what will come of it.
import { controllerOf, keyOf, type Snapshot } from '../kube/meta.ts';
import { LEAD_MS, type Lesson, settingAt } from '../lessons/lesson.ts';
import type { Coming } from '../scene/asked.ts';
import { templateOf } from '../scene/looks.ts';
import { worldAt } from './worldAt.ts';

const KINDS = ['Deployment', 'ReplicaSet', 'ReplicationController', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob'];

/** Those that nobody owns: a ReplicaSet gets what its Deployment wants. */
const ownersIn = (snapshot: Snapshot) => KINDS.flatMap((kind) => snapshot.list(kind)).filter((each) => !controllerOf(each));

export function comingCutter(lesson: Lesson, stepIndex: number, before: Snapshot): Coming | undefined {
  const owners = ownersIn(before);
  if (owners.length === 0) return undefined;
  const setting = settingAt(lesson, stepIndex);
  const atMs = setting.openAtMs + LEAD_MS;
  const { cluster, looks } = worldAt(setting, atMs + 1);
  const after = new Map(ownersIn(cluster.snapshot()).map((each) => [keyOf(each), looks.ofTemplate(templateOf(each))]));
  const changed = owners.flatMap((each) => {
    const [owner, look] = [keyOf(each), after.get(keyOf(each))];
    return look && look !== looks.ofTemplate(templateOf(each)) ? [{ owner, look, atMs }] : [];
  });
  // Where several change at once the question is about more than one cutter.
  return changed.length === 1 ? changed[0] : undefined;
}
