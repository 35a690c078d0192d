// What a person may paste: manifests with values taken out, of another type, or out of all bounds. The server may refuse them; nothing
// may break, now or later, in the controllers, the scheduler, the kubelets or what kubectl prints.
// @module-tag long

import { describe, expect, it } from 'vitest';
import fc from '../base/fastCheck.ts';
import { testTerminal } from './testTerminal.ts';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const template: Json = {
  metadata: { labels: { app: 'web' }, annotations: { 'podarium.dev/startup': '2s' } },
  spec: {
    initContainers: [{ name: 'init', image: 'busybox' }],
    containers: [
      {
        name: 'web',
        image: 'nginx:1.25',
        command: ['sh', '-c', 'sleep 1'],
        ports: [{ name: 'http', containerPort: 80, hostPort: 8080 }],
        env: [{ name: 'A', value: 'b' }],
        resources: { requests: { cpu: '100m', memory: '64Mi' }, limits: { cpu: '1' } },
        readinessProbe: { httpGet: { path: '/', port: 'http' } },
        volumeMounts: [{ name: 'data', mountPath: '/data' }],
      },
    ],
    volumes: [{ name: 'data', emptyDir: {} }],
    nodeSelector: { 'kubernetes.io/os': 'linux' },
    tolerations: [{ key: 'a', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 5 }],
    topologySpreadConstraints: [
      { maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'ScheduleAnyway', labelSelector: { matchLabels: { app: 'web' } } },
    ],
    affinity: {
      nodeAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: [
          { weight: 1, preference: { matchExpressions: [{ key: 'a', operator: 'In', values: ['b'] }] } },
        ],
      },
      podAntiAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: [
          { weight: 1, podAffinityTerm: { topologyKey: 'zone', labelSelector: { matchLabels: { app: 'web' } } } },
        ],
      },
    },
    schedulingGates: [],
    terminationGracePeriodSeconds: 5,
  },
};
const selector = { matchLabels: { app: 'web' } };
const workload = (kind: string, spec: { [key: string]: Json }): Json => ({
  apiVersion: 'apps/v1',
  kind,
  metadata: { name: 'web' },
  spec: { selector, template, ...spec },
});
const manifests: Json[] = [
  workload('Deployment', {
    replicas: 2,
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: 1 } },
    minReadySeconds: 1,
    revisionHistoryLimit: 2,
  }),
  workload('ReplicaSet', { replicas: 2 }),
  workload('StatefulSet', {
    replicas: 2,
    serviceName: 'web',
    volumeClaimTemplates: [
      { metadata: { name: 'data' }, spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } } },
    ],
  }),
  workload('DaemonSet', { updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1 } } }),
  { apiVersion: 'v1', kind: 'ReplicationController', metadata: { name: 'web' }, spec: { replicas: 2, selector: { app: 'web' }, template } },
  {
    ...(template as object),
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web', labels: { app: 'web' }, ownerReferences: [{ apiVersion: 'v1', kind: 'Node', name: 'node-1', uid: 'x' }] },
  },
  { apiVersion: 'v1', kind: 'Node', metadata: { name: 'node-9', labels: {} }, spec: { taints: [{ key: 'a', effect: 'NoSchedule' }] } },
  { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata: { name: 'web' }, spec: { minAvailable: 1, selector } },
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web' },
    spec: { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 'http' }] },
  },
];
const JUNK: Json[] = [
  null,
  0,
  -1,
  1.5,
  1e21,
  '',
  'x',
  '-1',
  '50%',
  '$(X)',
  true,
  [],
  {},
  [null],
  [{}],
  ['a'],
  { a: 1 },
  { matchLabels: { a: 'b' } },
];

function placesIn(value: Json, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => [[...path, key], ...placesIn(child as Json, [...path, key])]);
}

/** The manifest with the value at one place taken out (junk undefined) or replaced. */
function changed(manifest: Json, place: number, junk: Json | undefined): Json {
  const copy = structuredClone(manifest);
  const places = placesIn(copy).filter(([first]) => first !== 'kind' && first !== 'apiVersion');
  const path = places[place % places.length] as readonly string[];
  const parent = path.slice(0, -1).reduce<Json>((at, key) => (at as { [key: string]: Json })[key] as Json, copy) as { [key: string]: Json };
  const last = path.at(-1) as string;
  if (junk === undefined) delete parent[last];
  else parent[last] = junk;
  return copy;
}

const AFTERWARDS = [
  'get all -A -o wide',
  'describe all',
  'get pods -o yaml',
  'rollout restart deploy --all',
  'scale rs --all --replicas=1',
  'delete pods --all --wait=false',
  'describe nodes',
];

describe('bad input', () => {
  it('is refused or lived with; nothing breaks', () => {
    const mistake = fc.tuple(fc.nat(), fc.option(fc.constantFrom(...JUNK), { nil: undefined }));
    fc.assert(
      fc.property(
        fc.constantFrom(...manifests),
        fc.array(mistake, { minLength: 1, maxLength: 2 }),
        fc.boolean(),
        (manifest, mistakes, isStrict) => {
          const bad = mistakes.reduce((at, [place, junk]) => changed(at, place, junk), manifest);
          const { cluster, kubectl } = testTerminal();
          const { exitCode, stderr } = kubectl(`apply ${isStrict ? '' : '--validate=false '}-f -`, JSON.stringify(bad));
          expect(exitCode === 0 || stderr.trim() !== '').toBe(true);
          cluster.runUntil(cluster.nowMs + 30_000);
          for (const line of AFTERWARDS) kubectl(line, undefined, 1000);
          cluster.submit({ type: 'failNode', name: 'node-1' });
          cluster.runUntil(cluster.nowMs + 400_000);
        },
      ),
      { numRuns: 400, seed: 1 },
    );
  });
});
