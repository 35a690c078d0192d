// A StatefulSet with a partition: only ordinals from 2 on get the new template, the last one first. Lowering it lets the others follow.
import { type LibraryScenario, threeMachines } from './library.ts';
import { statefulSet } from './manifests.ts';

const partitioned = (count: number) => `'{"spec":{"updateStrategy":{"rollingUpdate":{"partition":${count}}}}}'`;

export const partition: LibraryScenario = {
  name: 'partition',
  machines: threeMachines,
  runtime: { startupMs: 2000, shutdownMs: 3000 },
  steps: [
    {
      atMs: 2000,
      kubectl: 'kubectl apply -f -',
      stdin: statefulSet({
        name: 'web',
        image: 'nginx:1.26',
        cpu: '300m',
        replicas: 4,
        spec: 'podManagementPolicy: Parallel\nupdateStrategy:\n  rollingUpdate:\n    partition: 2',
      }),
    },
    { atMs: 20_000, kubectl: 'kubectl set image statefulset/web web=nginx:1.27' },
    { atMs: 55_000, kubectl: `kubectl patch statefulset web -p ${partitioned(0)}` },
  ],
  openAtMs: 17_000,
  select: () => 'StatefulSet/default/web',
};
