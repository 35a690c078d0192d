// A DaemonSet: one pod on every node, also on one that joins later; a drain leaves it where it is, and so does a cordon.
import { type LibraryScenario, machine, threeMachines } from './library.ts';

const container = (name: string, image: string, cpu: string) => `      containers:
      - name: ${name}
        image: ${image}
        resources:
          requests:
            cpu: ${cpu}
            memory: 128Mi
`;

const manifests = `apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: agent
spec:
  selector:
    matchLabels:
      app: agent
  template:
    metadata:
      labels:
        app: agent
    spec:
${container('agent', 'fluent-bit:3.1', '100m')}---
apiVersion: apps/v1
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
    spec:
${container('web', 'nginx:1.27', '300m')}`;

export const daemonOnEveryNode: LibraryScenario = {
  name: 'daemon',
  machines: threeMachines,
  runtime: { startupMs: 3000, shutdownMs: 4000 },
  steps: [
    { atMs: 2000, kubectl: 'kubectl apply -f -', stdin: manifests },
    { atMs: 20_000, fault: { type: 'addNode', machine: machine('d') } },
    { atMs: 40_000, kubectl: 'kubectl drain node-b --ignore-daemonsets' },
  ],
  openAtMs: 15_000,
  select: () => 'DaemonSet/default/agent',
};
