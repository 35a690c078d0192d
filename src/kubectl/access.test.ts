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

describe('kubectl auth can-i --list', () => {
  it('tells what bindings allow, beside what everybody may', () => {
    const { kubectl } = testTerminal();
    kubectl('apply -f -', READER);
    const lines = kubectl('auth can-i --list --as=jane --no-headers').stdout.split('\n');
    expect(lines.slice(2, 5).map((line) => line.trim().split(/ {2,}/))).toEqual([
      ['selfsubjectrulesreviews.authorization.k8s.io', '[]', '[]', '[create]'],
      ['pods', '[]', '[]', '[get list]'],
      ['[/api/*]', '[]', '[get]'],
    ]);
    expect(kubectl('auth can-i --list --no-headers').stdout).toMatch(/^\*\.\* +\[\] +\[\] +\[\*\]\n/);
  });
});

describe('kubectl set subject', () => {
  it('adds whom a binding does not have yet', () => {
    const { kubectl } = testTerminal();
    kubectl('apply -f -', READER);
    expect(said(kubectl('set subject rolebinding read-pods --user=jane --group=devs'))).toBe(
      'rolebinding.rbac.authorization.k8s.io/read-pods subjects updated\n',
    );
    expect(said(kubectl("get rolebinding read-pods -o jsonpath='{.subjects[*].name}'"))).toBe('jane bot devs');
    expect(said(kubectl('set subject rolebinding read-pods --user=jane'))).toBe('error: info: rolebindings "read-pods" was not changed\n');
    expect(said(kubectl('set subject rolebinding read-pods'))).toBe(
      'error: you must specify at least one value of user, group or serviceaccount\n',
    );
  });
});

describe('a Binding', () => {
  it('gives a pod to a node in the place of a scheduler, once', () => {
    const { kubectl } = testTerminal();
    const binding = (target: string) => `apiVersion: v1\nkind: Binding\nmetadata: {name: alone}\ntarget: ${target}\n`;
    kubectl('run alone --image=nginx --overrides=\'{"spec":{"schedulerName":"nobody"}}\'');
    expect(said(kubectl('create -f -', binding('{kind: Node, name: node-2}')))).toBe('binding/alone created\n');
    expect(kubectl('get pod alone -o jsonpath={.spec.nodeName}').stdout).toBe('node-2');
    expect(said(kubectl('create -f -', binding('{name: node-1}')))).toBe(
      'Error from server (Conflict): error when creating "STDIN": pod alone is already assigned to node "node-2"\n',
    );
    expect(said(kubectl('create -f -', binding('{}')))).toContain('Binding "alone" is invalid: target.name: Required value');
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
