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
