// A node goes dark: its kubelet falls silent, 50 s later the node is NotReady, 300 s after that its pods are marked for deletion.
// The Deployment cuts new ones; the StatefulSet waits, never two of one name; the daemon tolerates it; nobody cuts the naked pod.
import { type LibraryScenario, LOCAL_DISKS, POSTGRES_ENV, threeMachines } from './library.ts';

const container = (name: string, image: string, cpu: string, memory: string, env = '') => `      containers:
      - name: ${name}
        image: ${image}
${env.replaceAll(/^(?=.)/gm, '        ')}        resources:
          requests:
            cpu: ${cpu}
            memory: ${memory}
`;

const manifests = `${LOCAL_DISKS}---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 5
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
${container('web', 'nginx:1.27', '450m', '512Mi')}---
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: db
spec:
  serviceName: db
  replicas: 3
  podManagementPolicy: Parallel
  selector:
    matchLabels:
      app: db
  template:
    metadata:
      labels:
        app: db
    spec:
${container('db', 'postgres:17', '400m', '768Mi', POSTGRES_ENV)}  volumeClaimTemplates:
  - metadata:
      name: data
    spec:
      accessModes: [ReadWriteOnce]
      storageClassName: local
      resources:
        requests:
          storage: 1Gi
---
apiVersion: apps/v1
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
${container('agent', 'fluent-bit:3.1', '100m', '128Mi')}---
apiVersion: v1
kind: Pod
metadata:
  name: debug
  labels:
    app: debug
spec:
  nodeSelector:
    topology.kubernetes.io/zone: zone-b
  containers:
  - name: shell
    image: busybox:1.36
    command: [sh, -c, sleep 86400]
    resources:
      requests:
        cpu: 50m
        memory: 64Mi
`;

export const nodeGoesDark: LibraryScenario = {
  name: 'node-goes-dark',
  machines: threeMachines,
  runtime: { startupMs: 3000 },
  steps: [
    { atMs: 2000, kubectl: 'kubectl apply -f -', stdin: manifests },
    { atMs: 60_000, fault: { type: 'failNode', name: 'node-b' } },
  ],
  openAtMs: 55_000,
  openSpeed: 10,
  select: () => 'Node//node-b',
};
