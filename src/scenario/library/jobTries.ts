// A Job and its tries: five must end well, two run at a time; one crashes, stays as it is, and another try is cut beside it.
import type { Pod } from '../../kube/kinds/pod.ts';
import type { LibraryScenario } from './library.ts';
import { threeMachines } from './library.ts';

const job = `apiVersion: batch/v1
kind: Job
metadata:
  name: report
spec:
  completions: 5
  parallelism: 2
  backoffLimit: 4
  template:
    metadata:
      annotations:
        podarium.dev/exit-after: 8s
    spec:
      restartPolicy: Never
      containers:
      - name: report
        image: report:1
        resources:
          requests:
            cpu: 300m
            memory: 256Mi
`;

export const jobTries: LibraryScenario = {
  name: 'job-tries',
  machines: threeMachines,
  runtime: { startupMs: 3000 },
  steps: [
    { atMs: 2000, kubectl: 'kubectl apply -f -', stdin: job },
    {
      atMs: 18_000,
      fault: (snapshot) => {
        const pod = (snapshot.list('Pod') as readonly Pod[]).find(({ status }) => status.phase === 'Running');
        return pod && { type: 'exitContainer', namespace: 'default', pod: pod.metadata.name, exitCode: 1 };
      },
    },
  ],
  openAtMs: 9000,
  select: () => 'Job/default/report',
};
