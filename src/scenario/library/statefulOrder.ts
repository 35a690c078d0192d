// A StatefulSet in order: db-0 first, each when the one before it is ready; scaled down from the end, and the disks stay for the return.
import { type LibraryScenario, LOCAL_DISKS, threeMachines } from './library.ts';

const manifests = `${LOCAL_DISKS}---
apiVersion: v1
kind: Service
metadata:
  name: db
spec:
  clusterIP: None
  selector:
    app: db
  ports:
  - port: 5432
---
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: db
spec:
  serviceName: db
  replicas: 3
  selector:
    matchLabels:
      app: db
  template:
    metadata:
      labels:
        app: db
      annotations:
        podarium.dev/ready-after: 4s
    spec:
      containers:
      - name: db
        image: postgres:17
        env:
        - name: POSTGRES_PASSWORD
          value: cookies
        ports:
        - containerPort: 5432
        volumeMounts:
        - name: data
          mountPath: /var/lib/postgresql
        resources:
          requests:
            cpu: 400m
            memory: 512Mi
  volumeClaimTemplates:
  - metadata:
      name: data
    spec:
      accessModes: [ReadWriteOnce]
      storageClassName: local
      resources:
        requests:
          storage: 1Gi
`;

export const statefulOrder: LibraryScenario = {
  name: 'stateful-order',
  machines: threeMachines,
  runtime: { startupMs: 4000, shutdownMs: 4000 },
  steps: [
    { atMs: 2000, kubectl: 'kubectl apply -f -', stdin: manifests },
    { atMs: 45_000, kubectl: 'kubectl scale statefulset/db --replicas=1' },
    { atMs: 70_000, kubectl: 'kubectl scale statefulset/db --replicas=3' },
    { atMs: 100_000, kubectl: 'kubectl delete pod db-1 --wait=false' },
  ],
  openAtMs: 13_000,
  select: () => 'StatefulSet/default/db',
};
