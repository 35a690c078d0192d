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
        spec: 'strategy:\n  rollingUpdate:\n    maxSurge: 3%\n    maxUnavailable: 3%',
      }),
    },
    // One rack is lost: fifty seconds later its nodes are NotReady.
    ...['13', '14', '15', '16', '17'].map((number) => ({ atMs: 20_000, fault: { type: 'failNode', name: `node-e-${number}` } as const })),
    { atMs: 30_000, kubectl: 'kubectl set image deployment/edge edge=edge:2' },
    ...['07', '08', '09'].map((number) => ({ atMs: 45_000, kubectl: `kubectl cordon node-b-${number}` })),
  ],
  openAtMs: 75_000,
  select: () => 'Deployment/default/edge',
};
