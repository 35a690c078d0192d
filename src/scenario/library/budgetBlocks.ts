// A budget blocks a drain: three of four must serve, a new pod takes 15 s to be ready, so the drain takes one pod and waits.
import { type LibraryScenario, threeMachines } from './library.ts';

const manifests = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 4
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
      annotations:
        podarium.dev/ready-after: 15s
    spec:
      containers:
      - name: web
        image: nginx:1.27
        ports:
        - containerPort: 80
        resources:
          requests:
            cpu: 300m
            memory: 256Mi
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: web
spec:
  minAvailable: 3
  selector:
    matchLabels:
      app: web
---
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web
  ports:
  - port: 80
`;

export const budgetBlocks: LibraryScenario = {
  name: 'budget',
  machines: threeMachines,
  runtime: { startupMs: 3000, shutdownMs: 6000 },
  steps: [
    { atMs: 2000, kubectl: 'kubectl apply -f -', stdin: manifests },
    { atMs: 40_000, kubectl: 'kubectl drain node-a' },
  ],
  openAtMs: 36_000,
  select: () => 'Deployment/default/web',
};
