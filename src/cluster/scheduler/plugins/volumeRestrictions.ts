// A claim with the access mode ReadWriteOncePod is one pod's alone: others that mount it fit on no node, unless preemption removes it.
// Models pkg/scheduler/framework/plugins/volumerestrictions/volume_restrictions.go. Leaves out: disks of single cloud providers.
import type { PersistentVolumeClaim } from '../../../kube/kinds/volumes.ts';
import { claimNamesOf } from '../../../kube/kinds/volumes.ts';
import { claimsOf } from '../claims.ts';
import type { Plugin } from '../plugin.ts';
import type { Rejection } from '../rejection.ts';

const name = 'VolumeRestrictions';

const taken: Rejection = {
  plugin: name,
  reasons: ['node has pod using PersistentVolumeClaim with the same name and ReadWriteOncePod access mode'],
  isFinal: false,
};

const isForOnePod = ({ spec }: PersistentVolumeClaim) => spec.accessModes?.includes('ReadWriteOncePod') ?? false;

export const volumeRestrictions: Plugin = {
  name,
  isLocal: false,
  filter({ pod, namespace }, cluster) {
    const claims = claimsOf(pod, cluster.objects).filter(isForOnePod);
    if (claims.length === 0) return undefined;
    const counters = claims.map(({ metadata }) =>
      cluster.counter(
        `claim ${namespace}/${metadata.name}`,
        (template) => template.namespace === namespace && claimNamesOf(template.pod).includes(metadata.name),
        true,
      ),
    );
    // Asked at every node: preemption takes pods away between two questions.
    return () => (counters.some(({ counts }) => counts.some((count) => count > 0)) ? taken : undefined);
  },
  events: ['AssignedPodDelete', 'VolumeChange'],
  hint(event, { pod, namespace }) {
    const names = claimNamesOf(pod);
    if (event.type === 'AssignedPodDelete') {
      return event.template.namespace === namespace && claimNamesOf(event.pod).some((each) => names.includes(each));
    }
    if (event.type !== 'VolumeChange') return false;
    const { after } = event;
    return after?.kind === 'PersistentVolumeClaim' && after.metadata.namespace === namespace && names.includes(after.metadata.name);
  },
};
