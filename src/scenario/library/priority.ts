// Priority: the cluster is full, a pod that matters more comes, and on one node the pods that matter less make room for it.
import { type LibraryScenario, threeMachines } from './library.ts';

const workload = (name: string, priority: string, replicas: number, cpu: string) => `apiVersion: scheduling.k8s.io/v1
kind: PriorityClass
metadata:
  name: ${priority}
value: ${priority === 'high' ? 1000 : 10}
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
spec:
  replicas: ${replicas}
  selector:
    matchLabels:
      app: ${name}
  template:
    metadata:
      labels:
        app: ${name}
    spec:
      priorityClassName: ${priority}
      containers:
      - name: ${name}
        image: ${name}:1
        resources:
          requests:
            cpu: ${cpu}
            memory: 256Mi
`;

export const priority: LibraryScenario = {
  name: 'priority',
  machines: threeMachines,
  runtime: { startupMs: 3000, shutdownMs: 10_000 },
  steps: [
    { atMs: 2000, kubectl: 'kubectl apply -f -', stdin: workload('batch', 'low', 9, '550m') },
    { atMs: 20_000, kubectl: 'kubectl apply -f -', stdin: workload('shop', 'high', 1, '1') },
  ],
  openAtMs: 17_000,
  select: () => 'Deployment/default/batch',
};
