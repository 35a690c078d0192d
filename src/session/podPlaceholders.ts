// Names that the world chose, written so that another run finds the same pods: `{{pod app=web 0}}` for web-6d4cf56db6-x7k2p.

import type { Pod } from '../kube/kinds/pod.ts';
import { controllerOf, type Snapshot } from '../kube/meta.ts';
import { fillPlaceholders } from '../scenario/placeholders.ts';

/** Puts placeholders for the names of pods that a controller named by chance. */
export function podPlaceholders(snapshot: Snapshot): (text: string) => string {
  const pods = snapshot.list('Pod') as readonly Pod[];
  const byChance = new Map(pods.filter((pod) => !isFixed(pod)).map((pod) => [pod.metadata.name, pod]));
  return (text) =>
    text.replaceAll(/[a-z0-9][a-z0-9-]*[a-z0-9]/g, (word) => {
      const pod = byChance.get(word);
      return (pod && placeholderOf(pod, pods.length, snapshot)) ?? word;
    });
}

/** A StatefulSet's pods have their ordinals for names, and a pod made by hand has what it was given. */
function isFixed(pod: Pod): boolean {
  const controller = controllerOf(pod);
  return controller === undefined || controller.kind === 'StatefulSet';
}

function placeholderOf({ metadata }: Pod, count: number, snapshot: Snapshot): string | undefined {
  const label = Object.entries(metadata.labels ?? {}).find(([, value]) => value !== '' && !value.includes(','));
  if (!label) return undefined;
  const wants = `${label.join('=')}${metadata.deletionTimestamp === undefined ? '' : ',deleting=true'}`;
  for (let i = 0; i < count; i++) {
    const text = `{{pod ${wants} ${i}}}`;
    if (fillPlaceholders(text, snapshot) === metadata.name) return text;
  }
  return undefined;
}
