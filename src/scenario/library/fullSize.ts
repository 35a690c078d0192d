// A rollout at full size: two hundred nodes in five zones, two thousand pods, one mark a node.
import { type LibraryScenario, machine } from './library.ts';
import { deployment } from './manifests.ts';

const ZONES = ['a', 'b', 'c', 'd', 'e'];
const PER_ZONE = 40;

const machines = ZONES.flatMap((zone) =>
  Array.from({ length: PER_ZONE }, (_, i) => ({
    ...machine(`${zone}-${String(i + 1).padStart(2, '0')}`),
    labels: { 'topology.kubernetes.io/zone': `zone-${zone}` },
  })),
);

export const fullSize: LibraryScenario = {
  name: 'full-size',
  machines,
  runtime: { startupMs: 4000, shutdownMs: 6000 },
  steps: [
    {
      atMs: 2000,
      kubectl: 'kubectl apply -f -',
      stdin: deployment({
        name: 'edge',
        image: 'edge:1',
        cpu: '100m',
        memory: '64Mi',
        replicas: 2000,
        annotations: { 'ready-after': '3s' },
        spec: 'strategy:\n  rollingUpdate:\n    maxSurge: 5%\n    maxUnavailable: 5%',
      }),
    },
    { atMs: 30_000, kubectl: 'kubectl set image deployment/edge edge=edge:2' },
    { atMs: 45_000, kubectl: 'kubectl cordon node-b-07' },
    { atMs: 50_000, fault: { type: 'failNode', name: 'node-e-13' } },
  ],
  openAtMs: 70_000,
  select: () => 'Deployment/default/edge',
};
