// A StatefulSet with a partition: only ordinals from 2 on get the new template, the last one first. Lowering it lets the others follow.
import { type LibraryScenario, POSTGRES_ENV, threeMachines } from './library.ts';
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
        name: 'db',
        image: 'postgres:16',
        cpu: '300m',
        replicas: 4,
        container: POSTGRES_ENV,
        spec: 'podManagementPolicy: Parallel\nupdateStrategy:\n  rollingUpdate:\n    partition: 2',
      }),
    },
    { atMs: 20_000, kubectl: 'kubectl set image statefulset/db db=postgres:17' },
    { atMs: 55_000, kubectl: `kubectl patch statefulset db -p ${partitioned(0)}` },
  ],
  openAtMs: 17_000,
  select: () => 'StatefulSet/default/db',
};
