// Bound volumes that carry the label of a zone or a region are used only on nodes that carry it too.
// Models pkg/scheduler/framework/plugins/volumezone/volume_zone.go.
import type { PersistentVolume } from '../../../kube/kinds/volumes.ts';
import { claimsOf, volumeOf } from '../claims.ts';
import type { Plugin } from '../plugin.ts';
import type { Rejection } from '../rejection.ts';

const name = 'VolumeZone';
const LABELS = [
  'topology.kubernetes.io/zone',
  'topology.kubernetes.io/region',
  'failure-domain.beta.kubernetes.io/zone',
  'failure-domain.beta.kubernetes.io/region',
];
/** Several zones in one label. */
const SEPARATOR = '__';

const conflict: Rejection = { plugin: name, reasons: ['node(s) had no available volume zone'], isFinal: true };

export const volumeZone: Plugin = {
  name,
  isLocal: false,
  filter({ pod }, { objects }) {
    const wanted = claimsOf(pod, objects).flatMap((claim) => labelsOf(volumeOf(claim, objects)));
    if (wanted.length === 0) return undefined;
    return ({ node }) => {
      const labels = node?.metadata.labels ?? {};
      // A cluster without zones is one zone.
      if (!LABELS.some((label) => labels[label] !== undefined)) return undefined;
      return wanted.every(([label, values]) => values.includes(labels[label] ?? '')) ? undefined : conflict;
    };
  },
  events: ['VolumeChange', 'NodeAdd', 'NodeUpdate'],
};

function labelsOf(volume: PersistentVolume | undefined): [label: string, values: readonly string[]][] {
  return LABELS.flatMap((label) => {
    const value = volume?.metadata.labels?.[label];
    return value === undefined ? [] : [[label, value.split(SEPARATOR)]];
  });
}
