// Scheduling gates: these pods are cut, but the scheduler does not look at them until somebody takes the gate away.
import type { Pod } from '../../kube/kinds/pod.ts';
import type { Snapshot } from '../../kube/meta.ts';
import { type LibraryScenario, threeMachines } from './library.ts';
import { deployment } from './manifests.ts';

/** Takes the gate of the first pod that still has one. */
function open(snapshot: Snapshot): string | undefined {
  const gated = (snapshot.list('Pod') as readonly Pod[]).find(({ spec }) => spec.schedulingGates?.length);
  return gated && `kubectl patch pod ${gated.metadata.name} --type=json -p '[{"op":"remove","path":"/spec/schedulingGates"}]'`;
}

export const gates: LibraryScenario = {
  name: 'gates',
  machines: threeMachines,
  runtime: { startupMs: 3000 },
  steps: [
    {
      atMs: 2000,
      kubectl: 'kubectl apply -f -',
      stdin: deployment({
        name: 'train',
        image: 'train:1',
        cpu: '500m',
        replicas: 3,
        podSpec: 'schedulingGates:\n- name: example.com/licence',
      }),
    },
    { atMs: 20_000, kubectl: open },
    { atMs: 35_000, kubectl: open },
  ],
  openAtMs: 12_000,
  select: (snapshot) => {
    const pod = snapshot.list('Pod')[0];
    return pod && `Pod/default/${pod.metadata.name}`;
  },
};
