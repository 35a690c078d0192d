// Self-healing: a pod is deleted, its controller cuts another: a new pod with a new name, not the old one back.
import { type LibraryScenario, threeMachines } from './library.ts';

const web = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 3
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
        ports:
        - containerPort: 80
        resources:
          requests:
            cpu: 200m
            memory: 128Mi
`;

export const selfHealing: LibraryScenario = {
  name: 'self-healing',
  machines: threeMachines,
  runtime: { startupMs: 4000, shutdownMs: 5000 },
  steps: [
    { atMs: 2000, kubectl: 'kubectl apply -f -', stdin: web },
    {
      atMs: 20_000,
      kubectl: (snapshot) => {
        const pod = snapshot.list('Pod')[1];
        return pod && `kubectl delete pod ${pod.metadata.name}`;
      },
    },
  ],
  openAtMs: 17_000,
  select: () => 'Deployment/default/web',
};
