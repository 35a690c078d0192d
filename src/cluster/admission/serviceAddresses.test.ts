import { describe, expect, it } from 'vitest';
import type { Service, ServiceSpec } from '../../kube/kinds/service.ts';
import { Simulation } from '../../sim/simulation.ts';
import { ApiServer } from '../apiServer.ts';
import { bootstrap } from '../bootstrap.ts';

function server(): ApiServer {
  const api = new ApiServer(new Simulation({ seed: 1 }), { freeze: true });
  bootstrap(api);
  return api;
}

const create = (api: ApiServer, name: string, spec: ServiceSpec) =>
  api.create<Service>({ apiVersion: 'v1', kind: 'Service', metadata: { name }, spec: { ports: [{ port: 80 }], ...spec } });
const patch = (api: ApiServer, name: string, spec: unknown) => api.patch<Service>('Service', 'default', name, { spec }, 'merge').spec;

describe('serviceAddresses', () => {
  it('gives every service an address of its own, always the same one', () => {
    const api = server();
    const ips = Array.from({ length: 50 }, (_, i) => create(api, `s${i}`, {}).spec.clusterIP);
    expect(new Set(ips).size).toBe(50);
    for (const ip of ips) expect(ip).toMatch(/^10\.96\.\d+\.\d+$/);
    expect(create(server(), 's0', {}).spec.clusterIP).toBe(ips[0]);
  });

  it.each([
    [
      'a taken address',
      { clusterIP: '10.96.0.1' },
      'spec.clusterIPs: Invalid value: ["10.96.0.1"]: failed to allocate IP 10.96.0.1: provided IP is already allocated',
    ],
    ['a foreign address', { clusterIP: '1.2.3.4' }, 'the provided network does not match the current range'],
    ['no address at all', { clusterIP: 'x' }, 'spec.clusterIPs[0]: Invalid value: "x": must be a valid IP address'],
    [
      'a node port out of range',
      { type: 'NodePort', ports: [{ port: 80, nodePort: 80 }] },
      'spec.ports[0].nodePort: Invalid value: 80: provided port is not in the valid range. The range of valid ports is 30000-32767',
    ],
    [
      'a node port without being open',
      { ports: [{ port: 80, nodePort: 30080 }] },
      "spec.ports[0].nodePort: Forbidden: may not be used when `type` is 'ClusterIP'",
    ],
  ] as const)('refuses %s', (_, spec, text) => {
    expect(() => create(server(), 'bad', spec)).toThrow(text);
  });

  it('refuses a node port that another service has', () => {
    const api = server();
    create(api, 'a', { type: 'NodePort', ports: [{ port: 80, nodePort: 30080 }] });
    const again = () => create(api, 'b', { type: 'NodePort', ports: [{ port: 80, nodePort: 30080 }] });
    expect(again).toThrow('spec.ports[0].nodePort: Invalid value: 30080: provided port is already allocated');
  });

  it('keeps addresses through changes, and gives and takes what a new type needs', () => {
    const api = server();
    const { clusterIP } = create(api, 'web', {}).spec;
    const open = patch(api, 'web', { type: 'NodePort' });
    expect(open).toMatchObject({ clusterIP, externalTrafficPolicy: 'Cluster', ports: [{ nodePort: expect.any(Number) }] });
    const moved = patch(api, 'web', { ports: [{ port: 81 }] });
    expect(moved.ports?.[0]?.nodePort).toBe(open.ports?.[0]?.nodePort);
    const closed = patch(api, 'web', { type: 'ClusterIP' });
    expect(closed.clusterIP).toBe(clusterIP);
    expect(closed.ports?.[0]?.nodePort).toBeUndefined();
    expect(closed.externalTrafficPolicy).toBeUndefined();
    expect(() => patch(api, 'web', { clusterIP: '10.96.0.77' })).toThrow(
      'spec.clusterIPs[0]: Invalid value: ["10.96.0.77"]: may not change once set',
    );
  });

  it('gives a headless service none', () => {
    expect(create(server(), 'db', { clusterIP: 'None', selector: { app: 'db' } }).spec).toMatchObject({
      clusterIP: 'None',
      clusterIPs: ['None'],
      ipFamilies: ['IPv4'],
      ipFamilyPolicy: 'SingleStack',
    });
  });
});
