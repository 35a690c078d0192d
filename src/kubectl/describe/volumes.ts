// The volumes of a pod. Models kubectl/pkg/describe/describe.go describeVolumes.
// Leaves out the volumes of single cloud providers that Kubernetes no longer has code for: they print as <unknown>.

import { goText } from '../../kube/goText.ts';
import type { Volume } from '../../kube/kinds/pod.ts';
import type { Page } from './page.ts';

type Source = Readonly<Record<string, unknown>>;

export function describeVolumes(volumes: readonly Volume[] | undefined, page: Page, space: string): void {
  if (!volumes?.length) {
    page.line(0, `${space}Volumes:\t<none>`);
    return;
  }
  page.line(0, `${space}Volumes:`);
  for (const volume of volumes) {
    page.line(1, `${space ? ' ' : ''}${volume.name}:`);
    const type = Object.keys(VOLUME_TYPES).find((key) => volume[key] !== undefined);
    if (!type) page.line(1, '<unknown>');
    else VOLUME_TYPES[type]?.((volume[type] ?? {}) as Source, page);
  }
}

/** One source of a volume, as pods and PersistentVolumes show it. */
export function describeSource(type: string, source: Source, page: Page): void {
  VOLUME_TYPES[type]?.(source, page);
}

const text = (value: unknown, otherwise = ''): string => (value === undefined || value === null ? otherwise : goText(value));

function typed(type: string, fields: (source: Source) => readonly (readonly [string, unknown])[]): (source: Source, page: Page) => void {
  return (source, page) => {
    page.field(2, 'Type', type);
    for (const [title, value] of fields(source)) page.field(2, title, text(value));
  };
}

const VOLUME_TYPES: Readonly<Record<string, (source: Source, page: Page) => void>> = {
  hostPath: typed('HostPath (bare host directory volume)', ({ path, type }) => [
    ['Path', path],
    ['HostPathType', text(type, '<none>')],
  ]),
  emptyDir: typed("EmptyDir (a temporary directory that shares a pod's lifetime)", ({ medium, sizeLimit }) => [
    ['Medium', medium],
    ['SizeLimit', text(sizeLimit, '<unset>')],
  ]),
  secret: typed('Secret (a volume populated by a Secret)', ({ secretName, optional }) => [
    ['SecretName', secretName],
    ['Optional', optional ?? false],
  ]),
  configMap: typed('ConfigMap (a volume populated by a ConfigMap)', ({ name, optional }) => [
    ['Name', name],
    ['Optional', optional ?? false],
  ]),
  nfs: typed('NFS (an NFS mount that lasts the lifetime of a pod)', ({ server, path, readOnly }) => [
    ['Server', server],
    ['Path', path],
    ['ReadOnly', readOnly ?? false],
  ]),
  persistentVolumeClaim: typed(
    'PersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same namespace)',
    ({ claimName, readOnly }) => [
      ['ClaimName', claimName],
      ['ReadOnly', readOnly ?? false],
    ],
  ),
  ephemeral: typed('EphemeralVolume (an inline specification for a volume that gets created and deleted with the pod)', () => []),
  image: typed('Image (a container image or OCI artifact)', ({ reference, pullPolicy }) => [
    ['Reference', reference],
    ['PullPolicy', pullPolicy],
  ]),
  downwardAPI: (source, page) => {
    page.field(2, 'Type', 'DownwardAPI (a volume populated by information about the pod)');
    page.line(2, 'Items:');
    for (const item of (source.items ?? []) as readonly Source[]) {
      const { fieldPath, resource } = { ...(item.fieldRef as Source), ...(item.resourceFieldRef as Source) };
      page.line(3, `${text(fieldPath ?? resource)} -> ${text(item.path)}`);
    }
  },
  projected: (source, page) => {
    page.field(2, 'Type', 'Projected (a volume that contains injected data from multiple sources)');
    for (const each of (source.sources ?? []) as readonly Readonly<Record<string, Source>>[]) describeProjection(each, page);
  },
  csi: (source, page) => {
    const { driver, fsType, readOnly, volumeAttributes } = source;
    page.field(2, 'Type', 'CSI (a Container Storage Interface (CSI) volume source)');
    page.field(2, 'Driver', text(driver));
    page.field(2, 'FSType', text(fsType));
    page.field(2, 'ReadOnly', text(readOnly, 'false'));
    const attributes = Object.entries((volumeAttributes ?? {}) as Source).sort(([a], [b]) => (a < b ? -1 : 1));
    page.write(2, 'VolumeAttributes:\t');
    page.line(0, attributes.length === 0 ? '<none>' : attributes.map(([key, value]) => `${key}=${text(value)}`).join('\n    \t'));
  },
};

function describeProjection(source: Readonly<Record<string, Source>>, page: Page): void {
  const { secret, downwardAPI, configMap, serviceAccountToken } = source;
  const named = secret ?? (downwardAPI ? undefined : configMap);
  if (named) {
    page.field(2, secret ? 'SecretName' : 'ConfigMapName', text(named.name));
    page.field(2, 'Optional', text(named.optional, 'false'));
  } else if (downwardAPI) page.field(2, 'DownwardAPI', 'true');
  else if (serviceAccountToken) page.field(2, 'TokenExpirationSeconds', text(serviceAccountToken.expirationSeconds, '3600'));
}
