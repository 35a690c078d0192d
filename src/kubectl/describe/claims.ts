// kubectl describe of PersistentVolumeClaim. Models kubectl/pkg/describe/describe.go describePersistentVolumeClaim.
import { humanAge } from '../../kube/duration.ts';
import type { Pod, ResourceList } from '../../kube/kinds/pod.ts';
import type { KubeObject } from '../../kube/meta.ts';
import { formatQuantity, parseQuantity } from '../../kube/quantity.ts';
import { describeEvents } from './events.ts';
import type { Page, Surroundings } from './page.ts';

interface Claim extends KubeObject {
  readonly spec?: { readonly storageClassName?: string; readonly volumeName?: string; readonly volumeMode?: string };
  readonly status?: { readonly phase?: string; readonly accessModes?: readonly string[]; readonly capacity?: ResourceList };
}

const SHORT_MODES: Readonly<Record<string, string>> = {
  ReadWriteOnce: 'RWO',
  ReadOnlyMany: 'ROX',
  ReadWriteMany: 'RWX',
  ReadWriteOncePod: 'RWOP',
};

export function describeClaim(claim: Claim, page: Page, around: Surroundings): void {
  const { metadata, spec, status } = claim;
  const isBound = Boolean(spec?.volumeName);
  page.field(0, 'Name', metadata.name);
  page.field(0, 'Namespace', metadata.namespace ?? '');
  page.field(0, 'StorageClass', spec?.storageClassName ?? '');
  const leaving = metadata.deletionTimestamp;
  page.field(0, 'Status', leaving ? `Terminating (lasts ${humanAge(leaving, around.nowMs)})` : (status?.phase ?? ''));
  page.field(0, 'Volume', spec?.volumeName ?? '');
  page.labels('Labels', metadata.labels);
  page.annotations('Annotations', metadata.annotations);
  page.field(0, 'Finalizers', `[${(metadata.finalizers ?? []).join(' ')}]`);
  page.field(0, 'Capacity', isBound ? formatQuantity(parseQuantity(status?.capacity?.storage ?? 0)) : '');
  page.field(0, 'Access Modes', isBound ? (status?.accessModes ?? []).map((mode) => SHORT_MODES[mode] ?? mode).join(',') : '');
  if (spec?.volumeMode) page.field(0, 'VolumeMode', spec.volumeMode);
  page.lines('Used By', usersOf(claim, around));
  describeEvents(claim, page, around);
}

/** The pods that mount the claim. */
function usersOf({ metadata }: Claim, around: Surroundings): string[] {
  const isMounting = ({ metadata: pod, spec }: Pod): boolean =>
    pod.namespace === metadata.namespace &&
    (spec.volumes ?? []).some(
      ({ persistentVolumeClaim }) => (persistentVolumeClaim as { claimName?: string } | undefined)?.claimName === metadata.name,
    );
  return (around.snapshot.list('Pod') as readonly Pod[])
    .filter(isMounting)
    .map((pod) => pod.metadata.name)
    .sort();
}
