import { describe, expect, it } from 'vitest';
import { type Endpoints, endpointsKind } from '../../kube/kinds/endpointsKind.ts';
import { testCluster } from '../testCluster.ts';

const manifest = `
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 5
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "nginx:1"}]}
`;

describe('endpointsObject', () => {
  it('lists the ready pods of a service by address, and goes with it', () => {
    const { cluster, apply, settle, pods } = testCluster();
    apply(manifest);
    settle();
    const endpoints = cluster.api.get<Endpoints>('Endpoints', 'default', 'web') as Endpoints;
    const ips = pods()
      .map(({ status }) => status.podIP ?? '')
      .toSorted();
    expect(endpoints.subsets?.map(({ addresses, ports }) => [addresses?.map(({ ip }) => ip), ports])).toEqual([
      [ips, [{ port: 8080, protocol: 'TCP' }]],
    ]);
    const text = endpointsKind.columns[1]?.value(endpoints, 0);
    expect(text).toBe(
      `${ips
        .slice(0, 3)
        .map((ip) => `${ip}:8080`)
        .join(',')} + 2 more...`,
    );
    cluster.api.delete('Service', 'default', 'web');
    settle();
    expect(cluster.api.get('Endpoints', 'default', 'web')).toBeUndefined();
  });
});
