import { describe, expect, it } from 'vitest';
import { decode, decodeStrict } from './decode.ts';
import type { KubeObject } from './meta.ts';

const pod = (spec: unknown, more: object = {}) => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, spec, ...more }) as KubeObject;
const container = (more: object) => pod({ containers: [{ name: 'c', image: 'x', ...more }] });
const refusal = (object: KubeObject) => {
  try {
    decodeStrict(object, true);
  } catch (error) {
    return (error as Error).message;
  }
  return undefined;
};

describe('bytes', () => {
  const secret = (text: string) => ({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' }, data: { a: text } }) as KubeObject;
  it.each([
    ['!!!', 0],
    ['eA=', 3],
    ['eA=x', 3],
    ['aGVsb', 4],
  ])('says where %s is no base64', (text, at) => {
    expect(refusal(secret(text))).toBe(`Secret in version "v1" cannot be handled as a Secret: illegal base64 data at input byte ${at}`);
  });
  it.each(['', 'eA==', 'aGVsbG8=', 'aGVs\nbG8='])('takes %j', (text) => {
    expect(refusal(secret(text))).toBeUndefined();
  });
});

describe('decodeStrict', () => {
  const at = 'Pod in version "v1" cannot be handled as a Pod: ';
  const cases: readonly (readonly [name: string, object: KubeObject, message: string])[] = [
    [
      'unknown fields, by path',
      container({ port: 1, env: [{ name: 'A', vlaue: 'x' }] }),
      `${at}strict decoding error: unknown field "spec.containers[0].env[0].vlaue", unknown field "spec.containers[0].port"`,
    ],
    [
      'text for a number',
      container({ ports: [{ containerPort: '80' }] }),
      `${at}json: cannot unmarshal string into Go struct field ContainerPort.spec.containers.ports.containerPort of type int32`,
    ],
    [
      'a fraction for a number',
      container({ ports: [{ containerPort: 1.5 }] }),
      `${at}json: cannot unmarshal number 1.5 into Go struct field ContainerPort.spec.containers.ports.containerPort of type int32`,
    ],
    [
      'a number for text',
      container({ env: [{ name: 'A', value: 1 }] }),
      `${at}json: cannot unmarshal number into Go struct field EnvVar.spec.containers.env.value of type string`,
    ],
    [
      'a map for a list',
      pod({ containers: { name: 'c' } }),
      `${at}json: cannot unmarshal object into Go struct field PodSpec.spec.containers of type []v1.Container`,
    ],
    ['a list for a map', pod([]), `${at}json: cannot unmarshal array into Go struct field Pod.spec of type v1.PodSpec`],
    [
      'a text for a boolean',
      pod({ hostNetwork: 'yes' }),
      `${at}json: cannot unmarshal string into Go struct field PodSpec.spec.hostNetwork of type bool`,
    ],
    [
      'a number for a named text',
      pod({ restartPolicy: 5 }),
      `${at}json: cannot unmarshal number into Go struct field PodSpec.spec.restartPolicy of type v1.RestartPolicy`,
    ],
    [
      'no quantity',
      container({ resources: { limits: { cpu: 'lots' } } }),
      `${at}quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'`,
    ],
  ];
  it.each(cases)('refuses %s', (_name, object, message) => {
    expect(refusal(object)).toBe(message);
  });

  it('names wrong types before unknown fields, and the first in alphabetical order', () => {
    expect(refusal(pod({ zzz: 1, terminationGracePeriodSeconds: 'x', activeDeadlineSeconds: 'y' }))).toContain(
      'PodSpec.spec.activeDeadlineSeconds',
    );
  });

  it('drops unknown fields when it is not strict, and tells which', () => {
    const { object, unknownFields } = decode(pod({ containers: [], foo: 'bar' }));
    expect(object.spec).toEqual({ containers: [] });
    expect(unknownFields).toEqual(['spec.foo']);
    expect(decodeStrict(pod({ containers: [], foo: 'bar' }), false).spec).toEqual({ containers: [] });
  });
});

describe('decode', () => {
  it('drops nulls, empty values and zeros as Go does when it writes', () => {
    const given = pod({
      containers: [{ name: 'c', image: '', args: [], env: null, tty: false }],
      nodeSelector: {},
      hostNetwork: false,
      automountServiceAccountToken: false,
      securityContext: {},
    });
    expect(decode(given).object.spec).toEqual({ automountServiceAccountToken: false, containers: [{ name: 'c' }], securityContext: {} });
  });

  it('gives quantities their canonical text', () => {
    const { object } = decode(container({ resources: { requests: { cpu: 0.5, memory: '1024Mi' } } }));
    expect(object).toMatchObject({ spec: { containers: [{ resources: { requests: { cpu: '500m', memory: '1Gi' } } }] } });
  });

  it('keeps objects of other versions in the one that is stored', () => {
    const given = {
      apiVersion: 'autoscaling/v1',
      kind: 'HorizontalPodAutoscaler',
      metadata: { name: 'h' },
      spec: { maxReplicas: 3, scaleTargetRef: { kind: 'Deployment', name: 'd' }, targetCPUUtilizationPercentage: 50 },
    };
    expect(decode(given).object).toMatchObject({
      apiVersion: 'autoscaling/v2',
      spec: { metrics: [{ resource: { name: 'cpu', target: { averageUtilization: 50 } } }] },
    });
  });

  it('leaves kinds alone whose shape it does not know', () => {
    const given = { apiVersion: 'example.com/v1', kind: 'Cactus', metadata: { name: 'c' }, spec: { spines: 5 } };
    expect(decode(given)).toEqual({ object: given, unknownFields: [] });
  });
});
