// The network as a pod finds it: names, Services by their addresses and ports, and a little of what is outside.
import { describe, expect, it } from 'vitest';
import type { Node } from '../../kube/kinds/node.ts';
import { testCluster } from '../testCluster.ts';

const WORLD = `
apiVersion: v1
kind: Service
metadata: {name: museum}
spec: {type: ExternalName, externalName: info.cern.ch}
---
apiVersion: v1
kind: Service
metadata: {name: circle}
spec: {type: ExternalName, externalName: circle.default.svc.cluster.local}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {type: NodePort, selector: {app: web}, ports: [{port: 80, targetPort: 8080, nodePort: 30080}]}
---
apiVersion: v1
kind: Service
metadata: {name: loyal}
spec: {selector: {app: web}, sessionAffinity: ClientIP, externalIPs: [192.0.2.9], ports: [{port: 80, targetPort: 8080}]}
---
apiVersion: apps/v1
kind: ReplicaSet
metadata: {name: web}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "hello-app:1.0"}]}
---
apiVersion: v1
kind: Pod
metadata: {name: asker}
spec: {containers: [{name: asker, image: "busybox:1.36", command: [sleep, "3600"]}]}
`;

function asked() {
  const test = testCluster({ nodes: 1, runtime: { scripts: true } });
  test.apply(WORLD);
  test.cluster.runUntil(10_000);
  const [node] = test.cluster.api.list<Node>('Node');
  const ask = (script: string) => {
    const running = test.cluster.exec({ namespace: 'default', pod: 'asker', container: 'asker', command: ['sh', '-c', script] });
    test.cluster.runUntil(test.cluster.nowMs + 5000);
    return typeof running === 'string' ? running : running.output.map(({ text }) => text).join('');
  };
  return { ask, nodeAddress: node?.status.addresses?.[0]?.address ?? '' };
}

const hostsIn = (text: string) => [...text.matchAll(/Hostname: (\S+)/g)].map(([, host]) => host);

describe('the network of a pod', () => {
  it('knows Services by their names, and by those that stand for others', () => {
    const { ask } = asked();
    expect(ask('nslookup web | tail -n 3')).toMatch(/^Name:\tweb\.default\.svc\.cluster\.local\nAddress: 10\.96\./);
    expect(ask('nslookup museum | tail -n 4')).toMatch(
      /^museum\.default\.svc\.cluster\.local\tcanonical name = info\.cern\.ch\nName:\tinfo\.cern\.ch\nAddress: /,
    );
    expect(ask('wget -qO- museum')).toContain('home of the first website');
    expect(ask('nslookup circle')).toContain("** server can't find circle: NXDOMAIN");
  });

  it('leads to the endpoints of a Service in turn, or a client always to the same', () => {
    const { ask, nodeAddress } = asked();
    const often = (host: string) => new Set(hostsIn(ask(`for i in 1 2 3 4 5 6; do wget -qO- ${host}; done`))).size;
    expect([often('web'), often(`${nodeAddress}:30080`), often('loyal'), often('192.0.2.9')]).toEqual([3, 3, 1, 1]);
  });

  it('reaches what tutorials ask for outside, and nothing else', () => {
    const { ask } = asked();
    expect(ask('wget -qO- http://www.example.com/ | grep title')).toBe('<title>Example Domain</title>\n');
    expect(ask('wget -qO- http://example.com/none')).toBe('wget: server returned error: HTTP/1.1 404 Not Found\n');
    expect(ask('wget -qO- http://example.com:81')).toMatch(/Connection refused/);
    expect(ask('wget -qO- nobody.example.com')).toBe("wget: bad address 'nobody.example.com'\n");
  });
});
