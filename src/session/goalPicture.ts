// The cluster that a challenge asks for, as a small picture: what its own solution leads to, node by node.
import type { Pod } from '../kube/kinds/pod.ts';
import { type GoalStep, type Lesson, settingAt } from '../lessons/lesson.ts';
import type { Picture } from '../lessons/picture.ts';
import { worldAt } from './worldAt.ts';

export function goalPicture(lesson: Lesson, step: GoalStep): Picture {
  const steps = lesson.steps.slice(0, lesson.steps.indexOf(step) + 1);
  const after = { ...step, type: 'read' as const, given: { steps: [], lengthMs: 0 } };
  const setting = settingAt({ ...lesson, steps: [...steps, after] }, steps.length);
  const { cluster, looks } = worldAt(setting, setting.openAtMs);
  const pods = cluster.snapshot().list('Pod') as readonly Pod[];
  return cluster
    .snapshot()
    .list('Node')
    .map((node) => ({
      isSilent: false,
      pods: pods
        .filter(({ spec }) => spec.nodeName === node.metadata.name)
        .map((pod) => ({ letter: looks.ofPod(pod).letter, state: 'ready' as const })),
    }));
}
