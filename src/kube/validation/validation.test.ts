import { describe, expect, it } from 'vitest';
import type { FieldError } from '../errors.ts';
import type { Deployment } from '../kinds/deployment.ts';
import { deploymentKind } from '../kinds/deploymentKind.ts';
import type { Container, Pod, PodSpec } from '../kinds/pod.ts';
import { podKind } from '../kinds/podKind.ts';
import { validateTaints } from './scheduling.ts';

const lines = (errors: readonly FieldError[] | undefined) => (errors ?? []).map(({ field, text }) => `${field}: ${text}`);

const podOf = (spec: Partial<PodSpec>, metadata: object = {}): Pod =>
  podKind.defaults?.({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'p', namespace: 'default', ...metadata },
    spec: { containers: [{ name: 'c', image: 'nginx:1' }], ...spec },
    status: {},
  }) as Pod;
const inContainer = (more: Partial<Container>, spec: Partial<PodSpec> = {}) =>
  podOf({ containers: [{ name: 'c', image: 'nginx:1', ...more }], ...spec });

describe('a pod', () => {
  it('is valid as long as nothing is wrong', () => {
    const pod = inContainer(
      {
        ports: [{ name: 'http', containerPort: 80 }],
        env: [
          { name: 'A.b', value: 'x' },
          { name: 'LABEL', valueFrom: { fieldRef: { fieldPath: "metadata.labels['app']" } } },
        ],
        resources: { limits: { 'example.com/gpu': '1' }, requests: { cpu: '100m' } },
        volumeMounts: [{ name: 'v', mountPath: '/v' }],
        readinessProbe: { httpGet: { port: 'http' } },
      },
      { volumes: [{ name: 'v' }], tolerations: [{ operator: 'Exists' }] },
    );
    expect(lines(podKind.validate?.(pod))).toEqual([]);
  });

  const cases: readonly (readonly [name: string, pod: Pod, line: string])[] = [
    ['a name with dots in it', inContainer({ name: 'a.b' }), 'spec.containers[0].name: Invalid value: "a.b": must not contain dots'],
    [
      'a long port name',
      inContainer({ ports: [{ name: 'a-very-long-port-name', containerPort: 1 }] }),
      'spec.containers[0].ports[0].name: Invalid value: "a-very-long-port-name": must be no more than 15 characters',
    ],
    ['no port', inContainer({ ports: [{ containerPort: 0 }] }), 'spec.containers[0].ports[0].containerPort: Required value'],
    [
      'a protocol',
      inContainer({ ports: [{ containerPort: 1, protocol: 'tcp' }] }),
      'spec.containers[0].ports[0].protocol: Unsupported value: "tcp": supported values: "SCTP", "TCP", "UDP"',
    ],
    [
      'a host port twice',
      inContainer({
        ports: [
          { containerPort: 1, hostPort: 9 },
          { containerPort: 2, hostPort: 9 },
        ],
      }),
      'spec.containers[0].ports[1].hostPort: Duplicate value: "TCP//9"',
    ],
    [
      'an unknown resource',
      inContainer({ resources: { requests: { cpus: '1' } } }),
      'spec.containers[0].resources.requests[cpus]: Invalid value: "cpus": must be a standard resource type or fully qualified',
    ],
    [
      'half a device',
      inContainer({ resources: { limits: { 'example.com/gpu': '500m' } } }),
      'spec.containers[0].resources.limits[example.com/gpu]: Invalid value: "500m": must be an integer',
    ],
    [
      'fewer devices than the limit',
      inContainer({ resources: { limits: { 'example.com/gpu': '2' }, requests: { 'example.com/gpu': '1' } } }),
      'spec.containers[0].resources.requests: Invalid value: "1": must be equal to example.com/gpu limit of 2',
    ],
    [
      'two sources of a variable',
      inContainer({ env: [{ name: 'A', value: 'x', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }] }),
      'spec.containers[0].env[0].valueFrom: Invalid value: "": may not be specified when `value` is not empty',
    ],
    [
      'a mount path twice',
      inContainer(
        {
          volumeMounts: [
            { name: 'v', mountPath: '/v' },
            { name: 'v', mountPath: '/v' },
          ],
        },
        { volumes: [{ name: 'v' }] },
      ),
      'spec.containers[0].volumeMounts[1].mountPath: Invalid value: "/v": must be unique',
    ],
    [
      'a probe without handler',
      inContainer({ livenessProbe: {} }),
      'spec.containers[0].livenessProbe: Required value: must specify a handler type',
    ],
    [
      'a liveness probe that must succeed twice',
      inContainer({ livenessProbe: { successThreshold: 2, tcpSocket: { port: 1 } } }),
      'spec.containers[0].livenessProbe.successThreshold: Invalid value: 2: must be 1',
    ],
    [
      'a volume of two kinds',
      podOf({ volumes: [{ name: 'v', emptyDir: {}, configMap: { name: 'c' } }] }),
      'spec.volumes[0].configMap: Forbidden: may not specify more than 1 volume type',
    ],
    ['a volume twice', podOf({ volumes: [{ name: 'v' }, { name: 'v' }] }), 'spec.volumes[1].name: Duplicate value: "v"'],
    [
      'a name of an init container taken',
      podOf({ initContainers: [{ name: 'c', image: 'x:1' }] }),
      'spec.initContainers[0].name: Duplicate value: "c"',
    ],
    [
      'a probe of an init container',
      podOf({ initContainers: [{ name: 'i', image: 'x:1', livenessProbe: { tcpSocket: { port: 1 } } }] }),
      'spec.initContainers[0].livenessProbe: Forbidden: may not be set for init containers without restartPolicy=Always',
    ],
    [
      'a negative deadline',
      podOf({ activeDeadlineSeconds: -1 }),
      'spec.activeDeadlineSeconds: Invalid value: -1: must be between 1 and 2147483647, inclusive',
    ],
    [
      'patience without NoExecute',
      podOf({ tolerations: [{ key: 'a', operator: 'Exists', tolerationSeconds: 5 }] }),
      'spec.tolerations[0].effect: Invalid value: "": effect must be \'NoExecute\' when `tolerationSeconds` is set',
    ],
    [
      'no affinity term',
      podOf({ affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [] } } } }),
      'spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms: Required value: must have at least one node selector term',
    ],
    [
      'no skew',
      podOf({ topologySpreadConstraints: [{ maxSkew: 0, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule' }] }),
      'spec.topologySpreadConstraints[0].maxSkew: Invalid value: 0: must be greater than zero',
    ],
    [
      'blanks around an image',
      inContainer({ image: ' nginx:1' }),
      'spec.containers[0].image: Invalid value: " nginx:1": must not have leading or trailing whitespace',
    ],
    [
      'a node and a gate',
      podOf({ nodeName: 'n', schedulingGates: [{ name: 'a/b' }] }),
      'spec.nodeName: Forbidden: cannot be set until all schedulingGates have been cleared',
    ],
    [
      'an odd finalizer',
      podOf({}, { finalizers: ['mine'] }),
      'metadata.finalizers[0]: Invalid value: "mine": name is neither a standard finalizer name nor is it fully qualified',
    ],
  ];
  it.each(cases)('is refused for %s', (_name, pod, line) => {
    expect(lines(podKind.validate?.(pod))[0]).toBe(line);
  });
});

describe('an update of a pod', () => {
  const old = inContainer(
    {},
    { nodeName: 'n', tolerations: [{ key: 'a', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 }] },
  );
  const update = (spec: Partial<PodSpec>, from = old) =>
    lines(podKind.validateUpdate?.({ ...from, spec: { ...from.spec, ...spec } }, from));

  it('may change images and patience, set a deadline and add tolerations', () => {
    expect(update({ containers: [{ ...(old.spec.containers[0] as Container), image: 'nginx:2' }] })).toEqual([]);
    expect(
      update({
        activeDeadlineSeconds: 5,
        tolerations: [
          { ...old.spec.tolerations?.[0], tolerationSeconds: 5 },
          { key: 'b', operator: 'Exists' },
        ],
      }),
    ).toEqual([]);
  });

  it('may not change anything else, and shows the difference', () => {
    expect(update({ restartPolicy: 'Never' })).toHaveLength(1);
    expect(update({ restartPolicy: 'Never' })[0]).toMatch(
      /^spec: Forbidden: pod updates may not change fields other than .*\n@@ -\d+,7 \+\d+,7 @@\n(.*\n)*-.*"RestartPolicy": "Always",\n\+.*"RestartPolicy": "Never",\n/,
    );
  });

  it('may not add containers, lengthen a deadline or drop tolerations', () => {
    expect(update({ containers: [...old.spec.containers, { name: 'd', image: 'x:1' }] })).toContain(
      'spec.containers: Forbidden: pod updates may not add or remove containers',
    );
    const limited = { ...old, spec: { ...old.spec, activeDeadlineSeconds: 10 } };
    expect(update({ activeDeadlineSeconds: 20 }, limited)).toEqual([
      'spec.activeDeadlineSeconds: Invalid value: 20: must be less than or equal to previous value',
    ]);
    expect(update({ tolerations: [] })).toEqual([
      'spec.tolerations: Forbidden: existing toleration can not be modified except its tolerationSeconds',
    ]);
  });

  it('may take gates away and narrow a gated pod down', () => {
    const gated = {
      ...old,
      spec: { ...old.spec, nodeName: undefined, schedulingGates: [{ name: 'a/b' }], nodeSelector: { x: 'y' } },
    } as unknown as Pod;
    expect(update({ schedulingGates: [] }, gated)).toEqual([]);
    expect(update({ nodeSelector: { x: 'y', more: 'z' } }, gated)).toEqual([]);
    expect(update({ nodeSelector: {} }, gated)).toEqual([
      'spec.nodeSelector: Invalid value: {}: only additions to spec.nodeSelector are allowed (no mutations or deletions)',
    ]);
  });
});

describe('a deployment', () => {
  const deploymentOf = (spec: object): Deployment =>
    deploymentKind.defaults?.({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'd', namespace: 'default' },
      spec: {
        selector: { matchLabels: { a: 'b' } },
        template: { metadata: { labels: { a: 'b' } }, spec: { containers: [{ name: 'c', image: 'x:1' }] } },
        ...spec,
      },
      status: {},
    } as unknown as Deployment) as Deployment;
  const rolling = (rollingUpdate: object) => deploymentOf({ strategy: { type: 'RollingUpdate', rollingUpdate } });

  const cases: readonly (readonly [name: string, deployment: Deployment, lines: readonly string[]])[] = [
    ['nothing', deploymentOf({}), []],
    [
      'no surge and none unavailable',
      rolling({ maxSurge: 0, maxUnavailable: '0%' }),
      ['spec.strategy.rollingUpdate.maxUnavailable: Invalid value: "0%": may not be 0 when `maxSurge` is 0'],
    ],
    [
      'more than all',
      rolling({ maxUnavailable: '101%' }),
      ['spec.strategy.rollingUpdate.maxUnavailable: Invalid value: "101%": must not be greater than 100%'],
    ],
    [
      'a bad percentage',
      rolling({ maxSurge: 'x' }),
      [
        "spec.strategy.rollingUpdate.maxSurge: Invalid value: \"x\": a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')",
      ],
    ],
    [
      'no template',
      deploymentOf({ template: undefined }),
      [
        'spec.template.metadata.labels: Invalid value: null: `selector` does not match template `labels`',
        'spec.template.spec.containers: Required value',
      ],
    ],
    [
      'an unknown operator',
      deploymentOf({ selector: { matchExpressions: [{ key: 'a', operator: 'Has' }] } }),
      [
        'spec.selector.matchExpressions[0].operator: Invalid value: "Has": not a valid selector operator',
        'spec.selector: Invalid value: {"matchExpressions":[{"key":"a","operator":"Has"}]}: invalid label selector',
      ],
    ],
  ];
  it.each(cases)('is told of %s', (_name, deployment, expected) => {
    expect(lines(deploymentKind.validate?.(deployment))).toEqual(expected);
  });
});

describe('taints', () => {
  it('are told apart by key and effect', () => {
    const taint = { key: 'a', effect: 'NoSchedule' as const };
    expect(lines(validateTaints([taint, { ...taint, value: 'b' }], 'spec.taints'))).toEqual([
      'spec.taints[1]: Duplicate value: {"Key":"a","Value":"b","Effect":"NoSchedule","TimeAdded":null}: taints must be unique by key and effect pair',
    ]);
  });
});
