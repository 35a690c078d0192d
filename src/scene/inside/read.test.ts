import { describe, expect, it } from 'vitest';
import { toTimestamp } from '../../kube/meta.ts';
import { podState } from '../podState.ts';
import { stateAt } from './drawPod.ts';
import { modelOf, running, withInside } from './testPods.ts';

const CONTAINERS = [{ name: 'web', image: 'nginx:notfound' }];
const UNIT = 1024 * 1024;

const META = { uid: 'web-5f9c7-d3m9x' };

const told = (reason: string, message: string) => ({
  apiVersion: 'v1',
  kind: 'Event',
  metadata: { name: `web.${reason}`, namespace: 'default' },
  involvedObject: { kind: 'Pod', name: META.uid, uid: META.uid, fieldPath: '' },
  type: 'Warning',
  reason,
  message,
});

describe('readInside', () => {
  it('tells a container that cannot be had from one that waits for its turn', () => {
    const stateFor = (reason: string) => {
      const status = { ...running('web', 0), ready: false, state: { waiting: { reason, message: 'why' } } };
      const model = modelOf({ spec: { containers: CONTAINERS }, status: { phase: 'Pending', conditions: [] }, statuses: [status] }, 5000);
      return [model.containers[0]?.state, podState(model.pod.pod, model.pod.node, 5000).name];
    };
    expect(stateFor('ErrImagePull')).toEqual([{ stage: 'refused', reason: 'ErrImagePull', message: 'why' }, 'refused']);
    expect(stateFor('ContainerCreating')).toEqual([{ stage: 'waiting', reason: 'ContainerCreating', message: 'why' }, 'pulling']);
  });

  it('says at the volume why it cannot be mounted, until the pod has its address', () => {
    const complaint = (status: object) => {
      const event = told('FailedMount', 'MountVolume.SetUp failed for volume "conf" : configmap "missing" not found');
      const volumes = [
        { name: 'conf', configMap: { name: 'missing' } },
        { name: 'other', emptyDir: {} },
      ];
      const statuses = [{ ...running('web', 0), ready: false, state: { waiting: { reason: 'ContainerCreating' } } }];
      const model = modelOf({ spec: { containers: CONTAINERS, volumes }, status, statuses, metadata: META, others: [event] }, 5000);
      return [...model.volumes.map((volume) => volume.complaint), stateAt(model, 5000).name];
    };
    expect(complaint({ phase: 'Pending', conditions: [], podIP: undefined })).toEqual([
      'configmap "missing" not found',
      undefined,
      'refused',
    ]);
    expect(complaint({ phase: 'Pending', conditions: [] })).toEqual([undefined, undefined, 'pulling']);
  });

  it('shows how far the end of a container has come: of the pod, and for a failed probe', () => {
    const killing = {
      ...told('Killing', 'Container web failed liveness probe, will be restarted'),
      lastTimestamp: toTimestamp(4000),
    };
    killing.involvedObject.fieldPath = 'spec.containers{web}';
    const spec = { containers: [{ name: 'web', image: 'nginx' }], terminationGracePeriodSeconds: 10 };
    const inside = (ending: 'hook' | 'term') => ({
      containers: { web: withInside('web', { processes: [{ pid: 1, title: 'nginx' }], ending }) },
      volumes: {},
      requests: [],
    });
    const probed = modelOf({ spec, statuses: [running('web', 1000)], metadata: META, inside: inside('term'), others: [killing] }, 5000);
    expect(probed.containers[0]?.state).toMatchObject({ stage: 'stopping', untilMs: 14_000, waitMs: 10_000, ending: 'term' });
    const again = modelOf({ spec, statuses: [running('web', 4000)], metadata: META, others: [killing] }, 5000);
    expect(again.containers[0]?.state.stage).toBe('running');
    const deleted = { ...META, deletionTimestamp: toTimestamp(30_000), deletionGracePeriodSeconds: 30 };
    const model = modelOf({ spec, statuses: [running('web', 1000)], metadata: deleted, inside: inside('hook') }, 5000);
    expect(model.containers[0]?.state).toMatchObject({ stage: 'stopping', untilMs: 30_000, ending: 'hook' });
  });

  it('shows what a container runs with while a resize waits, and why it waits', () => {
    const resources = { limits: { memory: `${128 * UNIT}` } };
    const pending = { type: 'PodResizePending', status: 'True', reason: 'Infeasible', message: 'too much' } as const;
    const spec = { containers: [{ name: 'web', image: 'nginx', resources: { limits: { memory: '64Gi' } } }] };
    const model = modelOf({ spec, status: { conditions: [pending] }, statuses: [running('web', 0, 0, { resources })] }, 5000);
    expect([model.containers[0]?.resources, model.resize]).toEqual([resources, { reason: 'Infeasible', message: 'too much' }]);
  });
});
