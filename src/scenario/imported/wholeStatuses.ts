// What a server writes of every container, put in where a text leaves it out: everything that reads a status counts on it.
import type { ContainerStatus, Pod } from '../../kube/kinds/pod.ts';
import type { KubeObject } from '../../kube/meta.ts';

const EMPTY = { state: {}, lastState: {}, ready: false, restartCount: 0, image: '', imageID: '' };
const LISTS = ['initContainerStatuses', 'containerStatuses', 'ephemeralContainerStatuses'] as const;

export function withWholeStatuses<T extends KubeObject>(object: T): T {
  if (object.kind !== 'Pod') return object;
  const { status } = object as unknown as Pod;
  const whole: Partial<Record<(typeof LISTS)[number], readonly ContainerStatus[]>> = {};
  for (const list of LISTS) if (status?.[list]) whole[list] = status[list].map((given) => ({ ...EMPTY, ...given }));
  return { ...object, status: { ...status, ...whole } };
}
