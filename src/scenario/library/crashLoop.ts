// A container that crashes again and again: the kubelet waits 10 s, then twice as long each time, up to five minutes.
import { keyOf } from '../../kube/meta.ts';
import { type LibraryScenario, threeMachines } from './library.ts';
import { deployment } from './manifests.ts';

export const crashLoop: LibraryScenario = {
  name: 'crash-loop',
  machines: threeMachines,
  runtime: { startupMs: 2000 },
  steps: [
    {
      atMs: 2000,
      kubectl: 'kubectl apply -f -',
      stdin: deployment({
        name: 'web',
        image: 'web:1',
        cpu: '200m',
        replicas: 2,
        annotations: { 'exit-after': '3s', 'exit-code': '1', 'exit-times': '4' },
      }),
    },
  ],
  openAtMs: 70_000,
  openSpeed: 10,
  select: (snapshot) => {
    const pod = snapshot.list('Pod')[0];
    return pod && keyOf(pod);
  },
  tab: 'story',
};
