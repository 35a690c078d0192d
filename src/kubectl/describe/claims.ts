// kubectl describe of PersistentVolumeClaim. Models kubectl/pkg/describe/describe.go describePersistentVolumeClaim.
import { humanAge } from '../../kube/duration.ts';
import { shortModes } from '../../kube/kinds/persistentVolumeClaim.ts';
import type { Pod } from '../../kube/kinds/pod.ts';
import { claimNamesOf, classNameOf, type PersistentVolumeClaim } from '../../kube/kinds/volumes.ts';
import { formatQuantity, parseQuantity } from '../../kube/quantity.ts';
import { describeEvents } from './events.ts';
import type { Page, Surroundings } from './page.ts';

export function describeClaim(claim: PersistentVolumeClaim, page: Page, around: Surroundings): void {
  const { metadata, spec, status } = claim;
  const isBound = Boolean(spec?.volumeName);
  page.field(0, 'Name', metadata.name);
  page.field(0, 'Namespace', metadata.namespace ?? '');
  page.field(0, 'StorageClass', classNameOf(claim));
  const leaving = metadata.deletionTimestamp;
  page.field(0, 'Status', leaving ? `Terminating (lasts ${humanAge(leaving, around.nowMs)})` : (status?.phase ?? ''));
  page.field(0, 'Volume', spec?.volumeName ?? '');
  page.labels('Labels', metadata.labels);
  page.annotations('Annotations', metadata.annotations);
  page.field(0, 'Finalizers', `[${(metadata.finalizers ?? []).join(' ')}]`);
  page.field(0, 'Capacity', isBound ? formatQuantity(parseQuantity(status?.capacity?.storage ?? 0)) : '');
  page.field(0, 'Access Modes', isBound ? shortModes(status?.accessModes) : '');
  if (spec?.volumeMode) page.field(0, 'VolumeMode', spec.volumeMode);
  page.lines('Used By', usersOf(claim, around));
  describeEvents(claim, page, around);
}

/** The pods that mount the claim. */
function usersOf({ metadata }: PersistentVolumeClaim, around: Surroundings): string[] {
  return (around.snapshot.list('Pod') as readonly Pod[])
    .filter((pod) => pod.metadata.namespace === metadata.namespace && claimNamesOf(pod).includes(metadata.name))
    .map((pod) => pod.metadata.name)
    .sort();
}
