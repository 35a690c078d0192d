import { describe, expect, it } from 'vitest';
import { builtInKinds } from '../kinds/builtIn.ts';
import type { KubeObject } from '../meta.ts';

const template = { metadata: { labels: { a: 'b' } }, spec: { containers: [{ name: 'c', image: 'x:1' }] } };

function told(kindName: string, fields: object, old?: object): string[] {
  const kind = builtInKinds.find(kindName);
  if (!kind) throw new Error(kindName);
  const objectOf = (more: object) => {
    const object = {
      apiVersion: kind.apiVersion,
      kind: kindName,
      metadata: { name: 'o', ...(kind.namespaced ? { namespace: 'default' } : {}) },
      ...more,
    } as KubeObject;
    return kind.defaults?.(object) ?? object;
  };
  const errors = old === undefined ? kind.validate?.(objectOf(fields)) : kind.validateUpdate?.(objectOf(fields), objectOf(old));
  return (errors ?? []).map(({ field, text }) => `${field}: ${text}`);
}

const owner = (more: object) => ({ spec: { selector: { matchLabels: { a: 'b' } }, template, ...more } });

const webhook = (more: object) => ({
  webhooks: [
    {
      name: 'a.example.com',
      sideEffects: 'None',
      admissionReviewVersions: ['v1'],
      clientConfig: { service: { name: 's', namespace: 'n' } },
      rules: [{ operations: ['CREATE'], apiGroups: ['apps'], apiVersions: ['*'], resources: ['deployments'] }],
      ...more,
    },
  ],
});

const ingress = (path: object) => ({ spec: { rules: [{ http: { paths: [path] } }] } });

describe('kinds that are kept and not simulated', () => {
  const cases: readonly (readonly [kind: string, fields: object, line: string | undefined])[] = [
    ['StatefulSet', owner({}), undefined],
    [
      'StatefulSet',
      owner({ podManagementPolicy: 'Random' }),
      "spec.podManagementPolicy: Invalid value: \"Random\": must be 'OrderedReady' or 'Parallel'",
    ],
    [
      'StatefulSet',
      owner({ updateStrategy: { type: 'Recreate' } }),
      'spec.updateStrategy: Invalid value: {"Type":"Recreate","RollingUpdate":null}: must be \'RollingUpdate\' or \'OnDelete\'',
    ],
    ['DaemonSet', owner({}), undefined],
    ['PodTemplate', { template }, undefined],
    ['RuntimeClass', { handler: 'gvisor' }, undefined],
    ['ServiceCIDR', { spec: {} }, 'spec.cidrs: Required value: at least one CIDR required'],
    ['MutatingWebhookConfiguration', webhook({}), undefined],
    [
      'ValidatingWebhookConfiguration',
      webhook({ name: 'a.b' }),
      'webhooks[0].name: Invalid value: "a.b": should be a domain with at least three segments separated by dots',
    ],
    [
      'ValidatingWebhookConfiguration',
      webhook({ sideEffects: undefined }),
      'webhooks[0].sideEffects: Required value: must specify one of None, NoneOnDryRun',
    ],
    [
      'ValidatingWebhookConfiguration',
      webhook({ clientConfig: {} }),
      'webhooks[0].clientConfig: Required value: exactly one of url or service is required',
    ],
    [
      'ValidatingWebhookConfiguration',
      webhook({ admissionReviewVersions: [] }),
      'webhooks[0].admissionReviewVersions: Required value: must specify one of v1, v1beta1',
    ],
    [
      'DaemonSet',
      owner({ updateStrategy: { rollingUpdate: { maxSurge: 1 } } }),
      'spec.updateStrategy.rollingUpdate.maxSurge: Invalid value: 1: may not be set when maxUnavailable is non-zero',
    ],
    [
      'DaemonSet',
      owner({ updateStrategy: { rollingUpdate: { maxUnavailable: 0, maxSurge: '101%' } } }),
      'spec.updateStrategy.rollingUpdate.maxSurge: Invalid value: "101%": must not be greater than 100%',
    ],
    [
      'DaemonSet',
      { spec: { template } },
      'spec.template.metadata.labels: Invalid value: {"a":"b"}: `selector` does not match template `labels`',
    ],
    ['Service', { spec: { ports: [{ port: 80 }] } }, undefined],
    ['Service', { spec: {} }, 'spec.ports: Required value'],
    ['Service', { spec: { clusterIP: 'None' } }, undefined],
    ['Service', { spec: { ports: [{ port: 80 }, { port: 81 }] } }, 'spec.ports[0].name: Required value'],
    ['Ingress', { spec: {} }, 'spec: Invalid value: []: either `defaultBackend` or `rules` must be specified'],
    ['Ingress', ingress({ path: '/', pathType: 'Prefix', backend: { service: { name: 'a', port: { number: 80 } } } }), undefined],
    ['Ingress', ingress({ path: '/', backend: {} }), 'spec.rules[0].http.paths[0].pathType: Required value: pathType must be specified'],
    [
      'Ingress',
      ingress({ path: 'a', pathType: 'Exact', backend: { resource: { kind: 'b', name: 'c' } } }),
      'spec.rules[0].http.paths[0].path: Invalid value: "a": must be an absolute path',
    ],
    [
      'NetworkPolicy',
      { spec: { podSelector: {}, ingress: [{ from: [{}] }] } },
      'spec.ingress[0].from[0]: Required value: must specify a peer',
    ],
    [
      'NetworkPolicy',
      { spec: { egress: [{ to: [{ ipBlock: { cidr: '10.0.0.0/24', except: ['10.0.1.0/25'] } }] }] } },
      'spec.egress[0].to[0].ipBlock.except[0]: Invalid value: "10.0.1.0/25": must be a strict subset of `cidr`',
    ],
    [
      'NetworkPolicy',
      { spec: { egress: [{ ports: [{ port: 80, endPort: 79 }] }] } },
      'spec.egress[0].ports[0].endPort: Invalid value: 79: must be greater than or equal to `port`',
    ],
    ['Role', { rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }] }, undefined],
    [
      'Role',
      { rules: [{ apiGroups: [''], resources: ['pods'] }] },
      'rules[0].verbs: Required value: verbs must contain at least one value',
    ],
    ['ClusterRole', { rules: [{ nonResourceURLs: ['/x'], verbs: ['get'] }] }, undefined],
    [
      'RoleBinding',
      { roleRef: { kind: 'Rolle', name: 'a' } },
      'roleRef.kind: Unsupported value: "Rolle": supported values: "Role", "ClusterRole"',
    ],
    ['PriorityClass', { value: 2_000_000_000 }, 'value: Forbidden: maximum allowed value of a user defined priority is 1000000000'],
  ];
  it.each(cases)('%s %j', (kind, fields, line) => {
    expect(told(kind, fields)[0]).toBe(line);
  });

  it('keep what may not change', () => {
    expect(told('StatefulSet', owner({ replicas: 5 }), owner({}))).toEqual([]);
    expect(told('StatefulSet', owner({ serviceName: 'x' }), owner({}))).toEqual([
      "spec: Forbidden: updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden",
    ]);
    expect(told('PriorityClass', { value: 2 }, { value: 1 })).toEqual(['value: Forbidden: may not be changed in an update.']);
  });

  it('keep the texts of a Secret as base64', () => {
    const object = {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 's' },
      stringData: { a: 'x', b: 'hé', c: 'abc', d: '' },
    } as KubeObject;
    expect(builtInKinds.find('Secret')?.defaults?.(object)).toMatchObject({
      type: 'Opaque',
      data: { a: 'eA==', b: 'aMOp', c: 'YWJj', d: '' },
    });
  });
});
