// A Job with indexes and a policy: index 2 fails with 42, which is not worth another try, so the Job gives this index up and goes on.
import { type LibraryScenario, threeMachines } from './library.ts';
import { job } from './manifests.ts';

export const jobPolicies: LibraryScenario = {
  name: 'job-policies',
  machines: threeMachines,
  runtime: { startupMs: 2000 },
  steps: [
    {
      atMs: 2000,
      kubectl: 'kubectl apply -f -',
      stdin: job({
        name: 'render',
        image: 'render:1',
        cpu: '300m',
        annotations: { 'exit-after': '7s', 'exit-code': '42', 'fail-index': '2' },
        spec: `completions: 6
parallelism: 3
completionMode: Indexed
backoffLimitPerIndex: 2
maxFailedIndexes: 3
podFailurePolicy:
  rules:
  - action: FailIndex
    onExitCodes:
      operator: In
      values: [42]`,
        podSpec: 'restartPolicy: Never',
      }),
    },
  ],
  openAtMs: 8000,
  select: () => 'Job/default/render',
};
