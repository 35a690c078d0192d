import { describe, expect, it } from 'vitest';
import { builtInKinds } from '../kinds/builtIn.ts';
import type { KubeObject } from '../meta.ts';

type Fields = Readonly<Record<string, unknown>>;

const META = { name: 'x', uid: '1' };

function made(kindName: string, fields: Fields): KubeObject {
  const kind = builtInKinds.find(kindName);
  const metadata = kind?.namespaced ? { ...META, namespace: 'default' } : META;
  const object = { apiVersion: kind?.apiVersion, kind: kindName, metadata, ...fields } as KubeObject;
  return kind?.defaults?.(object) ?? object;
}

const told = (kind: string, fields: Fields) =>
  (builtInKinds.find(kind)?.validate?.(made(kind, fields)) ?? []).map(({ field, text }) => `${field}: ${text}`);
const toldOfUpdate = (kind: string, from: Fields, to: Fields) =>
  (builtInKinds.find(kind)?.validateUpdate?.(made(kind, to), made(kind, from)) ?? []).map(({ field, text }) => `${field}: ${text}`);

const claim = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } };
const volume = { accessModes: ['ReadWriteOnce'], capacity: { storage: '1Gi' }, hostPath: { path: '/data' } };
const storageClass = { provisioner: 'podarium.dev/fake' };

describe('storage kinds', () => {
  it.each<[kind: string, fields: Fields, ...lines: string[]]>([
    ['PersistentVolumeClaim', { spec: claim }],
    [
      'PersistentVolumeClaim',
      { spec: {} },
      'spec.accessModes: Required value: at least 1 access mode is required',
      'spec.resources[storage]: Required value',
    ],
    [
      'PersistentVolumeClaim',
      { spec: { ...claim, accessModes: ['RWO'], volumeMode: 'Tape' } },
      'spec.accessModes: Unsupported value: "RWO": supported values: "ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"',
      'spec.volumeMode: Unsupported value: "Tape": supported values: "Block", "Filesystem"',
    ],
    [
      'PersistentVolumeClaim',
      { spec: { accessModes: ['ReadWriteOncePod', 'ReadWriteMany'], resources: { requests: { storage: '0' } } } },
      'spec.accessModes: Forbidden: may not use ReadWriteOncePod with other access modes',
      'spec.resources[storage]: Invalid value: "0": must be greater than zero',
    ],
    ['PersistentVolume', { spec: volume }],
    [
      'PersistentVolume',
      { spec: { hostPath: { path: '/' }, nfs: { server: 's', path: '/x' }, persistentVolumeReclaimPolicy: 'Recycle' } },
      'spec.accessModes: Required value',
      'spec.capacity: Required value',
      'spec.nfs: Forbidden: may not specify more than 1 volume type',
      "spec.persistentVolumeReclaimPolicy: Forbidden: may not be 'recycle' for a hostPath mount of '/'",
    ],
    [
      'PersistentVolume',
      { spec: { ...volume, hostPath: undefined, local: { path: '/d' } } },
      'spec.nodeAffinity: Required value: Local volume requires node affinity',
    ],
    ['PersistentVolume', { spec: { ...volume, hostPath: undefined } }, 'spec: Required value: must specify a volume type'],
    ['StorageClass', storageClass],
    [
      'StorageClass',
      { reclaimPolicy: 'Recycle', volumeBindingMode: 'Later' },
      'provisioner: Required value',
      'reclaimPolicy: Unsupported value: "Recycle": supported values: "Delete", "Retain"',
      'volumeBindingMode: Unsupported value: "Later": supported values: "Immediate", "WaitForFirstConsumer"',
    ],
  ])('%s %j', (kind, fields, ...lines) => {
    expect(told(kind, fields)).toEqual(lines);
  });

  it("keep a claim's spec, and show what was to be changed", () => {
    const status = { phase: 'Bound', capacity: { storage: '1Gi' } };
    expect(
      toldOfUpdate('PersistentVolumeClaim', { spec: claim, status }, { spec: { ...claim, accessModes: ['ReadWriteMany'] }, status }),
    ).toEqual([
      'spec: Forbidden: spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims\n' +
        '@@ -1,6 +1,6 @@\n {\n  "AccessModes": [\n-  "ReadWriteOnce"\n+  "ReadWriteMany"\n  ],\n  "Selector": null,\n  "Resources": {\n',
    ]);
  });

  it.each([
    ['Bound', '2Gi', []],
    ['Bound', '512Mi', ['spec.resources.requests.storage: Forbidden: field can not be less than status.capacity']],
  ])('let a %s claim ask for %s', (phase, storage, lines) => {
    const status = { phase, capacity: { storage: '1Gi' } };
    const spec = { ...claim, resources: { requests: { storage } } };
    expect(toldOfUpdate('PersistentVolumeClaim', { spec: claim, status }, { spec, status })).toEqual(lines);
  });

  it('keep the source of a volume and the parts of a class', () => {
    const [error] = toldOfUpdate('PersistentVolume', { spec: volume }, { spec: { ...volume, hostPath: { path: '/other' } } });
    expect(error).toContain('spec.persistentvolumesource: Forbidden: spec.persistentvolumesource is immutable after creation\n@@ ');
    expect(
      toldOfUpdate('StorageClass', storageClass, { ...storageClass, reclaimPolicy: 'Retain', volumeBindingMode: 'WaitForFirstConsumer' }),
    ).toEqual([
      'reclaimPolicy: Forbidden: updates to reclaimPolicy are forbidden.',
      'volumeBindingMode: Invalid value: "WaitForFirstConsumer": field is immutable',
    ]);
  });
});
