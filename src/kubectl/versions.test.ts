// Kinds and objects that have more than one name: one kind in two groups or versions, and two kinds with one name.
import { describe, expect, it } from 'vitest';
import { builtInKinds } from '../kube/kinds/builtIn.ts';
import { tableOf } from '../kube/meta.ts';
import { testTerminal } from './testTerminal.ts';

const said = ({ stdout, stderr }: { readonly stdout: string; readonly stderr: string }): string => `${stdout}${stderr}`.trim();

const definition = (group: string, kind: string, plural: string) => `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: ${plural}.${group}}
spec:
  group: ${group}
  scope: Namespaced
  names: {plural: ${plural}, singular: ${kind.toLowerCase()}, kind: ${kind}, shortNames: [short]}
  versions:
  - {name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}}
  - {name: v1beta1, served: true, storage: false, schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}}
`;
const object = (apiVersion: string, kind: string) => `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: x}\n`;

it('built-in kinds are kept under their own names', () => {
  for (const kind of builtInKinds.kept) expect(tableOf(kind)).toBe(kind.kind);
  expect(tableOf({ apiVersion: 'gateway.networking.k8s.io/v1', kind: 'Gateway' })).toBe('Gateway.gateway.networking.k8s.io');
});

describe('two kinds of one name', () => {
  const { kubectl, cluster } = testTerminal();
  kubectl('create -f -', definition('b.example.com', 'Backup', 'backups'));
  kubectl('create -f -', definition('a.example.com', 'Backup', 'backups'));
  kubectl('create -f -', definition('apps.example.com', 'Deployment', 'deployments'));
  cluster.settle();
  kubectl('create -f -', object('a.example.com/v1', 'Backup'));
  kubectl('create -f -', object('b.example.com/v1', 'Backup'));
  kubectl('create -f -', object('apps.example.com/v1', 'Deployment'));

  it.each([
    ['get backup x -o name', 'backup.a.example.com/x'],
    ['get backups.b.example.com -o name', 'backup.b.example.com/x'],
    ['get backup.v1.b.example.com x -o name', 'backup.b.example.com/x'],
    ['get backups.v1beta1.b.example.com x -o jsonpath={.apiVersion}', 'b.example.com/v1beta1'],
    ['get deployments', 'No resources found in default namespace.'],
    ['get deployments.apps.ex -o name', 'deployment.apps.example.com/x'],
    ['rollout status deployments.apps.example.com/x', 'error: no status viewer has been implemented for Deployment.apps.example.com'],
  ])('%s', (line, text) => expect(said(kubectl(line))).toBe(text));

  it('a short name of both is warned of', () => {
    expect(kubectl('get short -o name')).toEqual({
      stdout: 'backup.a.example.com/x\n',
      stderr:
        'Warning: short name "short" could also match lower priority resource deployments.apps.example.com\n' +
        'Warning: short name "short" could also match lower priority resource backups.b.example.com\n',
      exitCode: 0,
    });
  });

  it('what belongs to one of them goes with that one', () => {
    const uid = said(kubectl('get backups.b.example.com x -o jsonpath={.metadata.uid}'));
    const owner = `{apiVersion: b.example.com/v1, kind: Backup, name: x, uid: ${uid}}`;
    kubectl('create -f -', `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: owned, ownerReferences: [${owner}]}\n`);
    kubectl('delete backups.a.example.com x');
    cluster.settle();
    expect(said(kubectl('get cm owned -o name'))).toBe('configmap/owned');
    kubectl('delete backups.b.example.com x');
    cluster.settle();
    expect(said(kubectl('get cm owned -o name --ignore-not-found'))).toBe('');
  });
});

describe('one kind in two versions', () => {
  const { kubectl, cluster } = testTerminal();

  it('an Event is told by both groups in their own words', () => {
    const event = `apiVersion: events.k8s.io/v1
kind: Event
metadata: {name: x}
eventTime: "2026-01-01T00:00:05.000000Z"
reportingController: example.com/me
reportingInstance: me-1
action: Look
reason: Looked
type: Normal
note: hello
regarding: {kind: Pod, name: a, namespace: default}
`;
    expect(said(kubectl('apply -f -', event))).toBe('event.events.k8s.io/x created');
    expect(said(kubectl('apply -f -', event))).toBe('event.events.k8s.io/x unchanged');
    expect(said(kubectl("get events x -o jsonpath='{.message} {.involvedObject.name} {.source}'"))).toBe('hello a {}');
    expect(said(kubectl("get events.events.k8s.io x -o jsonpath='{.note} {.regarding.name} {.message}'"))).toBe('hello a');
    expect(said(kubectl('apply -f -', event.replace('hello', 'bye')))).toBe(
      'The Event "x" is invalid: message: Invalid value: "bye": field is immutable',
    );
    expect(said(kubectl('apply -f -', object('events.k8s.io/v1', 'Event').replace('name: x', 'name: z')))).toBe(
      'The Event "z" is invalid: \n* eventTime: Required value\n* type: Invalid value: "": has invalid value:',
    );
  });

  it('an autoscaler of the older version is applied again in its own shape', () => {
    const autoscaler = (percent: number) => `apiVersion: autoscaling/v1
kind: HorizontalPodAutoscaler
metadata: {name: x}
spec: {maxReplicas: 10, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: x}, targetCPUUtilizationPercentage: ${percent}}
`;
    kubectl('apply -f -', autoscaler(50));
    expect(said(kubectl('apply -f -', autoscaler(60)))).toBe('horizontalpodautoscaler.autoscaling/x configured');
    expect(said(kubectl('get hpa x -o jsonpath={.spec.metrics[0].resource.target.averageUtilization}'))).toBe('60');
    kubectl(`patch hpa x --type=merge -p '{"spec":{"behavior":{"scaleDown":{"selectPolicy":"Disabled"}}}}'`);
    expect(said(kubectl('apply -f -', autoscaler(70)))).toBe('horizontalpodautoscaler.autoscaling/x configured');
    expect(said(kubectl("get hpa x -o jsonpath='{.spec.behavior.scaleDown.selectPolicy}'"))).toBe('Disabled');
    cluster.settle();
    expect(said(kubectl('get hpa.v1.autoscaling x -o jsonpath={.spec}'))).toContain('"targetCPUUtilizationPercentage":70');
  });
});
