// What is served without being stored: questions about rights, leases of nodes, the state of the control plane.
import { describe, expect, it } from 'vitest';
import { testTerminal } from './testTerminal.ts';

const said = ({ stdout, stderr }: { stdout: string; stderr: string }) => stdout + stderr;
const READER = `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: pod-reader}
rules: [{apiGroups: [""], resources: [pods], verbs: [get, list]}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: read-pods}
subjects: [{kind: User, name: jane, apiGroup: rbac.authorization.k8s.io}, {kind: ServiceAccount, name: bot}]
roleRef: {kind: Role, name: pod-reader, apiGroup: rbac.authorization.k8s.io}
`;

describe('kubectl auth can-i', () => {
  it.each([
    ['create deployments', 'yes\n'],
    ['get /healthz', 'yes\n'],
    ['get nodes', "Warning: resource 'nodes' is not namespace scoped\n\nyes\n"],
    ['list pods --as=jane', 'yes\n'],
    ['delete pods --as=jane', 'no\n'],
    ['list pods --as=jane -n kube-system', 'no\n'],
    ['get pods --subresource=log --as=jane', 'no\n'],
    ['list pods --as=system:serviceaccount:default:bot', 'yes\n'],
    ['list pods --as=system:serviceaccount:kube-system:bot', 'no\n'],
  ])('%s', (question, answer) => {
    const { kubectl } = testTerminal();
    kubectl('apply -f -', READER);
    const { stdout, stderr, exitCode } = kubectl(`auth can-i ${question}`);
    expect([stderr + stdout, exitCode]).toEqual([answer, answer === 'no\n' ? 1 : 0]);
  });
});

describe('what is asked of the server', () => {
  it('is answered and not kept', () => {
    const { kubectl } = testTerminal();
    kubectl('apply -f -', READER);
    const review = `apiVersion: authorization.k8s.io/v1
kind: SubjectAccessReview
spec: {user: jane, resourceAttributes: {verb: list, resource: pods, namespace: default}}
`;
    expect(said(kubectl("create -f - -o jsonpath='{.status}'", review))).toBe(
      '{"allowed":true,"reason":"RBAC: allowed by RoleBinding \\"read-pods/default\\" of Role \\"pod-reader\\" to User \\"jane\\""}',
    );
    expect(said(kubectl('create -f -', review))).toBe('subjectaccessreview.authorization.k8s.io/<unknown> created\n');
    expect(said(kubectl("create -f - -o jsonpath='{.status}'", 'apiVersion: authorization.k8s.io/v1\nkind: SubjectAccessReview\n'))).toBe(
      '{"allowed":false}',
    );
    expect(said(kubectl('get subjectaccessreviews'))).toBe(
      'Error from server (MethodNotAllowed): the server does not allow this method on the requested resource\n',
    );
  });
});

describe('what follows from the cluster', () => {
  it('is read like any object', () => {
    const { kubectl } = testTerminal();
    expect(said(kubectl('get cs etcd-0'))).toBe(
      'NAME     STATUS    MESSAGE   ERROR\netcd-0   Healthy   ok        \nWarning: v1 ComponentStatus is deprecated in v1.19+\n',
    );
    expect(said(kubectl('get lease -n kube-node-lease'))).toBe('NAME     HOLDER   AGE\nnode-1   node-1   0s\nnode-2   node-2   0s\n');
  });
});
