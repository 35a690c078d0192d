// A pod on its own beside one with a controller: both are deleted, one comes back as a new pod, the other does not.
import { type LibraryScenario, threeMachines } from './library.ts';

const manifests = `apiVersion: v1
kind: Pod
metadata:
  name: alone
  labels:
    role: alone
spec:
  containers:
  - name: web
    image: nginx:1.27
    resources:
      requests:
        cpu: 200m
        memory: 128Mi
---
apiVersion: apps/v1
kind: ReplicaSet
metadata:
  name: owned
spec:
  replicas: 1
  selector:
    matchLabels:
      role: owned
  template:
    metadata:
      labels:
        role: owned
    spec:
      containers:
      - name: web
        image: nginx:1.27
        resources:
          requests:
            cpu: 200m
            memory: 128Mi
`;

export const nakedPod: LibraryScenario = {
  name: 'naked-pod',
  machines: threeMachines,
  runtime: { startupMs: 3000, shutdownMs: 4000 },
  steps: [
    { atMs: 2000, kubectl: 'kubectl apply -f -', stdin: manifests },
    { atMs: 20_000, kubectl: "kubectl delete pod -l 'role in (alone,owned)' --wait=false" },
  ],
  openAtMs: 16_000,
  select: () => 'Pod/default/alone',
};
