// Where pods go: spread over zones by a constraint that must hold, kept off a node by a taint, and one that fits nowhere.
import { type LibraryScenario, threeMachines } from './library.ts';
import { deployment, together } from './manifests.ts';

const spread = `topologySpreadConstraints:
- maxSkew: 1
  topologyKey: topology.kubernetes.io/zone
  whenUnsatisfiable: DoNotSchedule
  labelSelector:
    matchLabels:
      app: web`;

export const spreadAndTaints: LibraryScenario = {
  name: 'spread',
  machines: threeMachines,
  runtime: { startupMs: 3000, shutdownMs: 4000 },
  steps: [
    { atMs: 1000, kubectl: 'kubectl taint nodes node-c team=gpu:NoSchedule' },
    {
      atMs: 2000,
      kubectl: 'kubectl apply -f -',
      stdin: together(
        deployment({ name: 'web', image: 'nginx:1.27', cpu: '200m', replicas: 4, podSpec: spread }),
        deployment({ name: 'huge', image: 'huge:1', cpu: '4', replicas: 1 }),
      ),
    },
    { atMs: 25_000, kubectl: 'kubectl taint nodes node-b maintenance=now:NoExecute' },
    { atMs: 60_000, kubectl: 'kubectl taint nodes node-b maintenance-' },
  ],
  openAtMs: 22_000,
  select: (snapshot) => {
    const pod = snapshot.list('Pod').find(({ metadata }) => metadata.labels?.['app'] === 'web' && metadata.name);
    return pod && `Pod/default/${pod.metadata.name}`;
  },
  tab: 'why',
};
