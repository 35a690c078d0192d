// A quota and a limit range: the namespace may ask for one cpu in all, a container that asks for nothing gets 250m by default, so the
// fifth pod is refused, and it is the ReplicaSet that hears it.
import { type LibraryScenario, threeMachines } from './library.ts';
import { together } from './manifests.ts';

const rules = `apiVersion: v1
kind: Namespace
metadata:
  name: team-a
---
apiVersion: v1
kind: ResourceQuota
metadata:
  name: compute
  namespace: team-a
spec:
  hard:
    requests.cpu: "1"
    pods: "10"
---
apiVersion: v1
kind: LimitRange
metadata:
  name: defaults
  namespace: team-a
spec:
  limits:
  - type: Container
    defaultRequest:
      cpu: 250m
      memory: 128Mi
    max:
      cpu: 500m
`;

const web = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: team-a
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
`;

export const quota: LibraryScenario = {
  name: 'quota',
  machines: threeMachines,
  runtime: { startupMs: 3000, shutdownMs: 4000 },
  steps: [
    { atMs: 2000, kubectl: 'kubectl apply -f -', stdin: together(rules, web) },
    { atMs: 20_000, kubectl: 'kubectl -n team-a scale deployment/web --replicas=6' },
    { atMs: 60_000, kubectl: `kubectl -n team-a patch resourcequota compute -p '{"spec":{"hard":{"requests.cpu":"2"}}}'` },
  ],
  openAtMs: 17_000,
  select: () => 'Deployment/team-a/web',
  tab: 'events',
};
