// Two CronJobs whose runs take longer than a minute: one forbids a second run beside the first, one replaces it.
import { type LibraryScenario, threeMachines } from './library.ts';
import { template } from './manifests.ts';

const cron = (name: string, policy: string) => `apiVersion: batch/v1
kind: CronJob
metadata:
  name: ${name}
spec:
  schedule: '* * * * *'
  concurrencyPolicy: ${policy}
  jobTemplate:
    spec:
${template(
  { name, image: `${name}:1`, cpu: '200m', annotations: { 'exit-after': '90s', shutdown: '4s' }, podSpec: 'restartPolicy: Never' },
  6,
)}`;

export const cronConcurrency: LibraryScenario = {
  name: 'cron-concurrency',
  machines: threeMachines,
  runtime: { startupMs: 2000 },
  steps: [{ atMs: 2000, kubectl: 'kubectl apply -f -', stdin: `${cron('report', 'Forbid')}---\n${cron('fetch', 'Replace')}` }],
  openAtMs: 110_000,
  openSpeed: 10,
  select: () => 'CronJob/default/report',
};
