// A busy day: twelve nodes, four kinds of owner and some hundred pods, in the middle of a rollout.
import { type LibraryScenario, machine } from './library.ts';
import { daemonSet, deployment, job, statefulSet, together } from './manifests.ts';

const numbers = Array.from({ length: 12 }, (_, i) => String(i + 1).padStart(2, '0'));

export const busyDay: LibraryScenario = {
  name: 'busy-day',
  machines: numbers.map((number, i) => ({
    ...machine(number),
    labels: { 'topology.kubernetes.io/zone': `zone-${'abc'[i % 3]}` },
  })),
  runtime: { startupMs: 5000, shutdownMs: 9000, pullMs: 4000 },
  steps: [
    {
      atMs: 2000,
      kubectl: 'kubectl apply -f -',
      stdin: together(
        deployment({ name: 'web', image: 'nginx:1.25', cpu: '150m', replicas: 60, annotations: { 'ready-after': '12s' } }),
        statefulSet({ name: 'api', image: 'api:1', cpu: '300m', replicas: 9, spec: 'podManagementPolicy: Parallel' }),
        daemonSet({ name: 'agent', image: 'fluent-bit:3.1', cpu: '50m' }),
        job({
          name: 'report',
          image: 'report:1',
          cpu: '100m',
          annotations: { 'exit-after': '40s' },
          spec: 'completions: 20\nparallelism: 7',
          podSpec: 'restartPolicy: Never',
        }),
      ),
    },
    { atMs: 40_000, kubectl: 'kubectl set image deployment/web web=nginx:1.27' },
    { atMs: 50_000, kubectl: 'kubectl cordon node-12' },
  ],
  openAtMs: 64_000,
  select: () => 'Deployment/default/web',
};
