// A cluster that ran elsewhere goes on here: nothing is lost or made anew because of the move, and no text breaks the page.
// @module-tag long
import { describe, expect, it } from 'vitest';
import fc from '../../base/fastCheck.ts';
import { goOn } from '../../base/steps.ts';
import { Cluster } from '../../cluster/cluster.ts';
import { DumpReader } from '../../kube/dumpText.ts';
import { isPodReady, type Pod } from '../../kube/kinds/pod.ts';
import { looksLikeDump } from '../../kube/looksLikeDump.ts';
import { type KubeObject, keyOf } from '../../kube/meta.ts';
import { toYaml } from '../../kube/yamlText.ts';
import { deployment, exampleCluster, node, pod, podSpec, replicaSet } from './exampleCluster.ts';
import { type ImportedCluster, Intake } from './intake.ts';

const list = (items: readonly KubeObject[]) => ({ apiVersion: 'v1', items, kind: 'List', metadata: { resourceVersion: '' } });
const json = (items: readonly KubeObject[]) => JSON.stringify(list(items), undefined, 4);
const yaml = toYaml(list(exampleCluster()));

function read(text: string): DumpReader {
  const reader = new DumpReader(text);
  while (reader.step());
  return reader;
}

function taken(objects: readonly KubeObject[]): ImportedCluster {
  const intake = new Intake();
  for (const object of objects) intake.admit(object);
  return intake.finish();
}

const optionsOf = ({ objects, loads }: ImportedCluster) => ({ objects, loads, storage: true, runtime: { scripts: false } });
const worldOf = (cluster: ImportedCluster) => new Cluster(optionsOf(cluster));
const uidsOf = (cluster: Cluster) => cluster.snapshot().list('Pod').map(({ metadata }) => metadata.uid); // biome-ignore format: one line
const rowsOf = (cluster: Cluster, from: number) => cluster.changes.slice(from).map(({ table, verb, key }) => `${table} ${verb} ${key}`);

describe('the text of a cluster', () => {
  it('is told from a manifest', () => {
    expect(looksLikeDump(yaml)).toBe(true);
    expect(looksLikeDump(json(exampleCluster()))).toBe(true);
    expect(looksLikeDump('apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Pod\n')).toBe(false);
  });

  it('is read alike from YAML, from JSON, from several documents and with the ends of lines of Windows', () => {
    const objects = exampleCluster();
    expect(read(yaml).objects).toEqual(objects);
    expect(read(json(objects)).objects).toEqual(objects);
    expect(read(JSON.stringify(objects)).objects).toEqual(objects);
    const half = objects.length >> 1;
    expect(read(`${toYaml(list(objects.slice(0, half)))}---\n${toYaml(list(objects.slice(half)))}`).objects).toEqual(objects);
    expect(read(yaml.replaceAll('\n', '\r\n')).objects).toEqual(objects);
    expect(read(yaml).isCutOff).toBe(false);
  });

  it('is read without what tells who set which field', () => {
    const fields =
      '    managedFields:\n    - apiVersion: v1\n      fieldsV1:\n        f:spec:\n          .: {}\n      manager: kubectl\n    name: ';
    expect(read(yaml.replaceAll('\n    name: ', `\n${fields}`)).objects).toEqual(exampleCluster());
  });

  it('tells a mistake in JSON in the words of Kubernetes, not in those of a browser', () => {
    const { objects, failures } = read('{"apiVersion": "v1", "kind": "List", "items": [{"apiVersion": "v1", "kind" "Pod"}]}');
    expect(objects).toEqual([]);
    expect(failures).toEqual([{ type: 'unreadable', words: expect.stringContaining("yaml: did not find expected ',' or '}'") }]);
  });

  it('says when it is cut off, and believes nothing of the object that is not whole', () => {
    const whole = new Map(exampleCluster().map((object) => [keyOf(object), object]));
    for (const text of [yaml, json(exampleCluster())]) {
      fc.assert(
        fc.property(fc.integer({ min: 20, max: text.length - 60 }), (length) => {
          const { objects, isCutOff, failureCount } = read(text.slice(0, length));
          expect(isCutOff || failureCount > 0 || objects.length === 0).toBe(true);
          expect(objects).toEqual(objects.map((object) => whole.get(keyOf(object))));
        }),
        { numRuns: 8 },
      );
    }
  });
});

describe('a cluster that is taken over', () => {
  it('has what every server writes of a container, also where the text leaves it out', () => {
    const [first] = exampleCluster().filter(({ kind }) => kind === 'Pod') as Pod[];
    const status = { ...first?.status, containerStatuses: [{ name: 'app' }, { name: 'side', restartCount: 2 }] };
    const [read] = taken([{ ...(first as Pod), status } as KubeObject]).objects as Pod[];
    expect(read?.status.containerStatuses).toEqual([
      { name: 'app', state: {}, lastState: {}, ready: false, restartCount: 0, image: '', imageID: '' },
      { name: 'side', state: {}, lastState: {}, ready: false, restartCount: 2, image: '', imageID: '' },
    ]);
  });

  it('goes on: no pod is made, deleted or restarted, and soon nothing changes any more', () => {
    const cluster = worldOf(taken(read(yaml).objects));
    const pods = uidsOf(cluster);
    const first = cluster.changes.length;
    cluster.runUntil(60_000);
    const own = /^(Event|ServiceAccount|ConfigMap|Endpoints|EndpointSlice) |^\w+ updateStatus /;
    expect(rowsOf(cluster, first).filter((row) => !own.test(row))).toEqual([]);
    expect(rowsOf(cluster, first).filter((row) => row.startsWith('Pod '))).toEqual(['Pod updateStatus Pod/shop/report']);
    const settled = cluster.changes.length;
    cluster.runUntil(20 * 60_000);
    expect(rowsOf(cluster, settled).filter((row) => !row.startsWith('Event '))).toEqual([]);
    expect(uidsOf(cluster)).toEqual(pods);
  });

  it('keeps ages and begins when the text was printed', () => {
    const cluster = worldOf(taken(exampleCluster()));
    const created = cluster.api.get('Pod', 'shop', 'web-6f5d8c9b7-4kd2p')?.metadata.creationTimestamp ?? '';
    expect(Date.parse('2026-01-01T00:00:00Z') - Date.parse(created)).toBe((5 * 86_400 - 40) * 1000);
  });

  it('names what is not simulated, what it left out and what it added', () => {
    const objects = exampleCluster();
    const broken = { ...(objects.find(({ kind }) => kind === 'Service') as KubeObject), spec: { ports: [{ port: 'eighty' }] } };
    const [first] = objects;
    expect(taken([...objects, broken as KubeObject, first as KubeObject]).remarks).toMatchInlineSnapshot(`
      [
        {
          "count": 1,
          "type": "unknownKind",
          "what": "Rollout (argoproj.io/v1alpha1)",
        },
        {
          "type": "refused",
          "what": "Service shop/web",
          "words": "Service in version "v1" cannot be handled as a Service: json: cannot unmarshal string into Go struct field ServicePort.spec.ports.port of type int32",
        },
        {
          "count": 1,
          "type": "duplicates",
        },
        {
          "count": 4,
          "type": "staticPods",
        },
        {
          "count": 1,
          "type": "waiting",
        },
        {
          "count": 2,
          "type": "standIn",
          "what": "ServiceAccount",
        },
        {
          "count": 1,
          "type": "standIn",
          "what": "Namespace",
        },
        {
          "count": 1,
          "type": "standIn",
          "what": "PriorityClass",
        },
        {
          "count": 1,
          "type": "standIn",
          "what": "StorageClass",
        },
        {
          "count": 2,
          "type": "standIn",
          "what": "PersistentVolume",
        },
        {
          "count": 2,
          "type": "standIn",
          "what": "ControllerRevision",
        },
      ]
    `);
  });

  it('lives: what is deleted comes back, and so does a machine that was silent', () => {
    const cluster = worldOf(taken(exampleCluster()));
    cluster.runUntil(5000);
    const name = 'web-6f5d8c9b7-4kd2p';
    cluster.submit({ type: 'request', request: { verb: 'delete', kind: 'Pod', namespace: 'shop', name } });
    cluster.submit({ type: 'request', request: { verb: 'delete', kind: 'Pod', namespace: 'shop', name: 'db-1' } });
    cluster.submit({ type: 'recoverNode', name: 'worker-gone' });
    expect(cluster.settle({ maxMs: 300_000 })).toBe(true);
    const ready = (prefix: string) =>
      (cluster.snapshot().list('Pod') as readonly Pod[]).filter((each) => isPodReady(each) && each.metadata.name.startsWith(prefix));
    expect(ready('web-')).toHaveLength(3);
    expect(cluster.api.get('Pod', 'shop', name)).toBeUndefined();
    expect(cluster.api.get('Pod', 'shop', 'web-6f5d8c9b7-zz9qk')).toBeUndefined();
    expect(cluster.api.get('Pod', 'shop', 'db-1')?.metadata.uid).not.toBe(
      exampleCluster().find(({ metadata }) => metadata.name === 'db-1')?.metadata.uid,
    );
  });

  it('is the same whether it is taken over once or twice, at once or a little at a time, and forks to the same bytes', () => {
    const once = taken(exampleCluster());
    const twice = taken(once.objects);
    expect(twice.objects).toEqual(once.objects);
    expect(twice.loads).toEqual(once.loads);
    const straight = worldOf(once);
    const steps = Cluster.inSteps(optionsOf(twice));
    let made = goOn(steps, () => true);
    while (!made) made = goOn(steps, () => true);
    const forked = made.value;
    forked.runUntil(90_000);
    forked.forkAt(20_000);
    for (const cluster of [straight, forked]) {
      cluster.runUntil(30_000);
      cluster.submit({ type: 'request', request: { verb: 'delete', kind: 'Pod', namespace: 'shop', name: 'db-0' } });
      cluster.runUntil(120_000);
    }
    expect(forked.changes).toEqual(straight.changes);
  });

  it('stands where only pods were printed: their nodes are added, and nobody loses them', () => {
    const pods = exampleCluster().filter(({ kind }) => kind === 'Pod');
    const cluster = worldOf(taken(pods));
    const uids = uidsOf(cluster);
    cluster.runUntil(600_000);
    expect(uidsOf(cluster)).toEqual(uids.filter((uid) => uid !== pods.find(({ metadata }) => metadata.deletionTimestamp)?.metadata.uid));
  });

  it('holds five thousand pods', () => {
    const nodes = Array.from({ length: 100 }, (_, i) => node(`node-${i}`));
    const spec = podSpec([{ name: 'app', image: 'registry.example.com/app:1', resources: { requests: { cpu: '50m', memory: '64Mi' } } }]);
    const apps = Array.from({ length: 50 }, (_, i) => {
      const labels = { app: `app-${i}` };
      const owner = deployment(`app-${i}`, `team-${i % 7}`, labels, spec, 100);
      const set = replicaSet(owner, '6f5d8c9b7', 2, spec, 100);
      const made = { owner: set, labels: { ...labels, 'pod-template-hash': '6f5d8c9b7' } };
      const cut = (j: number) =>
        pod(`app-${i}-6f5d8c9b7-${String(j).padStart(5, '0')}`, `team-${i % 7}`, spec, {
          ...made,
          nodeName: `node-${(i * 100 + j) % 100}`,
          ip: `10.1.${i}.${j}`,
        });
      return [owner, set, ...Array.from({ length: 100 }, (_, j) => cut(j))];
    });
    const cluster = worldOf(taken([...nodes, ...apps.flat()]));
    cluster.runUntil(60_000);
    const settled = cluster.changes.length;
    cluster.runUntil(600_000);
    expect(cluster.changes.length).toBe(settled);
    expect(cluster.changes.filter(({ table }) => table === 'Pod')).toHaveLength(5000);
  });

  it('never breaks, whatever is in the text', () => {
    const objects = exampleCluster();
    const junk = fc.oneof(
      fc.constant(null),
      fc.integer(),
      fc.string(),
      fc.constant([]),
      fc.constant({}),
      fc.constant('__proto__'),
      fc.constant([null]),
    );
    fc.assert(
      fc.property(fc.nat(objects.length - 1), fc.nat(60), junk, (at, depth, value) => {
        const hurt = structuredClone(objects);
        spoil(hurt[at] as unknown as Record<string, unknown>, depth, value);
        const cluster = worldOf(taken(read(json(hurt)).objects));
        expect(cluster.runUntil(30_000)).toBe(true);
      }),
      { numRuns: 25, seed: 1 },
    );
  });
});

/** Puts `value` in the place of the field that a walk of `depth` steps comes to. */
function spoil(object: Record<string, unknown>, depth: number, value: unknown): void {
  let place = object;
  for (let left = depth; ; left = Math.floor(left / 3)) {
    const fields = Object.keys(place);
    const field = fields[left % fields.length] as string;
    const next = place[field];
    if (left < 3 || typeof next !== 'object' || next === null || Object.keys(next).length === 0) {
      place[field] = value;
      return;
    }
    place = next as Record<string, unknown>;
  }
}
