// A CronJob: each minute it makes a Job, the Job cuts a pod, and of the old Jobs only the last ones are kept.
import { type LibraryScenario, threeMachines } from './library.ts';

const cron = `apiVersion: batch/v1
kind: CronJob
metadata:
  name: tick
spec:
  schedule: '* * * * *'
  concurrencyPolicy: Forbid
  successfulJobsHistoryLimit: 3
  jobTemplate:
    spec:
      template:
        metadata:
          annotations:
            podarium.dev/exit-after: 20s
        spec:
          restartPolicy: Never
          containers:
          - name: tick
            image: busybox:1.36
            command: [sh, -c, date]
            resources:
              requests:
                cpu: 100m
                memory: 64Mi
`;

export const cronEveryMinute: LibraryScenario = {
  name: 'cron',
  machines: threeMachines,
  runtime: { startupMs: 2000 },
  steps: [{ atMs: 2000, kubectl: 'kubectl apply -f -', stdin: cron }],
  openAtMs: 55_000,
  openSpeed: 10,
  select: () => 'CronJob/default/tick',
};
