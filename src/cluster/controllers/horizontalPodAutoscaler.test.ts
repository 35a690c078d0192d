import { describe, expect, it } from 'vitest';
import type { HorizontalPodAutoscaler } from '../../kube/kinds/autoscaler.ts';
import type { Event } from '../../kube/kinds/event.ts';
import { conditionOf } from '../../kube/meta.ts';
import { type TestCluster, testCluster } from '../testCluster.ts';

const manifest = (behavior = '') => `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - {name: web, image: "nginx:1", resources: {requests: {cpu: 100m}}}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  minReplicas: 2
  maxReplicas: 20
  metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 50}}}]
  ${behavior}
`;

function worldWith(behavior?: string): TestCluster {
  const world = testCluster({ nodes: 4 });
  world.apply(manifest(behavior));
  return world;
}

const pass = ({ cluster }: TestCluster, seconds: number) => void cluster.runUntil(cluster.nowMs + seconds * 1000);
const setLoad = ({ cluster }: TestCluster, cpuMilli: number) =>
  cluster.submit({ type: 'load', kind: 'Deployment', namespace: 'default', name: 'web', cpuMilli });
const autoscaler = ({ cluster }: TestCluster) => cluster.api.get('HorizontalPodAutoscaler', 'default', 'web') as HorizontalPodAutoscaler;
const sizes = ({ cluster }: TestCluster) =>
  cluster.api
    .list<Event>('Event')
    .filter(({ reason }) => reason === 'SuccessfulRescale')
    .map(({ message }) => message);

describe('horizontalPodAutoscaler', () => {
  it('says what is missing while nobody measures', () => {
    const world = worldWith();
    pass(world, 40);
    expect(conditionOf(autoscaler(world).status.conditions, 'ScalingActive')).toMatchObject({
      status: 'False',
      reason: 'FailedGetResourceMetric',
    });
    expect(sizes(world)).toEqual([]);
  });

  it('follows the load up, no faster than it may, until each pod has what is wanted', () => {
    const world = worldWith();
    pass(world, 30);
    setLoad(world, 400);
    pass(world, 120);
    // 400m at 50 % of 100m a pod is 8 pods, but no more than twice as many at a time; the second step follows the first wish, as the
    // new pods are too young to be measured.
    expect(sizes(world)).toEqual([
      'New size: 4; reason: cpu resource utilization (percentage of request) above target',
      'New size: 8; reason: ',
    ]);
    expect(autoscaler(world).status).toMatchObject({
      currentReplicas: 8,
      desiredReplicas: 8,
      currentMetrics: [{ type: 'Resource', resource: { name: 'cpu', current: { averageUtilization: 50, averageValue: '50m' } } }],
    });
    expect(conditionOf(autoscaler(world).status.conditions, 'ScalingLimited')).toMatchObject({
      status: 'False',
      reason: 'DesiredWithinRange',
    });
  });

  it('goes down only after five minutes of less', () => {
    const world = worldWith();
    pass(world, 30);
    setLoad(world, 400);
    pass(world, 120);
    setLoad(world, 0);
    pass(world, 240);
    expect(autoscaler(world).status.currentReplicas).toBe(8);
    expect(conditionOf(autoscaler(world).status.conditions, 'AbleToScale')).toMatchObject({ reason: 'ScaleDownStabilized' });
    pass(world, 120);
    expect(autoscaler(world).status.currentReplicas).toBe(2);
    expect(sizes(world).at(-1)).toBe('New size: 2; reason: All metrics below target');
  });

  it('keeps to the pace that its behavior sets', () => {
    const world = worldWith('behavior: {scaleUp: {policies: [{type: Pods, value: 1, periodSeconds: 30}]}}');
    pass(world, 30);
    setLoad(world, 1000);
    pass(world, 65);
    expect(sizes(world).map((text) => text.split(';')[0])).toEqual(['New size: 3', 'New size: 4']);
    expect(conditionOf(autoscaler(world).status.conditions, 'ScalingLimited')).toMatchObject({ status: 'True', reason: 'ScaleUpLimit' });
  });

  it('never goes beyond its bounds', () => {
    const world = worldWith();
    pass(world, 30);
    setLoad(world, 100_000);
    pass(world, 200);
    expect(autoscaler(world).status.currentReplicas).toBe(20);
    expect(conditionOf(autoscaler(world).status.conditions, 'ScalingLimited')).toMatchObject({ status: 'True', reason: 'TooManyReplicas' });
  });
});
