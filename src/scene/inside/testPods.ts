// For tests: pods with everything in them, without a cluster.
import { type ContainerInside, type FileEntry, POD_INSIDE, type PodInside } from '../../kube/inside.ts';
import type { Container, ContainerStatus, Pod, PodSpec } from '../../kube/kinds/pod.ts';
import { type KubeObject, keyOf, toTimestamp } from '../../kube/meta.ts';
import { TestWorld, template } from '../testWorld.ts';
import type { InsideModel } from './model.ts';
import { readInside } from './read.ts';

export interface TestPod {
  readonly name?: string;
  readonly spec: Partial<PodSpec> & Pick<PodSpec, 'containers'>;
  readonly status?: Partial<Pod['status']>;
  readonly statuses?: readonly ContainerStatus[];
  readonly initStatuses?: readonly ContainerStatus[];
  readonly metadata?: Partial<Pod['metadata']>;
  readonly inside?: Pick<PodInside, 'containers' | 'volumes' | 'requests'>;
  readonly others?: readonly KubeObject[];
}

export function running(name: string, sinceMs: number, restartCount = 0, more: Partial<ContainerStatus> = {}): ContainerStatus {
  const state = { running: { startedAt: toTimestamp(sinceMs) } };
  return { name, state, lastState: {}, ready: true, started: true, restartCount, image: '', imageID: '', ...more };
}

export function ended(name: string, fromMs: number, toMs: number, exitCode = 0): ContainerStatus {
  const reason = exitCode === 0 ? 'Completed' : 'Error';
  const terminated = { exitCode, reason, startedAt: toTimestamp(fromMs), finishedAt: toTimestamp(toMs) };
  return { name, state: { terminated }, lastState: {}, ready: exitCode === 0, restartCount: 0, image: '', imageID: '' };
}

export function file(text: string, atMs: number): FileEntry {
  return { type: 'file', text, mode: 0o644, atMs };
}

export function withInside(name: string, more: Partial<ContainerInside> = {}): ContainerInside {
  return { name, run: 0, processes: [], mounts: [], layer: new Map(), ports: [], log: [], cpuMilli: 0, memoryBytes: 0, ...more };
}

/** The model of a pod on node-c in a small world, at `atMs`. */
export function modelOf(
  { name = 'web-5f9c7-d3m9x', spec, status, statuses, initStatuses, metadata, inside, others = [] }: TestPod,
  atMs: number,
): InsideModel {
  const world = new TestWorld();
  world.node('node-c');
  // An older template has taken the letter A.
  world.replicaSet('web-1a2b3', template('v1'));
  const set = world.replicaSet('web-5f9c7', template('v2'));
  for (const other of others) world.make(other);
  const made = world.pod(name, set, 'node-c');
  const pod = {
    ...made,
    metadata: { ...made.metadata, labels: { app: 'web' }, ...metadata },
    spec: { ...made.spec, ...spec },
    status: {
      phase: 'Running',
      podIP: '10.244.2.17',
      conditions: [{ type: 'Ready', status: 'True' }],
      containerStatuses: statuses ?? spec.containers.map((container: Container) => running(container.name, 6000)),
      initContainerStatuses: initStatuses,
      ...status,
    },
  } as Pod;
  world.put(pod);
  const record: PodInside | undefined = inside && {
    apiVersion: 'v1',
    kind: POD_INSIDE,
    metadata: { name, namespace: 'default' },
    ...inside,
  };
  world.nowMs = atMs;
  world.scene();
  const key = keyOf(pod);
  const snapshot = world.snapshot();
  const seen = { ...snapshot, get: (kind: string, of: string) => (kind === POD_INSIDE ? record : snapshot.get(kind, of)) };
  return readInside(seen, key, world.looks) as InsideModel;
}

/** The pod of the design's picture: a web server, a sidecar that refreshes its files, an init container that made the folders. */
export function pictured(atMs: number, writtenMs = atMs - 1000): InsideModel {
  const site = { name: 'site', emptyDir: {} };
  const service: KubeObject = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web', namespace: 'default' },
    spec: { selector: { app: 'web' }, ports: [{ port: 80 }] },
  };
  return modelOf(
    {
      spec: {
        initContainers: [
          { name: 'init-dirs', image: 'busybox:1.36' },
          {
            name: 'content-sync',
            image: 'git-sync:4.4',
            restartPolicy: 'Always',
            ports: [{ containerPort: 9102 }],
            volumeMounts: [{ name: 'site', mountPath: '/data' }],
          },
        ],
        containers: [
          {
            name: 'web',
            image: 'nginx:1.27',
            ports: [{ containerPort: 80 }],
            volumeMounts: [{ name: 'site', mountPath: '/usr/share/nginx/html', readOnly: true }],
          },
        ],
        volumes: [site],
      },
      statuses: [running('web', atMs - 124_000)],
      initStatuses: [ended('init-dirs', 2000, 6000), running('content-sync', atMs - 46_000, 1)],
      inside: {
        containers: { web: withInside('web', { ports: [80] }), 'content-sync': withInside('content-sync', { ports: [9102] }) },
        volumes: {
          site: new Map([
            ['', { type: 'folder', text: '', mode: 0o755, atMs: 0 }],
            ['/index.html', file('hello', writtenMs)],
            ['/style.css', file('body {}', 6000)],
          ]),
        },
        requests: [],
      },
      others: [service],
    },
    atMs,
  );
}

const VOLUMES = [
  { name: 'work', emptyDir: {} },
  { name: 'settings', configMap: { name: 'settings' } },
  { name: 'keys', secret: { secretName: 'keys' } },
  { name: 'data', persistentVolumeClaim: { claimName: 'data-db-0' } },
  { name: 'logs', hostPath: { path: '/var/log/pods' } },
  { name: 'facts', downwardAPI: { items: [] } },
] as const;

export interface Crowd {
  readonly mains: number;
  readonly sidecars?: number;
  readonly inits?: number;
  readonly volumes?: number;
  readonly files?: number;
  /** Everything a card can say. */
  readonly isRich?: boolean;
}

/** A pod of any size, for layouts: container i mounts the volumes whose number it divides. */
export function crowd({ mains, sidecars = 0, inits = 0, volumes = 0, files = 3, isRich = false }: Crowd, atMs = 100_000): InsideModel {
  const kinds = VOLUMES.slice(0, volumes);
  const mountsFor = (i: number) =>
    kinds
      .filter((_, v) => v % (i + 1) === 0 || v === i)
      .map(({ name }) => ({ name, mountPath: `/mnt/${name}`, readOnly: name !== 'work' }));
  const names = [...'abcdefgh'].map((letter) => `container-${letter}`);
  const rich: Partial<Container> = isRich
    ? {
        readinessProbe: { httpGet: { path: '/ready', port: 8080 }, periodSeconds: 5 },
        livenessProbe: { exec: { command: ['cat', '/tmp/healthy'] } },
        resources: { requests: { cpu: '100m', memory: '64Mi' }, limits: { cpu: '500m', memory: '128Mi' } },
      }
    : {};
  const containers = names.slice(0, mains).map(
    (name, i): Container => ({
      name,
      image: `registry.example/team/${name}:1.2.3`,
      ports: [{ containerPort: 8080 + i }],
      volumeMounts: mountsFor(i),
      ...rich,
    }),
  );
  const others = names
    .slice(mains, mains + sidecars)
    .map((name, i): Container => ({ name, image: 'helper:1', restartPolicy: 'Always', volumeMounts: mountsFor(i + 1) }));
  const firsts = Array.from({ length: inits }, (_, i): Container => ({ name: `init-${i}`, image: 'busybox', volumeMounts: mountsFor(i) }));
  const log = [
    {
      run: 1,
      beganMs: 0,
      dropped: 0,
      lines: ['listening on :8080', 'GET /ready 200'].map((text) => ({ atMs: 50_000, stream: 'stdout' as const, text })),
    },
  ];
  const inside = [...containers, ...others].map(
    ({ name, ports }) =>
      [
        name,
        withInside(name, {
          ports: (ports ?? []).map((port) => port.containerPort),
          cpuMilli: 130,
          memoryBytes: 90 * 2 ** 20,
          ...(isRich ? { log } : {}),
        }),
      ] as const,
  );
  const disk = new Map(Array.from({ length: files }, (_, i) => [`/file-${i}.txt`, file('x'.repeat(40 * i), atMs - 1500 * i)] as const));
  return modelOf(
    {
      name: 'checkout-frontend-5f9c7d8b6-d3m9x',
      spec: { containers, initContainers: [...firsts, ...others], volumes: kinds },
      statuses: containers.map(({ name }, i) =>
        running(name, 20_000, i, i > 0 && isRich ? { lastState: { terminated: { exitCode: 137, reason: 'OOMKilled' } } } : {}),
      ),
      initStatuses: [
        ...firsts.map(({ name }, i) => ended(name, 1000 * i, 1000 * i + 2000)),
        ...others.map(({ name }) => running(name, 18_000)),
      ],
      inside: { containers: Object.fromEntries(inside), volumes: Object.fromEntries(kinds.map(({ name }) => [name, disk])), requests: [] },
    },
    atMs,
  );
}
