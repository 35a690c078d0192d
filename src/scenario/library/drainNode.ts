// Drain for maintenance: the node is cordoned, its pods are evicted and replaced elsewhere. Uncordoned, it gets none of them back.
import { type LibraryScenario, threeMachines } from './library.ts';

const web = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 6
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
      - name: web
        image: nginx:1.27
        resources:
          requests:
            cpu: 250m
            memory: 256Mi
`;

export const drainNode: LibraryScenario = {
  name: 'drain',
  machines: threeMachines,
  runtime: { startupMs: 3000, shutdownMs: 5000 },
  steps: [
    { atMs: 2000, kubectl: 'kubectl apply -f -', stdin: web },
    { atMs: 25_000, kubectl: 'kubectl drain node-b' },
    { atMs: 60_000, kubectl: 'kubectl uncordon node-b' },
  ],
  openAtMs: 22_000,
  select: () => 'Node//node-b',
};
