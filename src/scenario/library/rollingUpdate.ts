// A rolling update: six replicas, a quarter more and a quarter fewer at a time.
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
  strategy:
    rollingUpdate:
      maxSurge: 25%
      maxUnavailable: 25%
  template:
    metadata:
      labels:
        app: web
      annotations:
        podarium.dev/ready-after: 5s
    spec:
      containers:
      - name: web
        image: nginx:1.25
        ports:
        - containerPort: 80
        resources:
          requests:
            cpu: 250m
            memory: 256Mi
`;

export const rollingUpdate: LibraryScenario = {
  name: 'rolling-update',
  machines: threeMachines,
  runtime: { startupMs: 4000, shutdownMs: 6000 },
  steps: [
    { atMs: 2000, kubectl: 'kubectl apply -f -', stdin: web },
    { atMs: 62_000, kubectl: 'kubectl set image deployment/web web=nginx:1.27' },
    { atMs: 62_500, kubectl: 'kubectl rollout status deployment/web' },
  ],
  openAtMs: 60_000,
  select: () => 'Deployment/default/web',
  tab: 'rollout',
};
