// Manifests of the Kubernetes documentation, as they stand, do what the pages that use them say.
// @module-tag long
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type TestCluster, testCluster } from '../../cluster/testCluster.ts';
import { insideOf } from '../../kube/inside.ts';
import type { Event } from '../../kube/kinds/event.ts';
import type { Job } from '../../kube/kinds/job.ts';
import type { Pod } from '../../kube/kinds/pod.ts';

interface Shown {
  /** What a container of the first pod has printed, or of all pods of a name. */
  lines(container: string, pod?: string): readonly string[];
  /** What a command prints in the first pod. */
  exec(container: string, ...command: string[]): string;
  execIn(pod: string, container: string, ...command: string[]): string;
  pod(): Pod;
  pods(): readonly Pod[];
  events(reason: string): readonly Event[];
  file(volume: string, path: string): string | undefined;
  memoryBytes(container: string): number;
  job(): Job;
  endpoints(): readonly Readonly<Record<string, boolean>>[];
  remove(): void;
  until(seconds: number): void;
}

const manifest = (name: string) => readFileSync(join(import.meta.dirname, 'files', `${name}.yaml`), 'utf8');
const configMap = (name: string, data: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\ndata: {${data}}\n`;
const namespace = (name: string) => `apiVersion: v1\nkind: Namespace\nmetadata: {name: ${name}}\n`;

function show(seconds: number, ...texts: readonly string[]): Shown {
  return showOn(2, seconds, ...texts);
}

function showOn(nodes: number, seconds: number, ...texts: readonly string[]): Shown {
  const test: TestCluster = testCluster({ nodes, seed: 1, runtime: { scripts: true } });
  const { cluster } = test;
  const { api } = cluster;
  for (const text of texts) test.apply(text);
  const until = (at: number) => cluster.runUntil(at * 1000);
  until(seconds);
  const first = () => test.pods()[0] as Pod;
  const where = ({ metadata }: Pod) => [metadata.namespace ?? 'default', metadata.name] as const;
  const execIn = (pod: Pod, container: string, command: readonly string[]) => {
    const [at, name] = where(pod);
    const running = cluster.exec({ namespace: at, pod: name, container, command });
    until(cluster.sim.nowMs / 1000 + 1);
    return typeof running === 'string' ? running : running.output.map(({ text }) => text).join('');
  };
  const inside = (pod: Pod) => insideOf(cluster.snapshot(), ...where(pod));
  return {
    pod: first,
    pods: test.pods,
    until,
    lines: (container, name) =>
      test
        .pods()
        .filter(({ metadata }, i) => (name === undefined ? i === 0 : metadata.name.startsWith(name)))
        .flatMap((pod) => inside(pod)?.containers[container]?.log.flatMap(({ lines }) => lines.map(({ text }) => text)) ?? []),
    exec: (container, ...command) => execIn(first(), container, command),
    execIn: (name, container, ...command) => execIn(test.pods().find(({ metadata }) => metadata.name === name) as Pod, container, command),
    events: (reason) => api.list<Event>('Event').filter((event) => event.reason === reason),
    file: (volume, path) => inside(first())?.volumes[volume]?.get(path)?.text,
    memoryBytes: (container) => inside(first())?.containers[container]?.memoryBytes ?? 0,
    job: () => api.list<Job>('Job')[0] as Job,
    endpoints: () =>
      api
        .list('EndpointSlice')
        .filter(({ metadata }) => metadata.name !== 'kubernetes')
        .flatMap((slice) => (slice as unknown as { endpoints: { conditions: Record<string, boolean> }[] }).endpoints)
        .map(({ conditions }) => conditions),
    remove() {
      const [at, name] = where(first());
      cluster.submit({ type: 'request', request: { verb: 'delete', kind: 'Pod', namespace: at, name } });
    },
  };
}

const SECOND = /^\d+: \w{3} \w{3} +\d+ \d\d:\d\d:\d\d UTC \d{4}$/;

describe('logging', () => {
  it('counts and tells the time once a second', () => {
    const lines = show(12, manifest('counter-pod')).lines('count');
    expect(lines.length).toBeGreaterThanOrEqual(10);
    for (const [i, line] of lines.entries()) expect([line, line.startsWith(`${i}: `)]).toEqual([expect.stringMatching(SECOND), true]);
  });

  it('writes two files in two formats', () => {
    const shown = show(8, manifest('two-files-counter-pod'));
    expect(shown.file('varlog', '/1.log')?.split('\n')[3]).toMatch(SECOND);
    expect(shown.file('varlog', '/2.log')?.split('\n')[3]).toMatch(/ INFO 3$/);
  });

  it('ships what the app writes by a sidecar', () => {
    expect(show(12, manifest('deployment-sidecar')).lines('logshipper')).toEqual(
      expect.arrayContaining(['logging', 'logging', 'logging', 'logging', 'logging', 'logging', 'logging', 'logging']),
    );
  });
});

describe('jobs', () => {
  it('says hello every minute', () => {
    const lines = show(130, manifest('cronjob')).lines('hello', 'hello-');
    expect(lines.filter((line) => line === 'Hello from the Kubernetes cluster')).toHaveLength(2);
  });

  it('gives each pod its index as a file', () => {
    const shown = show(30, manifest('indexed-job-vol'));
    expect([0, 1, 2, 3, 4].map((index) => shown.lines('worker', `indexed-job-${index}`))).toEqual([['0'], ['1'], ['2'], ['3'], ['4']]);
    expect(shown.job().status?.succeeded).toBe(5);
  });

  it('gives up an index for its exit code at once, and another after its retry', () => {
    const shown = show(60, manifest('job-backoff-limit-per-index-failindex'));
    const tries = (index: number) => shown.pods().filter(({ metadata }) => metadata.name.includes(`failindex-${index}-`)).length;
    expect([0, 1, 2, 3].map(tries)).toEqual([2, 1, 1, 1]);
    expect(shown.job().status).toMatchObject({ failedIndexes: '0,1', completedIndexes: '2,3' });
  });

  it('fails as a whole for one exit code', () => {
    const shown = show(60, manifest('job-pod-failure-policy-example'));
    expect(shown.pods().length).toBeLessThanOrEqual(3);
    expect(shown.lines('main')).toEqual(['Hello world!']);
    expect(shown.job().status?.conditions?.find(({ type }) => type === 'Failed')?.reason).toBe('PodFailurePolicy');
  });

  it('has succeeded with one index of those that count, and ends the others', () => {
    const shown = show(30, manifest('job-success-policy'));
    expect(shown.job().status?.conditions?.map(({ type }) => type)).toEqual(['SuccessCriteriaMet', 'Complete']);
    expect(shown.pods().filter(({ status }) => status.phase === 'Running')).toEqual([]);
  });
});

describe('settings', () => {
  it('makes variables of all keys', () => {
    const lines = show(8, manifest('configmap-multikeys'), manifest('pod-configmap-envFrom')).lines('test-container');
    expect(lines).toEqual(expect.arrayContaining(['SPECIAL_LEVEL=very', 'SPECIAL_TYPE=charm']));
  });

  it('prints a variable again and again', () => {
    const shown = show(25, configMap('fruits', 'fruits: apples'), manifest('deployment-with-configmap-as-envvar'));
    expect(shown.lines('alpine').slice(0, 2)).toEqual([
      expect.stringContaining('The basket is full of apples'),
      expect.stringContaining('The basket is full of apples'),
    ]);
  });

  it('lets the sidecar write the page that the server serves', () => {
    const shown = show(15, configMap('color', 'color: red'), manifest('deployment-with-configmap-and-sidecar-container'));
    expect(shown.exec('nginx', 'curl', '-s', 'http://localhost')).toContain('My preferred color is red');
  });

  it('tells a container its own requests and limits', () => {
    expect(show(8, manifest('dapi-envars-container')).lines('test-container')).toEqual(
      expect.arrayContaining(['1', '1', '33554432', '67108864']),
    );
    expect(show(8, manifest('dapi-volume-resources')).lines('client-container').filter(Boolean).slice(0, 4)).toEqual([
      '250',
      '125',
      '64',
      '32',
    ]);
  });
});

const STORAGE = `apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: standard, annotations: {storageclass.kubernetes.io/is-default-class: "true"}}
provisioner: podarium.dev/fake
`;

describe('databases', () => {
  it('are cloned from the one before, follow the first, and are read through any', () => {
    const settings = `apiVersion: v1
kind: ConfigMap
metadata: {name: mysql}
data: {primary.cnf: "[mysqld]\\nlog-bin\\n", secondary.cnf: "[mysqld]\\nsuper-read-only\\n"}
---
apiVersion: v1
kind: Service
metadata: {name: mysql}
spec: {clusterIP: None, selector: {app: mysql}, ports: [{port: 3306}]}
`;
    const shown = show(80, settings, STORAGE, manifest('mysql-statefulset'));
    const ready = shown.pods().map(({ status }) => status.containerStatuses?.map((each) => [each.ready, each.restartCount]));
    expect(ready).toEqual(Array(3).fill(Array(2).fill([true, 0])));
    expect(shown.lines('xtrabackup', 'mysql-1')).toContain('Initializing replication from clone position');
    const ask = (host: string, sql: string) => shown.exec('mysql', 'mysql', '-h', host, '-e', sql);
    ask(
      '127.0.0.1',
      "CREATE DATABASE test; CREATE TABLE test.messages (message VARCHAR(250)); INSERT INTO test.messages VALUES ('hello');",
    );
    expect(ask('mysql-2.mysql', 'SELECT * FROM test.messages')).toBe('message\nhello\n');
    expect(ask('mysql-1.mysql', 'SELECT @@server_id')).toBe('@@server_id\n101\n');
    expect(ask('mysql-1.mysql', 'CREATE DATABASE x')).toMatch(/^ERROR 1290 \(HY000\) at line 1: .*--super-read-only/);
  });

  it('agree on what is written to one of them, and run as their own user', () => {
    const shown = showOn(3, 64, STORAGE, manifest('zookeeper'));
    const zk = (pod: string, ...command: string[]) => shown.execIn(pod, 'kubernetes-zookeeper', ...command);
    expect(zk('zk-2', 'cat', '/var/lib/zookeeper/data/myid')).toBe('3\n');
    expect(zk('zk-0', 'tail', '-n', '1', '/opt/zookeeper/conf/zoo.cfg')).toBe('server.3=zk-2.zk-hs.default.svc.cluster.local:2888:3888\n');
    expect(zk('zk-0', 'zkCli.sh', 'create', '/hello', 'world')).toMatch(/\nCreated \/hello\n$/);
    expect(zk('zk-1', 'zkCli.sh', 'get', '/hello')).toMatch(/\nworld\ncZxid = 0x100000002\n[^]*dataLength = 5\n/);
    expect(zk('zk-0', 'ls', '-ld', '/var/lib/zookeeper/data')).toMatch(/^drwxr-sr-x \d zookeeper zookeeper 4096 /);
    zk('zk-0', 'pkill', 'java');
    shown.until(75);
    expect(shown.pod().status.containerStatuses?.[0]).toMatchObject({ restartCount: 1, lastState: { terminated: { exitCode: 143 } } });
  });

  it('find each other by their seed', () => {
    const shown = show(75, manifest('cassandra-service'), manifest('cassandra-statefulset'));
    const ring = shown.exec('cassandra', 'nodetool', 'status');
    expect(ring).toMatch(/^Datacenter: DC1-K8Demo\n={22}\n/);
    expect(ring.match(/^UN  10\.\S+ +\S+ KiB +32 .* Rack1-K8Demo$/gm)).toHaveLength(3);
  });
});

describe('hooks and probes', () => {
  it('runs all containers anew when the watcher says so', () => {
    const shown = show(75, manifest('restart-all-containers'));
    const { initContainerStatuses = [], containerStatuses = [] } = shown.pod().status;
    expect([...initContainerStatuses, ...containerStatuses].map(({ restartCount }) => restartCount)).toEqual([1, 1, 1]);
    expect(shown.lines('setup-environment')).toEqual(['Setting up environment', 'Setting up environment']);
  });

  it('runs the postStart hook, and ends by its preStop hook', () => {
    const shown = show(6, manifest('lifecycle-events'));
    expect(shown.exec('lifecycle-demo-container', 'cat', '/usr/share/message')).toBe('Hello from the postStart handler\n');
    shown.remove();
    shown.until(14);
    expect(shown.pods()).toEqual([]);
  });

  it('restarts a server that says 500 after its first ten seconds', () => {
    const shown = show(35, manifest('http-liveness'));
    expect(shown.events('Unhealthy')[0]?.message).toBe('Liveness probe failed: HTTP probe failed with statuscode: 500');
    expect(shown.pod().status.containerStatuses?.[0]?.restartCount).toBe(1);
  });

  it('does not ask before the delay is over', () => {
    const shown = show(30, manifest('pod-with-http-healthcheck'));
    expect(shown.events('Unhealthy')).toEqual([]);
    shown.until(75);
    expect(shown.pod().status.containerStatuses?.[0]?.restartCount).toBe(1);
  });

  it('is ready when its port is open', () => {
    expect(show(30, manifest('tcp-liveness-readiness')).pod().status.containerStatuses?.[0]).toMatchObject({
      ready: true,
      restartCount: 0,
    });
  });

  it('serves while it terminates', () => {
    const service = 'apiVersion: v1\nkind: Service\nmetadata: {name: nginx}\nspec: {selector: {app: nginx}, ports: [{port: 80}]}\n';
    const shown = show(6, manifest('pod-with-graceful-termination'), service);
    shown.remove();
    shown.until(20);
    expect(shown.endpoints()).toContainEqual({ ready: false, serving: true, terminating: true });
    shown.until(110);
    expect(shown.pods()).toHaveLength(2);
    shown.until(135);
    expect(shown.pods()).toHaveLength(1);
  });
});

describe('resources and users', () => {
  it('takes the memory that it is told to', () => {
    const bytes = show(8, namespace('mem-example'), manifest('memory-request-limit')).memoryBytes('memory-demo-ctr');
    expect(bytes).toBeGreaterThan(150 * 10 ** 6);
    expect(bytes).toBeLessThan(200 * 2 ** 20);
  });

  it('waits for what no node has', () => {
    const reasons = (name: string, where: string) =>
      show(8, namespace(where), manifest(name))
        .events('FailedScheduling')
        .map(({ message }) => message)
        .join();
    expect(reasons('memory-request-limit-3', 'mem-example')).toContain('2 Insufficient memory');
    expect(reasons('cpu-request-limit-2', 'cpu-example')).toContain('2 Insufficient cpu');
  });

  it('sees the processes of its neighbour', () => {
    const listed = show(6, manifest('share-process-namespace')).exec('shell', 'ps', 'ax');
    expect(listed).toMatch(/^ +1 65535 +\/pause$/m);
    expect(listed).toMatch(/nginx: master process/);
  });

  it('tells what a process may do', () => {
    const may = (name: string) =>
      /CapPrm:\t(\w+)/.exec(show(6, manifest(name)).exec(name.replace('security-context-', 'sec-ctx-'), 'cat', '/proc/1/status'))?.[1];
    expect(may('security-context-3')).toBe('00000000a80425fb');
    expect(may('security-context-4')).toBe('00000000aa0435fb');
  });

  it('reads an artifact that is mounted as an image, and sees through to the files of a neighbour', () => {
    expect(show(6, manifest('image-volumes-subpath')).exec('shell', 'cat', '/volume/file')).toBe('1\n');
    const shell = show(6, manifest('share-process-namespace'));
    expect(shell.exec('shell', 'ps', 'ax')).toMatch(/^ +3 101 +nginx: worker process$/m);
    expect(shell.exec('shell', 'head', '-n', '1', '/proc/2/root/etc/nginx/nginx.conf')).toBe('user  nginx;\n');
  });

  it('has users of its own where the machine lends it some', () => {
    const shown = show(6, manifest('user-namespaces-stateless'));
    expect(shown.exec('shell', 'cat', '/proc/self/uid_map')).not.toContain(' 0 4294967295');
  });

  it('runs as the user and groups of its pod', () => {
    expect(show(6, manifest('security-context-5')).exec('sec-ctx-demo', 'id')).toBe('uid=1000 gid=3000 groups=3000,4000\n');
  });
});
