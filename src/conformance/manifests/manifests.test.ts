// Manifests like those of the Kubernetes documentation, as they stand, do what its pages say of such.
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
    const lines = show(12, manifest('ticker')).lines('clock');
    expect(lines.length).toBeGreaterThanOrEqual(10);
    for (const [i, line] of lines.entries()) expect([line, line.startsWith(`${i}: `)]).toEqual([expect.stringMatching(SECOND), true]);
  });

  it('writes two files in two formats', () => {
    const shown = show(8, manifest('two-journals'));
    expect(shown.file('journals', '/plain')?.split('\n')[3]).toMatch(SECOND);
    expect(shown.file('journals', '/levels')?.split('\n')[3]).toMatch(/ INFO 3$/);
  });

  it('follows by a sidecar what the app writes', () => {
    expect(
      show(12, manifest('log-follower'))
        .lines('follower')
        .filter((line) => line === 'sold').length,
    ).toBeGreaterThanOrEqual(8);
  });
});

describe('jobs', () => {
  it('strike every minute', () => {
    const lines = show(130, manifest('every-minute')).lines('bell', 'chime-');
    expect(lines.filter((line) => line === 'The clock strikes')).toHaveLength(2);
  });

  it('give each pod its index as a file', () => {
    const shown = show(30, manifest('numbered-tasks'));
    expect([0, 1, 2, 3, 4].map((index) => shown.lines('worker', `numbered-${index}`))).toEqual([['0'], ['1'], ['2'], ['3'], ['4']]);
    expect(shown.job().status?.succeeded).toBe(5);
  });

  it('give up an index for its exit code at once, and another after its retry', () => {
    const shown = show(60, manifest('give-up-index'));
    const tries = (index: number) => shown.pods().filter(({ metadata }) => metadata.name.startsWith(`picky-${index}-`)).length;
    expect([0, 1, 2, 3].map(tries)).toEqual([2, 1, 1, 1]);
    expect(shown.job().status).toMatchObject({ failedIndexes: '0,1', completedIndexes: '2,3' });
  });

  it('fail as a whole for one exit code', () => {
    const shown = show(60, manifest('stop-at-code'));
    expect(shown.pods().length).toBeLessThanOrEqual(3);
    expect(shown.lines('worker')).toEqual(['There is a bug here']);
    expect(shown.job().status?.conditions?.find(({ type }) => type === 'Failed')?.reason).toBe('PodFailurePolicy');
  });

  it('have succeeded with one index of those that count, and end the others', () => {
    const shown = show(30, manifest('one-of-some'));
    expect(shown.job().status?.conditions?.map(({ type }) => type)).toEqual(['SuccessCriteriaMet', 'Complete']);
    expect(shown.pods().filter(({ status }) => status.phase === 'Running')).toEqual([]);
  });
});

describe('settings', () => {
  it('make variables of all keys', () => {
    const lines = show(8, manifest('all-keys')).lines('mouth');
    expect(lines).toEqual(expect.arrayContaining(['TASTE_KIND=sweet', 'TASTE_DEGREE=very']));
  });

  it('are a variable that is printed again and again', () => {
    const shown = show(25, configMap('menu', 'dish: rice'), manifest('one-key'));
    const today = expect.stringContaining('Today there is rice');
    expect(shown.lines('cook').slice(0, 2)).toEqual([today, today]);
  });

  it('are a file from which a sidecar writes the page that the server serves', () => {
    const shown = show(15, configMap('menu', 'soup: leek'), manifest('page-writer'));
    expect(shown.exec('server', 'curl', '-s', 'http://localhost')).toContain('Soup: leek');
  });

  it('tell a container its own requests and limits', () => {
    const variables = show(8, manifest('own-share-variables')).lines('app');
    expect(variables).toEqual(expect.arrayContaining(['1', '1', '33554432', '67108864']));
    const files = show(8, manifest('own-share-files')).lines('app');
    expect(files.filter(Boolean).slice(0, 4)).toEqual(['250', '125', '64', '32']);
  });
});

const STORAGE = `apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: standard, annotations: {storageclass.kubernetes.io/is-default-class: "true"}}
provisioner: podarium.dev/fake
`;

describe('databases', () => {
  it('are copied from the one before, follow the first, and are read through any', () => {
    const shown = show(80, STORAGE, manifest('replicated-database'));
    const ready = shown.pods().map(({ status }) => status.containerStatuses?.map((each) => [each.ready, each.restartCount]));
    expect(ready).toEqual(Array(3).fill(Array(2).fill([true, 0])));
    expect(shown.lines('lender', 'db-1')).toContain('Following from where the copy ends');
    const ask = (host: string, sql: string) => shown.exec('mysql', 'mysql', '-h', host, '-e', sql);
    ask('127.0.0.1', "CREATE DATABASE zoo; CREATE TABLE zoo.animals (name VARCHAR(250)); INSERT INTO zoo.animals VALUES ('newt');");
    expect(ask('db-2.db', 'SELECT * FROM zoo.animals')).toBe('name\nnewt\n');
    expect(ask('db-1.db', 'SELECT @@server_id')).toBe('@@server_id\n101\n');
    expect(ask('db-1.db', 'CREATE DATABASE x')).toMatch(/^ERROR 1290 \(HY000\) at line 1: .*--super-read-only/);
  });

  it('agree on what is written to one of them, and run as their own user', () => {
    const shown = showOn(3, 64, STORAGE, manifest('quorum'));
    const keeper = (member: number, ...command: string[]) => shown.execIn(`keeper-${member}`, 'zookeeper', ...command);
    expect(keeper(2, 'cat', '/var/lib/zookeeper/data/myid')).toBe('3\n');
    expect(keeper(0, 'tail', '-n', '1', '/opt/zookeeper/conf/zoo.cfg')).toBe(
      'server.3=keeper-2.peers.default.svc.cluster.local:2888:3888\n',
    );
    expect(keeper(0, 'zkCli.sh', 'create', '/newt', 'green')).toMatch(/\nCreated \/newt\n$/);
    expect(keeper(1, 'zkCli.sh', 'get', '/newt')).toMatch(/\ngreen\ncZxid = 0x100000002\n[^]*dataLength = 5\n/);
    expect(keeper(0, 'ls', '-ld', '/var/lib/zookeeper/data')).toMatch(/^drwxr-sr-x \d zookeeper zookeeper 4096 /);
    keeper(0, 'pkill', 'java');
    shown.until(75);
    expect(shown.pod().status.containerStatuses?.[0]).toMatchObject({ restartCount: 1, lastState: { terminated: { exitCode: 143 } } });
  });

  it('find each other by their seed', () => {
    const ring = show(75, STORAGE, manifest('ring')).exec('cassandra', 'nodetool', 'status');
    expect(ring).toMatch(/^Datacenter: Hall\n={16}\n/);
    expect(ring.match(/^UN {2}10\.\S+ +\S+ KiB +32 .* Shelf$/gm)).toHaveLength(3);
  });
});

describe('hooks and probes', () => {
  it('run all containers anew when the conductor says so', () => {
    const shown = show(75, manifest('restart-together'));
    const { initContainerStatuses = [], containerStatuses = [] } = shown.pod().status;
    expect([...initContainerStatuses, ...containerStatuses].map(({ restartCount }) => restartCount)).toEqual([1, 1, 1]);
    expect(shown.lines('tune')).toEqual(['Tuning', 'Tuning']);
  });

  it('greet after the start, and end the server before its end', () => {
    const shown = show(6, manifest('hooks'));
    expect(shown.exec('server', 'cat', '/usr/share/greeting')).toBe('Good morning\n');
    shown.remove();
    shown.until(14);
    expect(shown.pods()).toEqual([]);
  });

  it('restart a server that says 500 after its first ten seconds', () => {
    const shown = show(35, manifest('goes-bad'));
    expect(shown.events('Unhealthy')[0]?.message).toBe('Liveness probe failed: HTTP probe failed with statuscode: 500');
    expect(shown.pod().status.containerStatuses?.[0]?.restartCount).toBe(1);
  });

  it('do not ask before the delay is over', () => {
    const shown = show(30, manifest('asked-late'));
    expect(shown.events('Unhealthy')).toEqual([]);
    shown.until(75);
    expect(shown.pod().status.containerStatuses?.[0]?.restartCount).toBe(1);
  });

  it('find a port open', () => {
    expect(show(30, manifest('open-port')).pod().status.containerStatuses?.[0]).toMatchObject({ ready: true, restartCount: 0 });
  });

  it('let a server serve while it terminates', () => {
    const shown = show(6, manifest('long-goodbye'));
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
  it('take the memory that the arguments tell', () => {
    const bytes = show(8, manifest('eats-memory')).memoryBytes('eater');
    expect(bytes).toBeGreaterThan(150 * 10 ** 6);
    expect(bytes).toBeLessThan(200 * 2 ** 20);
  });

  it('wait for what no node has', () => {
    const reasons = show(8, manifest('wants-too-much'))
      .events('FailedScheduling')
      .flatMap(({ message }) => /2 Insufficient \w+/.exec(message ?? '') ?? []);
    expect(reasons).toEqual(['2 Insufficient memory', '2 Insufficient cpu']);
  });

  it('let a container see the processes of its neighbour, and through them its files', () => {
    const shown = show(6, manifest('shared-processes'));
    const listed = shown.exec('shell', 'ps', 'ax');
    expect(listed).toMatch(/^ +1 65535 +\/pause$/m);
    expect(listed).toMatch(/nginx: master process/);
    expect(listed).toMatch(/^ +3 101 +nginx: worker process$/m);
    expect(shown.exec('shell', 'head', '-n', '1', '/proc/2/root/etc/nginx/nginx.conf')).toBe('user  nginx;\n');
  });

  it('tell what a process may do', () => {
    const shown = show(6, manifest('capabilities'));
    const may = (pod: string) => /CapPrm:\t(\w+)/.exec(shown.execIn(pod, 'app', 'cat', '/proc/1/status'))?.[1];
    expect([may('plain'), may('trusted')]).toEqual(['00000000a80425fb', '00000000aa0435fb']);
  });

  it('mount an artifact as an image', () => {
    expect(show(6, manifest('artifact')).exec('shell', 'cat', '/picture/file')).toBe('1\n');
  });

  it('give a pod users of its own, or the user and groups that it asks for', () => {
    const shown = show(6, manifest('users'));
    expect(shown.execIn('own-users', 'shell', 'cat', '/proc/self/uid_map')).not.toContain(' 0 4294967295');
    expect(shown.execIn('given-user', 'shell', 'id')).toBe('uid=1000 gid=3000 groups=3000,4000\n');
  });
});
