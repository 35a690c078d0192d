// A namespace is deleted: everything in it goes first, and one object with a finalizer holds it in Terminating until that is taken away.
import { type LibraryScenario, threeMachines } from './library.ts';
import { deployment, together } from './manifests.ts';

const space = `apiVersion: v1
kind: Namespace
metadata:
  name: stage
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: kept
  namespace: stage
  finalizers: [example.com/backup]
`;

export const namespaceEnds: LibraryScenario = {
  name: 'namespace-ends',
  machines: threeMachines,
  runtime: { startupMs: 3000, shutdownMs: 5000 },
  steps: [
    {
      atMs: 2000,
      kubectl: 'kubectl apply -f -',
      stdin: together(
        space,
        deployment({ name: 'web', namespace: 'stage', image: 'nginx:1.27', cpu: '200m', replicas: 4 }),
        deployment({ name: 'api', image: 'api:1', cpu: '200m', replicas: 2 }),
      ),
    },
    { atMs: 20_000, kubectl: 'kubectl delete namespace stage --wait=false' },
    { atMs: 50_000, kubectl: 'kubectl get namespaces' },
    { atMs: 60_000, kubectl: `kubectl -n stage patch configmap kept --type=json -p '[{"op":"remove","path":"/metadata/finalizers"}]'` },
    { atMs: 64_000, kubectl: 'kubectl get namespaces' },
  ],
  openAtMs: 17_000,
  select: () => 'Namespace//stage',
};
