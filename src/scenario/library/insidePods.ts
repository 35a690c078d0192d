// What goes on inside pods: each scenario is one pod that runs its scripts for real, opened from the inside.
import { type Key, keyOf, partsOf, type Snapshot } from '../../kube/meta.ts';
import { type LibraryScenario, type LibraryStep, LOCAL_DISKS, threeMachines } from './library.ts';
import type { ScenarioName } from './names.ts';

interface InsideWords {
  readonly name: ScenarioName;
  readonly manifest: string;
  /** The pod that is looked into; left out, the first of the world. */
  readonly pod?: string;
  readonly steps?: readonly LibraryStep[];
  readonly openAtMs: number;
}

function insideScenario({ name, manifest, pod, steps = [], openAtMs }: InsideWords): LibraryScenario {
  return {
    name,
    machines: threeMachines,
    steps: [{ atMs: 1000, kubectl: 'kubectl apply -f -', stdin: manifest }, ...steps],
    openAtMs,
    select: (snapshot) => (pod === undefined ? firstPod(snapshot) : `Pod/default/${pod}`),
    tab: 'inside',
  };
}

function firstPod(snapshot: Snapshot): Key | undefined {
  const [pod] = snapshot.list('Pod');
  return pod && keyOf(pod);
}

/** The pod of the concept page: a web server, and a sidecar that refreshes its files from elsewhere. It crashes once. */
export const twoContainers = insideScenario({
  name: 'two-containers',
  manifest: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web
  ports:
  - port: 80
---
apiVersion: apps/v1
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
      initContainers:
      - name: init-dirs
        image: busybox:1.36
        command: ['sh', '-c', 'echo "body { color: navy }" > /data/style.css; sleep 3']
        volumeMounts:
        - name: site
          mountPath: /data
      - name: content-sync
        image: busybox:1.36
        restartPolicy: Always
        command: ['sh', '-c', 'n=0; while true; do n=$((n+1)); echo "<h1>Edition $n</h1>" > /data/index.html; echo "edition $n"; sleep 6; done']
        volumeMounts:
        - name: site
          mountPath: /data
      containers:
      - name: web
        image: nginx:1.27
        ports:
        - containerPort: 80
        readinessProbe:
          httpGet:
            path: /
            port: 80
          periodSeconds: 5
        resources:
          requests:
            cpu: 100m
            memory: 64Mi
          limits:
            memory: 128Mi
        volumeMounts:
        - name: site
          mountPath: /usr/share/nginx/html
          readOnly: true
      volumes:
      - name: site
        emptyDir: {}
`,
  steps: [
    {
      atMs: 60_000,
      fault: (snapshot) => {
        const { name: pod } = partsOf(firstPod(snapshot) ?? '');
        return { type: 'exitContainer', namespace: 'default', pod, container: 'content-sync', exitCode: 1 };
      },
    },
  ],
  openAtMs: 30_000,
});

/** Init containers wait for what the app needs, one after the other. */
export const initFirst = insideScenario({
  name: 'init-first',
  pod: 'myapp',
  manifest: `apiVersion: v1
kind: Pod
metadata:
  name: myapp
spec:
  initContainers:
  - name: wait-for-db
    image: busybox:1.36
    command: ['sh', '-c', 'until nslookup db; do echo waiting for db; sleep 2; done']
  - name: write-config
    image: busybox:1.36
    command: ['sh', '-c', 'echo "db=db:5432" > /config/app.conf; sleep 4']
    volumeMounts:
    - name: config
      mountPath: /config
  containers:
  - name: myapp
    image: busybox:1.36
    command: ['sh', '-c', 'cat /config/app.conf; echo the app runs; sleep 3600']
    volumeMounts:
    - name: config
      mountPath: /config
      readOnly: true
  volumes:
  - name: config
    emptyDir: {}
`,
  steps: [{ atMs: 20_000, kubectl: 'kubectl create service clusterip db --tcp=5432' }],
  openAtMs: 8000,
});

/** A sidecar starts before the app and is stopped after it: no line of the app's log is lost. */
export const sidecarOutlives = insideScenario({
  name: 'sidecar-outlives',
  pod: 'shop',
  manifest: `apiVersion: v1
kind: Pod
metadata:
  name: shop
spec:
  terminationGracePeriodSeconds: 20
  initContainers:
  - name: log-shipper
    image: busybox:1.36
    restartPolicy: Always
    command: ['sh', '-c', 'trap "echo shipped all; exit 0" TERM; touch /logs/shop.log; tail -f /logs/shop.log & while true; do sleep 1; done']
    volumeMounts:
    - name: logs
      mountPath: /logs
  containers:
  - name: shop
    image: busybox:1.36
    command: ['sh', '-c', 'trap "echo closing the shop >> /logs/shop.log; sleep 5; echo closed >> /logs/shop.log; exit 0" TERM; n=0; while true; do n=$((n+1)); echo "order $n" >> /logs/shop.log; sleep 2; done']
    volumeMounts:
    - name: logs
      mountPath: /logs
  volumes:
  - name: logs
    emptyDir: {}
`,
  steps: [{ atMs: 30_000, kubectl: 'kubectl delete pod shop --wait=false' }],
  openAtMs: 15_000,
});

/** One IP, one port space: the second server cannot have the port that the first one has. */
export const portClash = insideScenario({
  name: 'port-clash',
  pod: 'twice',
  manifest: `apiVersion: v1
kind: Pod
metadata:
  name: twice
spec:
  containers:
  - name: first
    image: nginx:1.27
    ports:
    - containerPort: 80
  - name: second
    image: httpd:2.4
    ports:
    - containerPort: 80
`,
  openAtMs: 25_000,
});

/** The liveness page: the file that the probe reads is gone after half a minute. */
export const livenessRestart = insideScenario({
  name: 'liveness',
  pod: 'liveness-exec',
  manifest: `apiVersion: v1
kind: Pod
metadata:
  name: liveness-exec
spec:
  containers:
  - name: liveness
    image: busybox:1.36
    args: ['/bin/sh', '-c', 'touch /tmp/healthy; sleep 30; rm -f /tmp/healthy; sleep 600']
    livenessProbe:
      exec:
        command: ['cat', '/tmp/healthy']
      initialDelaySeconds: 5
      periodSeconds: 5
  terminationGracePeriodSeconds: 10
`,
  openAtMs: 20_000,
});

/** A container that takes more memory than its limit is killed and started again; its neighbour does not notice. */
export const outOfMemory = insideScenario({
  name: 'oom',
  pod: 'hungry',
  manifest: `apiVersion: v1
kind: Pod
metadata:
  name: hungry
spec:
  containers:
  - name: hungry
    image: polinux/stress
    command: ['sh', '-c', 'sleep 8; stress --vm 1 --vm-bytes 250M --vm-hang 1']
    resources:
      requests:
        memory: 50Mi
      limits:
        memory: 100Mi
  - name: neighbour
    image: nginx:1.27
    ports:
    - containerPort: 80
    resources:
      requests:
        memory: 32Mi
      limits:
        memory: 64Mi
`,
  openAtMs: 6000,
});

/** Deleted: first the hook, then SIGTERM, which the server takes its time for, all within one grace period. */
export const gracefulEnd = insideScenario({
  name: 'graceful-end',
  pod: 'polite',
  manifest: `apiVersion: v1
kind: Pod
metadata:
  name: polite
spec:
  terminationGracePeriodSeconds: 30
  containers:
  - name: polite
    image: busybox:1.36
    command: ['sh', '-c', 'trap "echo SIGTERM came, finishing; sleep 4; echo bye; exit 0" TERM; echo open; while true; do sleep 1; done']
    lifecycle:
      preStop:
        exec:
          command: ['sh', '-c', 'echo draining > /state/door; sleep 8']
    volumeMounts:
    - name: state
      mountPath: /state
  - name: deaf
    image: busybox:1.36
    command: ['sh', '-c', 'echo I do not hear SIGTERM; sleep 3600']
  volumes:
  - name: state
    emptyDir: {}
`,
  steps: [{ atMs: 20_000, kubectl: 'kubectl delete pod polite --wait=false' }],
  openAtMs: 12_000,
});

const DIARY = `apiVersion: v1
kind: Pod
metadata:
  name: diary
spec:
  terminationGracePeriodSeconds: 2
  containers:
  - name: writer
    image: busybox:1.36
    command: ['sh', '-c', 'echo "$(date +%T) started" | tee -a /pod/log >> /claim/log; cat /claim/log; sleep 20; exit 1']
    volumeMounts:
    - name: pod
      mountPath: /pod
    - name: claim
      mountPath: /claim
  volumes:
  - name: pod
    emptyDir: {}
  - name: claim
    persistentVolumeClaim:
      claimName: diary
`;

/** What is written outlives a crash of the container; the pod's own files go with the pod, those of a claim do not. */
export const dataSurvives = insideScenario({
  name: 'data-survives',
  pod: 'diary',
  manifest: `${LOCAL_DISKS}---
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: diary
spec:
  accessModes: [ReadWriteOnce]
  storageClassName: local
  resources:
    requests:
      storage: 1Gi
---
${DIARY}`,
  steps: [
    { atMs: 40_000, kubectl: 'kubectl delete pod diary' },
    { atMs: 46_000, kubectl: 'kubectl apply -f -', stdin: DIARY },
  ],
  openAtMs: 18_000,
});

/** A pod's image is edited: its container is started anew, in the same pod, and nobody puts the edit back. */
export const imageEdited = insideScenario({
  name: 'image-edited',
  pod: 'web',
  manifest: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
  - name: web
    image: nginx:1.27
    ports:
    - containerPort: 80
  - name: clock
    image: busybox:1.36
    command: ['sh', '-c', 'while true; do date; sleep 5; done']
`,
  steps: [{ atMs: 20_000, kubectl: 'kubectl set image pod/web web=nginx:1.28' }],
  openAtMs: 15_000,
});
