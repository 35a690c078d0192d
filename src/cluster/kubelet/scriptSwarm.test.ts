// Random pods whose scripts run for real, and random things done to them: the same seed gives the same bytes, and a world that goes on
// from any of its moments goes on as it did. A failure prints the seed and the fewest pods and deeds that led to it.
// @module-tag long
import { expect, test } from 'vitest';
import fc from '../../base/fastCheck.ts';
import { ApiError } from '../../kube/errors.ts';
import type { Intent } from '../intents.ts';
import { type TestCluster, testCluster } from '../testCluster.ts';

const RUNS = Number(process.env.SWARM_RUNS ?? 5);
const END_MS = 60_000;

const SCRIPTS = [
  'i=0; while true; do i=$((i+1)); echo "$i $RANDOM" >> /shared/log; sleep 3; done',
  'sleep 4; exit 1',
  'trap "echo bye; exit 0" TERM; while true; do sleep 1; done',
  'touch /shared/up; sleep 9; rm -f /shared/up; sleep 600',
  'until nc -z localhost 80; do sleep 2; done; wget -qO- http://localhost/ | head -n 1; sleep 5',
  'while read n; do echo "line $n"; sleep 1; done < <(seq 1 4; sleep 2; echo last); cat /shared/log 2>/dev/null | tail -n 2; (exit 3)',
  'f() { date; hostname; }; for n in 1 2 3; do f & wait $!; sleep $n; done; tail /dev/zero',
  'exec httpd -f -p 80 -h /shared',
];
const PROBES = [
  '',
  'livenessProbe: {exec: {command: [cat, /shared/up]}, periodSeconds: 2, failureThreshold: 2}',
  'readinessProbe: {tcpSocket: {port: 80}, periodSeconds: 3}',
  'startupProbe: {exec: {command: [test, -e, /shared/log]}, periodSeconds: 1, failureThreshold: 8}',
  'lifecycle: {postStart: {exec: {command: [sh, -c, "sleep 2"]}}, preStop: {exec: {command: [sleep, "3"]}}}',
];

const container = fc.record({
  script: fc.nat({ max: SCRIPTS.length - 1 }),
  probe: fc.nat({ max: PROBES.length - 1 }),
  kind: fc.constantFrom('init', 'sidecar', 'app'),
});
const pod = fc.record({
  containers: fc.array(container, { minLength: 1, maxLength: 3 }),
  restartPolicy: fc.constantFrom('Always', 'OnFailure', 'Never'),
});
const deed = fc.record({
  type: fc.constantFrom('delete', 'exec', 'kill', 'fill', 'send', 'silence'),
  pod: fc.nat({ max: 1 }),
  atMs: fc.integer({ min: 1000, max: 50_000 }),
});
const world = fc.record({
  seed: fc.nat({ max: 1000 }),
  pods: fc.array(pod, { minLength: 1, maxLength: 2 }),
  deeds: fc.array(deed, { maxLength: 3 }),
  forkMs: fc.integer({ min: 2000, max: END_MS - 1000 }),
});
type World = typeof world extends fc.Arbitrary<infer T> ? T : never;
type PodOf = World['pods'][number];

const NAMES = ['a', 'b'];

function manifestOf({ containers, restartPolicy }: PodOf, name: string): string {
  const text = ({ script, probe, kind }: PodOf['containers'][number], i: number) =>
    [
      `  - name: c${i}`,
      '    image: busybox:1.36',
      `    command: [sh, -c, '${SCRIPTS[script] ?? ''}']`,
      '    resources: {limits: {memory: 64Mi}}',
      '    volumeMounts: [{name: shared, mountPath: /shared}]',
      ...(kind === 'sidecar' ? ['    restartPolicy: Always'] : []),
      // An init container that ends has neither probes nor hooks.
      ...(kind === 'init' || PROBES[probe] === '' ? [] : [`    ${PROBES[probe] ?? ''}`]),
    ].join('\n');
  const all = containers.map((each, i) => ({ isInit: each.kind !== 'app', text: text(each, i) }));
  const inits = all.filter(({ isInit }) => isInit).map((each) => each.text);
  const apps = all.filter(({ isInit }) => !isInit).map((each) => each.text);
  return [
    `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}}\nspec:\n  restartPolicy: ${restartPolicy}\n  terminationGracePeriodSeconds: 5`,
    '  volumes: [{name: shared, emptyDir: {sizeLimit: 1Mi}}]',
    ...(inits.length > 0 ? [`  initContainers:\n${inits.join('\n')}`] : []),
    `  containers:\n${apps.length > 0 ? apps.join('\n') : '  - {name: main, image: nginx}'}`,
  ].join('\n');
}

function intentOf({ type, pod }: World['deeds'][number]): Intent {
  const name = NAMES[pod] as string;
  const where = { namespace: 'default', pod: name, container: 'c0' };
  switch (type) {
    case 'delete':
      return { type: 'request', request: { verb: 'delete', kind: 'Pod', namespace: 'default', name } };
    case 'exec':
      return { type: 'exec', exec: { ...where, command: ['sh', '-c', 'echo $RANDOM >> /shared/log; cat /shared/log; ps'] } };
    case 'kill':
      return { type: 'exitContainer', ...where, exitCode: 7 };
    case 'fill':
      return { type: 'fillMemory', ...where, bytes: 2 ** 27 };
    case 'send':
      return { type: 'send', namespace: 'default', to: `pod/${name}`, port: 80, path: '/' };
    default:
      return pod === 0 ? { type: 'failNode', name: 'node-1' } : { type: 'recoverNode', name: 'node-1' };
  }
}

/** What a person may ask can be refused; that is part of the world. */
function submit({ cluster }: TestCluster, intent: Intent): void {
  try {
    cluster.submit(intent);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
  }
}

function run({ seed, pods, deeds }: World): TestCluster {
  const test = testCluster({ nodes: 1, seed, runtime: { scripts: true } });
  for (const [i, each] of pods.entries()) test.apply(manifestOf(each, NAMES[i] as string));
  for (const each of deeds.toSorted((a, b) => a.atMs - b.atMs)) {
    test.cluster.runUntil(each.atMs);
    submit(test, intentOf(each));
  }
  test.cluster.runUntil(END_MS);
  return test;
}

const bytesOf = ({ cluster }: TestCluster) =>
  cluster.changes.map(({ atMs, verb, key, after }) => `${atMs} ${verb} ${key} ${JSON.stringify(after)}`);

test('pods with scripts run the same way each time, and from each of their moments', () => {
  fc.assert(
    fc.property(world, (given) => {
      const first = bytesOf(run(given));
      const second = run(given);
      expect(bytesOf(second)).toEqual(first);
      // What is done after the moment is dropped with the future, so only quiet tails are compared.
      const lastMs = Math.max(0, ...given.deeds.map(({ atMs }) => atMs));
      const forkMs = Math.max(given.forkMs, lastMs + 1);
      second.cluster.forkAt(forkMs);
      second.cluster.runUntil(END_MS);
      expect(bytesOf(second)).toEqual(first);
    }),
    { numRuns: RUNS },
  );
});
