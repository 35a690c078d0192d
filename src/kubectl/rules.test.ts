// What the server refuses and adds, as a person meets it through kubectl.
import { describe, expect, it } from 'vitest';
import { testTerminal } from './testTerminal.ts';

describe('rules in the corners', () => {
  const say = (manifest: string): string => testTerminal().kubectl('apply -f -', manifest).stderr;
  const meta = (kind: string, spec: string, version = 'v1') => `{apiVersion: ${version}, kind: ${kind}, metadata: {name: x}, ${spec}}`;

  it.each([
    [
      'a limit type',
      meta('LimitRange', 'spec: {limits: [{type: Box, max: {cpu: 1}}]}'),
      'The LimitRange "x" is invalid: spec.limits[0].type: Invalid value: "Box": must be a standard limit type or fully qualified\n',
    ],
    [
      'a resource of a quota',
      meta('ResourceQuota', 'spec: {hard: {boxes: 1}}'),
      'The ResourceQuota "x" is invalid: \n* spec.hard[boxes]: Invalid value: "boxes": must be a standard resource type or fully qualified\n* spec.hard[boxes]: Invalid value: "boxes": must be a standard resource for quota\n',
    ],
    [
      'a registry login that is no JSON',
      meta('Secret', 'type: kubernetes.io/dockerconfigjson, stringData: {.dockerconfigjson: login}'),
      'The Secret "x" is invalid: data[.dockerconfigjson]: Invalid value: "<secret contents redacted>": invalid character \'l\' looking for beginning of value\n',
    ],
    [
      'a StatefulSet whose pods cannot be',
      meta(
        'StatefulSet',
        'spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, volumeMounts: [{name: d, mountPath: /d}]}]}}, volumeClaimTemplates: [{metadata: {name: d}}]}',
        'apps/v1',
      ),
      'The StatefulSet "x" is invalid: \n* spec.volumeClaimTemplates[0].spec.accessModes: Required value: at least 1 access mode is required\n* spec.volumeClaimTemplates[0].spec.resources[storage]: Required value\n* spec.template.spec.containers[0].image: Required value\n',
    ],
    [
      'a hook that outlasts the grace period',
      meta('Pod', 'spec: {containers: [{name: c, image: i, lifecycle: {preStop: {sleep: {seconds: 31}}}}]}'),
      'The Pod "x" is invalid: spec.containers[0].lifecycle.preStop.sleep: Invalid value: 31: must be non-negative and less than terminationGracePeriodSeconds (30)\n',
    ],
    [
      'a policy that the class of the pod has not',
      meta('Pod', 'spec: {preemptionPolicy: Never, containers: [{name: c, image: i}]}'),
      'Error from server (Forbidden): error when creating "STDIN": pods "x" is forbidden: the string value of PreemptionPolicy (Never) must not be provided in pod spec; priority admission controller computed PreemptLowerPriority from the given PriorityClass name\n',
    ],
    [
      'an overhead that no runtime class has',
      meta('Pod', 'spec: {overhead: {cpu: 1}, containers: [{name: c, image: i}]}'),
      'Error from server (Forbidden): error when creating "STDIN": pods "x" is forbidden: pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead\n',
    ],
    [
      'a runtime class that is not there',
      meta('Pod', 'spec: {runtimeClassName: gvisor, containers: [{name: c, image: i}]}'),
      'Error from server (Forbidden): error when creating "STDIN": pods "x" is forbidden: pod rejected: RuntimeClass "gvisor" not found\n',
    ],
  ])('refuse %s', (_name, manifest, words) => {
    expect(say(manifest)).toBe(words);
  });

  it('give a pod the overhead of its runtime class', () => {
    const terminal = testTerminal();
    terminal.kubectl(
      'create -f -',
      '{apiVersion: node.k8s.io/v1, kind: RuntimeClass, metadata: {name: vm}, handler: vm, overhead: {podFixed: {cpu: 250m}}}',
    );
    terminal.kubectl('create -f -', meta('Pod', 'spec: {runtimeClassName: vm, containers: [{name: c, image: i}]}'));
    expect(terminal.kubectl('get pod x -o jsonpath={.spec.overhead.cpu}').stdout).toBe('250m');
  });

  it('give a service that only load balancers of the own node reach a port to ask for its health', () => {
    const terminal = testTerminal();
    const service = meta('Service', 'spec: {type: LoadBalancer, externalTrafficPolicy: Local, ports: [{port: 80}]}');
    terminal.kubectl('create -f -', service);
    const port = () => terminal.kubectl('get svc x -o jsonpath={.spec.healthCheckNodePort}').stdout;
    expect(Number(port())).toBeGreaterThanOrEqual(30_000);
    terminal.kubectl(`patch svc x -p '{"spec":{"externalTrafficPolicy":"Cluster"}}'`);
    expect(port()).toBe('');
  });
});

describe('what the server keeps of itself', () => {
  it('is there again ten seconds after somebody deleted it', () => {
    const { cluster, kubectl } = testTerminal();
    expect(kubectl('delete svc --all').stdout).toBe('service "kubernetes" deleted from default namespace\n');
    cluster.runUntil(cluster.nowMs + 10_000);
    expect(kubectl('get svc,ep -o name').stdout).toBe('service/kubernetes\nendpoints/kubernetes\n');
  });
});

describe('what is asked of the server itself', () => {
  const terminal = testTerminal();
  const say = (line: string) => terminal.kubectl(line);

  it.each([
    ['get --raw /readyz', 'ok'],
    ['get --raw /api/v1/namespaces/kube-public', '{"apiVersion":"v1","kind":"Namespace","metadata":{"creationTimestamp"'],
    ['get --raw /apis/batch/v1/jobs', '{"apiVersion":"batch/v1","items":[],"kind":"JobList","metadata":{"resourceVersion":'],
    ['version -o json --client', '{\n  "clientVersion": {\n    "compiler": "gc",'],
    ['config current-context', 'admin@podarium\n'],
    ['auth whoami', 'ATTRIBUTE   VALUE\nUsername    admin\n'],
  ])('%s', (line, begin) => {
    expect(say(line).stdout.slice(0, begin.length)).toBe(begin);
  });

  it.each([
    ['get --raw /apis/example.com/v1', 'Error from server (NotFound): the server could not find the requested resource\n'],
    ['create token nobody', 'error: failed to create token: serviceaccounts "nobody" not found\n'],
  ])('%s is refused', (line, words) => {
    expect(say(line)).toMatchObject({ stderr: words, exitCode: 1 });
  });
});
