import { describe, expect, it } from 'vitest';
import type { Pod, PodTemplateSpec } from '../../kube/kinds/pod.ts';
import { compareCookie } from './compare.ts';

const template = (image: string, extra: object = {}): PodTemplateSpec => ({
  metadata: { labels: { app: 'web' } },
  spec: {
    containers: [{ name: 'web', image, ports: [{ containerPort: 80, protocol: 'TCP' }], imagePullPolicy: 'IfNotPresent', ...extra }],
    restartPolicy: 'Always',
    dnsPolicy: 'ClusterFirst',
  },
});

const cookie = (from: PodTemplateSpec): Pod => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web-x7k2p', namespace: 'default', labels: { ...from.metadata?.labels, 'pod-template-hash': 'abc' } },
  spec: {
    ...from.spec,
    nodeName: 'node-a',
    tolerations: [{ key: 'node.kubernetes.io/not-ready', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 }],
    volumes: [{ name: 'kube-api-access-x2x4z', projected: {} }],
  },
  status: { podIP: '10.244.1.7' },
});

const shown = (comparison: ReturnType<typeof compareCookie>) =>
  comparison.lines.map(({ cutter, cookie: own, isDifferent }) =>
    `${(cutter ?? '').padEnd(28)}${isDifferent ? '≠' : ' '} ${own ?? ''}`.trimEnd(),
  );

describe('compareCookie', () => {
  it('finds nothing between a cookie and the cutter it was cut from', () => {
    const comparison = compareCookie(template('nginx:1.25'), cookie(template('nginx:1.25')));
    expect(comparison.differences).toBe(0);
    expect(comparison.beyondCutter).toEqual(['nodeName: node-a', 'podIP: 10.244.1.7', 'pod-template-hash: abc']);
  });

  it('sets changed and added fields side by side', () => {
    const now = template('nginx:1.27', { readinessProbe: { httpGet: { path: '/ready', port: 80 } } });
    expect(shown(compareCookie(now, cookie(template('nginx:1.25'))))).toMatchInlineSnapshot(`
      [
        "metadata:                     metadata:",
        "  labels:                       labels:",
        "    app: web                      app: web",
        "spec:                         spec:",
        "  containers:                   containers:",
        "  - name: web                   - name: web",
        "    image: nginx:1.27       ≠     image: nginx:1.25",
        "    ports:                        ports:",
        "    - containerPort: 80           - containerPort: 80",
        "    readinessProbe:         ≠",
        "      httpGet:              ≠",
        "        path: /ready        ≠",
        "        port: 80            ≠",
      ]
    `);
  });

  it('says nothing of what kubectl keeps for itself', () => {
    const made = cookie(template('nginx:1.25'));
    const annotations = { 'kubectl.kubernetes.io/last-applied-configuration': '{}' };
    expect(compareCookie(template('nginx:1.25'), { ...made, metadata: { ...made.metadata, annotations } }).differences).toBe(0);
  });

  it('keeps a container that only the cookie has', () => {
    const old = template('nginx:1.25');
    const two = { ...old, spec: { ...old.spec, containers: [...old.spec.containers, { name: 'sidecar', image: 'busybox' }] } };
    const lines = compareCookie(old, cookie(two)).lines.filter((line) => line.isDifferent);
    expect(lines.map((line) => [line.cutter, line.cookie])).toEqual([
      [undefined, '  - name: sidecar'],
      [undefined, '    image: busybox'],
    ]);
  });

  it('shows a pod without an owner as the cookie alone', () => {
    const { lines } = compareCookie(undefined, cookie(template('nginx:1.25')));
    expect(lines.every((line) => line.cutter === undefined && line.cookie !== undefined)).toBe(true);
  });
});
