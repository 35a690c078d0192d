// Pods that ask for devices in a cluster without a driver, as "Allocate Devices to Workloads with DRA" has them.
import { describe, expect, it } from 'vitest';
import { testTerminal } from './testTerminal.ts';

const said = ({ stdout, stderr }: { stdout: string; stderr: string }) => stderr + stdout;
const CLASS = `apiVersion: resource.k8s.io/v1
kind: DeviceClass
metadata: {name: example-device-class}
spec: {selectors: [{cel: {expression: 'device.driver == "driver.example.com"'}}]}
`;
const TEMPLATE = `apiVersion: resource.k8s.io/v1
kind: ResourceClaimTemplate
metadata: {name: example-resource-claim-template}
spec: {spec: {devices: {requests: [{name: gpu-claim, exactly: {deviceClassName: example-device-class}}]}}}
`;
const CLAIM = `apiVersion: resource.k8s.io/v1
kind: ResourceClaim
metadata: {name: example-resource-claim}
spec: {devices: {requests: [{name: gpu, exactly: {deviceClassName: example-device-class}}]}}
`;
const pod = (claim: string) => `apiVersion: v1
kind: Pod
metadata: {name: p}
spec: {containers: [{name: c, image: busybox, resources: {claims: [{name: gpu}]}}], resourceClaims: [{name: gpu, ${claim}}]}
`;
const events = "get events --field-selector involvedObject.name=p -o jsonpath='{.items[*].message}'";

describe('pods that ask for devices', () => {
  it('wait for an allocation that no driver makes', () => {
    const { kubectl, cluster } = testTerminal();
    cluster.settle();
    kubectl('apply -f -', [CLASS, TEMPLATE, pod('resourceClaimTemplateName: example-resource-claim-template')].join('---\n'));
    cluster.settle();
    expect(said(kubectl('get pods'))).toMatch(/p +0\/1 +Pending/);
    expect(said(kubectl(events))).toBe(
      '0/2 nodes are available: 2 cannot allocate all claims. still not schedulable, preemption: 0/2 nodes are available: 2 Preemption is not helpful for scheduling.',
    );
    expect(said(kubectl("get resourceclaims -o jsonpath='{.items[*].metadata.name}'"))).toMatch(/^p-gpu-[a-z0-9]{5}$/);
    kubectl('delete pod p');
    cluster.settle();
    expect(said(kubectl('get resourceclaims'))).toBe('No resources found in default namespace.\n');
  });

  it('are not tried before their claim is there, and not placed without its class', () => {
    const { kubectl, cluster } = testTerminal();
    kubectl('apply -f -', pod('resourceClaimName: example-resource-claim'));
    cluster.settle();
    expect(said(kubectl(events))).toBe('');
    kubectl('apply -f -', CLAIM);
    cluster.settle();
    expect(said(kubectl(events))).toBe('0/2 nodes are available: request gpu: device class example-device-class does not exist. not found');
    kubectl('apply -f -', CLASS);
    cluster.settle();
    expect(said(kubectl(events))).toContain('2 cannot allocate all claims.');
  });

  it('say what their template lacks', () => {
    const { kubectl, cluster } = testTerminal();
    kubectl('apply -f -', pod('resourceClaimTemplateName: nothing'));
    cluster.settle();
    expect(said(kubectl(events))).toContain('PodResourceClaim gpu: resource claim template "nothing": ');
  });
});
