import { describe, expect, it } from 'vitest';
import type { LimitRange, LimitRangeItem } from '../../kube/kinds/limitRange.ts';
import type { Pod, ResourceRequirements } from '../../kube/kinds/pod.ts';
import { Simulation } from '../../sim/simulation.ts';
import { ApiServer } from '../apiServer.ts';

function serverWith(...limits: LimitRangeItem[]): ApiServer {
  const api = new ApiServer(new Simulation({ seed: 1 }), { freeze: true });
  api.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'default' } });
  api.create<LimitRange>({ apiVersion: 'v1', kind: 'LimitRange', metadata: { name: 'l' }, spec: { limits } });
  return api;
}

function podWith(...resources: ResourceRequirements[]): Pod {
  const containers = resources.map((each, i) => ({ name: `c${i}`, image: 'nginx:1', resources: each }));
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, spec: { containers }, status: {} };
}

const items: Readonly<Record<'defaults' | 'bounds' | 'podMax' | 'ratio', LimitRangeItem>> = {
  defaults: { type: 'Container', default: { cpu: '500m', memory: '256Mi' }, defaultRequest: { cpu: '250m' } },
  bounds: { type: 'Container', min: { cpu: '100m' }, max: { cpu: '1' }, default: { cpu: '500m' } },
  podMax: { type: 'Pod', max: { cpu: '1' } },
  ratio: { type: 'Container', maxLimitRequestRatio: { cpu: '2' } },
};

describe('limitRanger', () => {
  it('gives what was left unsaid, notes it, and lets it count for the QoS class', () => {
    const pod = serverWith(items.defaults).create(podWith({}, { requests: { cpu: '100m' } }));
    expect(pod.spec.containers.map(({ resources }) => resources)).toEqual([
      { limits: { cpu: '500m', memory: '256Mi' }, requests: { cpu: '250m', memory: '256Mi' } },
      { limits: { cpu: '500m', memory: '256Mi' }, requests: { cpu: '100m', memory: '256Mi' } },
    ]);
    expect(pod.metadata.annotations?.['kubernetes.io/limit-ranger']).toBe(
      'LimitRanger plugin set: cpu, memory request for container c0; cpu, memory limit for container c0; ' +
        'memory request for container c1; cpu, memory limit for container c1',
    );
    expect(pod.status.qosClass).toBe('Burstable');
  });

  it('has a pod from a checked template checked again when a default makes it wrong', () => {
    const api = serverWith(items.defaults);
    expect(() => api.create(podWith({ requests: { cpu: '2' } }), { trusted: true })).toThrow(
      'spec.containers[0].resources.requests: Invalid value: "2": must be less than or equal to cpu limit of 500m',
    );
  });

  it.each([
    ['too small a request', items.bounds, [{ requests: { cpu: '50m' } }], 'minimum cpu usage per Container is 100m, but request is 50m'],
    ['too large a limit', items.bounds, [{ limits: { cpu: '2' } }], 'maximum cpu usage per Container is 1, but limit is 2'],
    [
      'containers that are too much together',
      items.podMax,
      [{ limits: { cpu: '600m' } }, { limits: { cpu: '600m' } }],
      'maximum cpu usage per Pod is 1, but limit is 1200m',
    ],
    ['no limit where there is a maximum', items.podMax, [{}], 'maximum cpu usage per Pod is 1.  No limit is specified'],
    [
      'a limit far above the request',
      items.ratio,
      [{ requests: { cpu: '100m' }, limits: { cpu: '250m' } }],
      'cpu max limit to request ratio per Container is 2, but provided ratio is 2.500000',
    ],
    [
      'several mistakes at once',
      { ...items.bounds, min: { cpu: '100m', memory: '1Gi' } },
      [{ requests: { cpu: '50m', memory: '1Mi' } }],
      '[minimum cpu usage per Container is 100m, but request is 50m, minimum memory usage per Container is 1Gi, but request is 1Mi]',
    ],
  ])('refuses %s', (_, item, resources, text) => {
    expect(() => serverWith(item).create(podWith(...resources))).toThrow(`pods "p" is forbidden: ${text}`);
  });
});
