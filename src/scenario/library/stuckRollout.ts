// A rollout that gets stuck: the new image does not exist, so the first new pods never start, the old ones serve on, and after its
// deadline the rollout says so. Undoing it brings the earlier letter back.
import { type LibraryScenario, threeMachines } from './library.ts';
import { deployment } from './manifests.ts';

export const stuckRollout: LibraryScenario = {
  name: 'stuck-rollout',
  machines: threeMachines,
  runtime: { startupMs: 3000, shutdownMs: 4000 },
  steps: [
    {
      atMs: 2000,
      kubectl: 'kubectl apply -f -',
      stdin: deployment({ name: 'web', image: 'nginx:1.27', cpu: '250m', replicas: 4, spec: 'progressDeadlineSeconds: 60' }),
    },
    { atMs: 22_000, kubectl: 'kubectl set image deployment/web web=notfound:1' },
    { atMs: 120_000, kubectl: 'kubectl rollout undo deployment/web' },
  ],
  openAtMs: 20_000,
  select: () => 'Deployment/default/web',
  tab: 'rollout',
};
