import { describe, expect, it } from 'vitest';
import type { Pod, PodSpec } from '../kinds/pod.ts';
import { podKind } from '../kinds/podKind.ts';

/** The mistakes in a pod whose one container and spec have these fields. */
function mistakes(spec: object, container: object = {}): string[] {
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'p', namespace: 'default' },
    spec: { containers: [{ name: 'c', image: 'nginx:1', ...container }], ...spec } as PodSpec,
    status: {},
  } as Pod;
  const errors = podKind.validate?.((podKind.defaults?.(pod) ?? pod) as Pod) ?? [];
  return errors.map(({ field, text }) => `${field}: ${text}`);
}

const IDS = 'must be between 0 and 2147483647, inclusive';

describe('a security context', () => {
  it.each([
    ['a user', { runAsUser: -1 }, `spec.securityContext.runAsUser: Invalid value: -1: ${IDS}`],
    ['a group', { supplementalGroups: [3, -1] }, `spec.securityContext.supplementalGroups[1]: Invalid value: -1: ${IDS}`],
    [
      'a profile',
      { seccompProfile: { type: 'Foo' } },
      'spec.securityContext.seccompProfile.type: Unsupported value: "Foo": supported values: "Localhost", "RuntimeDefault", "Unconfined"',
    ],
    [
      'a local profile without a file',
      { seccompProfile: { type: 'Localhost' } },
      'spec.securityContext.seccompProfile.localhostProfile: Required value: must be set when seccomp type is Localhost',
    ],
    ['a setting twice', { sysctls: [{ name: 'a.b' }, { name: 'a.b' }] }, 'spec.securityContext.sysctls[1].name: Duplicate value: "a.b"'],
  ])('refuses %s', (_name, securityContext, line) => {
    expect(mistakes({ securityContext })).toEqual([line]);
  });

  it('refuses a privileged container that may not gain privileges, and lets a privileged one be', () => {
    const both = mistakes({}, { securityContext: { privileged: true, allowPrivilegeEscalation: false } });
    expect(both).toHaveLength(1);
    expect(both[0]).toMatch(/^spec.containers\[0\].securityContext: Invalid value: \{"Capabilities":null,"Privileged":true,/);
    expect(mistakes({}, { securityContext: { privileged: true } })).toEqual([]);
  });
});

describe('what a pod says about its network', () => {
  it('must be the port of the node in the network of the node', () => {
    const ports = [{ containerPort: 80, hostPort: 81 }];
    const line = 'spec.containers[0].ports[0].containerPort: Invalid value: 80: must match `hostPort` when `hostNetwork` is true';
    expect(mistakes({ hostNetwork: true }, { ports })).toEqual([line]);
    expect(mistakes({ hostNetwork: true }, { ports: [{ containerPort: 80 }] })).toEqual([]);
  });

  it('needs servers of its own without those of the cluster', () => {
    expect(mistakes({ dnsPolicy: 'None' })).toEqual(['spec.dnsConfig: Required value: must provide `dnsConfig` when `dnsPolicy` is None']);
    expect(mistakes({ dnsPolicy: 'None', dnsConfig: { nameservers: ['10.0.0.10'], searches: ['_tcp.example.com.'] } })).toEqual([]);
  });

  it('must be addresses and names', () => {
    expect(mistakes({ hostAliases: [{ ip: 'here', hostnames: ['a.b'] }] })).toEqual([
      'spec.hostAliases[0].ip: Invalid value: "here": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)',
    ]);
  });
});

describe('variables and files from elsewhere', () => {
  it('must say where from', () => {
    expect(mistakes({}, { envFrom: [{}, { configMapRef: { name: '' } }] })).toEqual([
      'spec.containers[0].envFrom: Invalid value: "": must specify one of: `configMapRef` or `secretRef`',
      'spec.containers[0].envFrom[1].configMapRef.name: Required value',
    ]);
  });

  it('must be told the field or the resource of a file', () => {
    const items = [{ path: 'a' }, { path: 'b', fieldRef: { fieldPath: 'spec.nodeName' } }, { path: 'c', resourceFieldRef: {} }];
    expect(mistakes({ volumes: [{ name: 'v', downwardAPI: { items } }] })).toEqual([
      'spec.volumes[0].downwardAPI: Required value: one of fieldRef and resourceFieldRef is required',
      'spec.volumes[0].downwardAPI.fieldRef.fieldPath: Unsupported value: "spec.nodeName": supported values: "metadata.annotations", "metadata.labels", "metadata.name", "metadata.namespace", "metadata.uid"',
      'spec.volumes[0].downwardAPI.resourceFieldRef.containerName: Required value',
      'spec.volumes[0].downwardAPI.resourceFieldRef.resource: Required value',
    ]);
  });

  it('must stay inside the volume', () => {
    const sources = [
      { configMap: { name: 'c', items: [{ key: 'k', path: '../b' }] } },
      { serviceAccountToken: { path: 't', expirationSeconds: 60 } },
    ];
    expect(mistakes({ volumes: [{ name: 'v', projected: { sources } }] })).toEqual([
      'spec.volumes[0].projected.sources[0].configMap.items[0].path: Invalid value: "../b": must not contain \'..\'',
      'spec.volumes[0].projected.sources[1].serviceAccountToken.expirationSeconds: Invalid value: 60: may not specify a duration less than 10 minutes',
    ]);
  });
});

describe('restart rules', () => {
  const exitCodes = { operator: 'In', values: [42] };
  it.each([
    [
      'without a policy beside them',
      { restartPolicyRules: [{ action: 'Restart', exitCodes }] },
      'restartPolicy: Required value: must specify restartPolicy when restart rules are used',
    ],
    [
      'with an action that is not known',
      { restartPolicy: 'Never', restartPolicyRules: [{ action: 'DoNotRestart', exitCodes }] },
      'restartPolicyRules[0].action: Unsupported value: "DoNotRestart": supported values: "Restart", "RestartAllContainers"',
    ],
    [
      'with an operator that is not known',
      { restartPolicy: 'Never', restartPolicyRules: [{ action: 'RestartAllContainers', exitCodes: { operator: 'Equals', values: [3] } }] },
      'restartPolicyRules[0].exitCodes.operator: Unsupported value: "Equals": supported values: "In", "NotIn"',
    ],
  ])('are refused %s', (_name, container, line) => {
    expect(mistakes({}, container)).toEqual([`spec.containers[0].${line}`]);
  });
});
