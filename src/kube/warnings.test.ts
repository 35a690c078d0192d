import { describe, expect, it } from 'vitest';
import type { KubeObject } from './meta.ts';
import { warningsFor } from './warnings.ts';

const pod = (spec: object, container: object = {}, name = 'p') =>
  ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name },
    spec: { containers: [{ name: 'c', image: 'x:1', ...container }], ...spec },
  }) as KubeObject;

describe('warningsFor', () => {
  const cases: readonly (readonly [object: KubeObject, warnings: readonly string[]])[] = [
    [pod({}), []],
    [
      pod({}, {}, 'web.1'),
      [
        "metadata.name: this is used in the Pod's hostname, which can result in surprising behavior; a DNS label is recommended: [must not contain dots]",
      ],
    ],
    [
      pod(
        {},
        {
          env: [
            { name: 'A', value: '1' },
            { name: 'A', value: '2' },
          ],
        },
      ),
      ['spec.containers[0].env[1]: hides previous definition of "A", which may be dropped when using apply'],
    ],
    [
      pod({}, { ports: [{ containerPort: 80 }, { containerPort: 80, protocol: 'UDP' }, { containerPort: 80 }] }),
      ['spec.containers[0].ports[2]: duplicate port definition with spec.containers[0].ports[0]'],
    ],
    [
      pod({}, { resources: { requests: { memory: '100m' } } }),
      ['spec.containers[0].resources.requests[memory]: fractional byte value "100m" is invalid, must be an integer'],
    ],
    [
      pod({ nodeSelector: { 'beta.kubernetes.io/os': 'linux' } }),
      ['spec.nodeSelector[beta.kubernetes.io/os]: deprecated since v1.14; use "kubernetes.io/os" instead'],
    ],
    [
      pod({ terminationGracePeriodSeconds: -1 }),
      ['spec.terminationGracePeriodSeconds: must be >= 0; negative values are invalid and will be treated as 1'],
    ],
  ];
  it.each(cases)('%j', (object, warnings) => {
    expect(warningsFor(object)).toEqual(warnings);
  });

  it('looks into templates', () => {
    const template = {
      spec: { containers: [], topologySpreadConstraints: [{ maxSkew: 1, topologyKey: 'z', whenUnsatisfiable: 'DoNotSchedule' }] },
    };
    const object = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'd' }, spec: { template } } as KubeObject;
    expect(warningsFor(object)).toEqual([
      'spec.template.spec.topologySpreadConstraints[0].labelSelector: a null labelSelector results in matching no pod',
    ]);
  });
});
