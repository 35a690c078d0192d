import { describe, expect, it } from 'vitest';
import type { Event } from '../../kube/kinds/event.ts';
import { podState } from '../podState.ts';
import { stateAt } from './drawPod.ts';
import { modelOf, running } from './testPods.ts';

const CONTAINERS = [{ name: 'web', image: 'nginx:notfound' }];
const UNIT = 1024 * 1024;

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
      const event: Omit<Event, 'source' | 'count' | 'firstTimestamp' | 'lastTimestamp' | 'eventTime'> = {
        apiVersion: 'v1',
        kind: 'Event',
        metadata: { name: 'web.1', namespace: 'default' },
        involvedObject: { kind: 'Pod', name: 'web-5f9c7-d3m9x', uid: 'web-5f9c7-d3m9x' },
        type: 'Warning',
        reason: 'FailedMount',
        message: 'MountVolume.SetUp failed for volume "conf" : configmap "missing" not found',
      };
      const volumes = [
        { name: 'conf', configMap: { name: 'missing' } },
        { name: 'other', emptyDir: {} },
      ];
      const statuses = [{ ...running('web', 0), ready: false, state: { waiting: { reason: 'ContainerCreating' } } }];
      const metadata = { uid: 'web-5f9c7-d3m9x' };
      const model = modelOf({ spec: { containers: CONTAINERS, volumes }, status, statuses, metadata, others: [event] }, 5000);
      return [...model.volumes.map((volume) => volume.complaint), stateAt(model, 5000).name];
    };
    expect(complaint({ phase: 'Pending', conditions: [], podIP: undefined })).toEqual([
      'configmap "missing" not found',
      undefined,
      'refused',
    ]);
    expect(complaint({ phase: 'Pending', conditions: [] })).toEqual([undefined, undefined, 'pulling']);
  });

  it('shows what a container runs with while a resize waits, and why it waits', () => {
    const resources = { limits: { memory: `${128 * UNIT}` } };
    const pending = { type: 'PodResizePending', status: 'True', reason: 'Infeasible', message: 'too much' } as const;
    const spec = { containers: [{ name: 'web', image: 'nginx', resources: { limits: { memory: '64Gi' } } }] };
    const model = modelOf({ spec, status: { conditions: [pending] }, statuses: [running('web', 0, 0, { resources })] }, 5000);
    expect([model.containers[0]?.resources, model.resize]).toEqual([resources, { reason: 'Infeasible', message: 'too much' }]);
  });
});
