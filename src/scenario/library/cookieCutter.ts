// The cookie cutter: a ReplicaSet's template is edited, the pods already cut stay as they are, the next one is cut anew.
import { keyOf } from '../../kube/meta.ts';
import { type LibraryScenario, threeMachines } from './library.ts';

const before = `apiVersion: apps/v1
kind: ReplicaSet
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
        image: nginx:1.25
        ports:
        - containerPort: 80
        resources:
          requests:
            cpu: 250m
            memory: 128Mi
`;

const after = before.replace('nginx:1.25', 'nginx:1.27').replace(
  'memory: 128Mi\n',
  `memory: 256Mi
        readinessProbe:
          httpGet:
            path: /
            port: 80
`,
);

export const cookieCutter: LibraryScenario = {
  name: 'cookie-cutter',
  machines: threeMachines,
  runtime: { startupMs: 4000 },
  steps: [
    { atMs: 3000, kubectl: 'kubectl apply -f -', stdin: before },
    { atMs: 134_000, kubectl: 'kubectl apply -f -', stdin: after },
    { atMs: 151_000, kubectl: 'kubectl scale rs/web --replicas=4' },
  ],
  openAtMs: 176_000,
  show: { fromMs: 132_500, askMs: 136_000, toMs: 160_000 },
  select: (snapshot) => {
    const pod = snapshot.list('Pod')[0];
    return pod && keyOf(pod);
  },
  tab: 'cookie',
};
