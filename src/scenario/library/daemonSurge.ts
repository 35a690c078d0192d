// A DaemonSet is updated without a gap: on each node the new pod is ready before the old one goes, so for a while there are two.
import { type LibraryScenario, threeMachines } from './library.ts';
import { daemonSet } from './manifests.ts';

export const daemonSurge: LibraryScenario = {
  name: 'daemon-surge',
  machines: threeMachines,
  runtime: { startupMs: 3000, shutdownMs: 5000 },
  steps: [
    {
      atMs: 2000,
      kubectl: 'kubectl apply -f -',
      stdin: daemonSet({
        name: 'agent',
        image: 'fluent-bit:3.1',
        cpu: '100m',
        annotations: { 'ready-after': '5s' },
        spec: 'updateStrategy:\n  rollingUpdate:\n    maxSurge: 1\n    maxUnavailable: 0',
      }),
    },
    { atMs: 25_000, kubectl: 'kubectl set image daemonset/agent agent=fluent-bit:3.2' },
  ],
  openAtMs: 22_000,
  select: () => 'DaemonSet/default/agent',
};
