import { describe, expect, test } from 'vitest';
import { revisionHash, templateHash } from './templateHash.ts';

const template = (container: object, { metadata = {}, ...spec }: Record<string, unknown> = {}) => ({
  metadata: { labels: { app: 'web' }, ...(metadata as object) },
  spec: {
    containers: [
      {
        name: 'web',
        image: 'nginx:1.25',
        resources: {},
        terminationMessagePath: '/dev/termination-log',
        terminationMessagePolicy: 'File',
        imagePullPolicy: 'IfNotPresent',
        ...container,
      },
    ],
    restartPolicy: 'Always',
    terminationGracePeriodSeconds: 30,
    dnsPolicy: 'ClusterFirst',
    securityContext: {},
    schedulerName: 'default-scheduler',
    ...spec,
  },
});

describe('templateHash', () => {
  // Each hash was given by a real kube-controller-manager 1.36 to the same template.
  test.each([
    ['a plain template', template({}), '7cdfc8d44b'],
    ['another image', template({ image: 'nginx:1.26' }), '5f5794754f'],
    ['a decimal quantity', template({ resources: { requests: { cpu: '400m' } } }), '64989c7ccf'],
    ['a binary quantity', template({ resources: { requests: { cpu: '200m', memory: '256Mi' } } }), '579cf75bc4'],
    ['an annotation', template({}, { metadata: { annotations: { 'podarium.dev/ready-after': '4s' } } }), '66b84c7b7f'],
    ['a variable', template({ image: 'nginx:1.26', env: [{ name: 'A', value: '1' }] }), '7d6ff6f877'],
    ['a host port', template({ ports: [{ hostPort: 8080, containerPort: 80, protocol: 'TCP' }] }), '7d9b46846c'],
  ])('of %s is that of a real cluster', (_, given, hash) => {
    expect(templateHash(given)).toBe(hash);
  });

  test('differs wherever templates do, known to it or not', () => {
    const hashes = [
      template({}),
      template({}, { volumes: [{ name: 'a', emptyDir: {} }] }),
      template({}, { volumes: [{ name: 'a', emptyDir: { sizeLimit: '1Gi' } }] }),
      template({}, { volumes: [{ name: 'a', csi: { driver: 'x' } }] }),
      template({}, { volumes: [{ name: 'a', csi: { driver: 'y' } }] }),
      template({ readinessProbe: { httpGet: { port: 80 } } }),
      template({ readinessProbe: { httpGet: { port: 'http' } } }),
      template({ unheardOf: 1 }),
      template({ unheardOf: 2 }),
      template({}, { metadata: { labels: { app: '웹' } } }),
    ].map((given) => templateHash(given));
    expect(new Set(hashes).size).toBe(hashes.length);
  });

  test('is another one after a collision', () => {
    expect(templateHash(template({}), 1)).not.toBe(templateHash(template({})));
  });
});

test('the hash of a revision is that of a real cluster', () => {
  const { spec } = template({}) as { spec: object };
  const data = (image: string) => {
    const containers = [{ ...(template({ image }).spec.containers[0] as object) }];
    return { spec: { template: { $patch: 'replace', metadata: { labels: { app: 'db' } }, spec: { ...spec, containers } } } };
  };
  expect(revisionHash(data('nginx:1.25'))).toBe('5cb7d4b9d7');
  expect(revisionHash(data('nginx:1.26'))).toBe('7f7464c7cd');
});
