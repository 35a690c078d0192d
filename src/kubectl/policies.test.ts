// Admission policies as "Validating Admission Policy" and "Mutating Admission Policy" have them.
import { describe, expect, it } from 'vitest';
import { testTerminal } from './testTerminal.ts';

const said = ({ stdout, stderr }: { stdout: string; stderr: string }) => stderr + stdout;

const match = (resources = 'deployments', group = 'apps', operations = 'CREATE, UPDATE') =>
  `{resourceRules: [{apiGroups: ["${group}"], apiVersions: [v1], operations: [${operations}], resources: [${resources}]}]}`;

const policy = (spec: string, name = 'demo-policy.example.com', kind = 'ValidatingAdmissionPolicy') =>
  `apiVersion: admissionregistration.k8s.io/v1\nkind: ${kind}\nmetadata: {name: ${name}}\nspec:\n${spec.replace(/^/gm, '  ')}\n`;

const binding = (spec = 'validationActions: [Deny]', name = 'demo-binding-test.example.com', policyName = 'demo-policy.example.com') =>
  policy(`policyName: ${policyName}\n${spec}`, name, 'ValidatingAdmissionPolicyBinding');

const AT_MOST_5 = `failurePolicy: Fail\nmatchConstraints: ${match()}\nvalidations:\n- expression: "object.spec.replicas <= 5"`;

/** A terminal of a cluster with these policies and bindings. */
function withPolicies(...manifests: readonly string[]) {
  const terminal = testTerminal();
  expect(said(terminal.kubectl('apply -f -', manifests.join('---\n')))).not.toContain('rror');
  terminal.cluster.settle();
  return terminal;
}

const DENIED =
  "deployments.apps \"nginx\" is forbidden: ValidatingAdmissionPolicy 'demo-policy.example.com' with binding 'demo-binding-test.example.com' denied request: ";

describe('a ValidatingAdmissionPolicy', () => {
  it('denies what its expressions do not allow, in namespaces that its binding chooses', () => {
    const { kubectl } = withPolicies(
      policy(AT_MOST_5),
      binding('validationActions: [Deny]\nmatchResources: {namespaceSelector: {matchLabels: {environment: test}}}'),
    );
    const create = 'create deployment nginx --image=nginx --replicas=6';
    expect(said(kubectl(create))).toBe('deployment.apps/nginx created\n');
    kubectl('create namespace test');
    kubectl('label namespace test environment=test');
    const denied = kubectl(`${create} -n test`);
    expect(said(denied)).toBe(`error: failed to create deployment: ${DENIED}failed expression: object.spec.replicas <= 5\n`);
    expect(denied.exitCode).toBe(1);
    expect(said(kubectl('create deployment nginx --image=nginx --replicas=5 -n test'))).toBe('deployment.apps/nginx created\n');
    expect(said(kubectl('scale deployment nginx --replicas=7 -n test'))).toBe('deployment.apps/nginx scaled\n');
    expect(said(kubectl(`patch deployment nginx -n test -p '{"spec":{"replicas":8}}'`))).toBe(
      `The deployments "nginx" is invalid: : ${DENIED.slice(DENIED.indexOf('Validating'))}failed expression: object.spec.replicas <= 5\n`,
    );
  });

  it.each([
    ['[Warn, Audit]', 'Warning: Validation failed for ', 'created'],
    ['[Audit]', 'deployment.apps/nginx created', 'created'],
    ['[Deny]', 'error: failed to create deployment: ', 'denied request'],
  ])('acts as its binding says: %s', (actions, start, end) => {
    const { kubectl } = withPolicies(policy(AT_MOST_5), binding(`validationActions: ${actions}`));
    const answer = said(kubectl('create deployment nginx --image=nginx --replicas=6'));
    expect(answer.startsWith(start)).toBe(true);
    expect(answer).toContain(end);
  });

  it('tells its message, worked out or as it stands, and its reason', () => {
    const message = (more: string) => `${AT_MOST_5}\n  ${more}`;
    const told = (more: string, actions?: string) =>
      said(withPolicies(policy(message(more)), binding(actions)).kubectl('create -f -', DEPLOYMENT));
    expect(told(`messageExpression: "'at most 5, not ' + string(object.spec.replicas)"`)).toContain('denied request: at most 5, not 6\n');
    expect(told(`message: too many\n  messageExpression: "object.nothing"`)).toContain('denied request: too many\n');
    expect(told('message: too many\n  reason: Forbidden')).toBe(
      `Error from server (Forbidden): error when creating "STDIN": ${DENIED}too many\n`,
    );
    expect(told('reason: Unauthorized')).toContain('error: You must be logged in to the server (');
  });

  const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata: {name: nginx, labels: {app: nginx}}
spec:
  replicas: 6
  selector: {matchLabels: {app: nginx}}
  template: {metadata: {labels: {app: nginx}}, spec: {containers: [{name: nginx, image: dev.example.com/nginx}]}}
`;

  it('works with variables and the namespace', () => {
    const { kubectl } = withPolicies(
      policy(`failurePolicy: Fail
matchConstraints: ${match()}
variables:
- name: environment
  expression: "'environment' in namespaceObject.metadata.labels ? namespaceObject.metadata.labels['environment'] : 'prod'"
- name: exempt
  expression: "'exempt' in object.metadata.labels && object.metadata.labels['exempt'] == 'true'"
- name: containers
  expression: "object.spec.template.spec.containers"
- name: containersToCheck
  expression: "variables.containers.filter(c, c.image.contains('example.com/'))"
validations:
- expression: "variables.exempt || variables.containersToCheck.all(c, c.image.startsWith(variables.environment + '.'))"
  messageExpression: "'only ' + variables.environment + ' images are allowed in namespace ' + namespaceObject.metadata.name"`),
      binding(),
    );
    expect(said(kubectl('create deploy --image=dev.example.com/nginx nginx'))).toBe(
      `error: failed to create deployment: ${DENIED}only prod images are allowed in namespace default\n`,
    );
    expect(said(kubectl('create -f -', DEPLOYMENT.replace('labels: {app: nginx}}\nspec', 'labels: {exempt: "true"}}\nspec')))).toContain(
      'created',
    );
  });

  it('is asked with the objects that its binding names', () => {
    const spec = `failurePolicy: Fail\nparamKind: {apiVersion: v1, kind: ConfigMap}\nmatchConstraints: ${match()}
validations: [{expression: "object.spec.replicas <= int(params.data.max)"}]`;
    const ref = (more: string) => `validationActions: [Deny]\nparamRef: {${more}}`;
    const { kubectl } = withPolicies(policy(spec), binding(ref('name: limit, namespace: default, parameterNotFoundAction: Deny')));
    const create = 'create deployment nginx --image=nginx --replicas=6';
    expect(said(kubectl(create))).toContain(
      'denied request: failed to configure binding: no params found for policy binding with `Deny` parameterNotFoundAction\n',
    );
    kubectl('create configmap limit --from-literal=max=3');
    expect(said(kubectl(create))).toContain('failed expression: object.spec.replicas <= int(params.data.max)\n');
    kubectl(`patch configmap limit -p '{"data":{"max":"many"}}'`);
    expect(said(kubectl(create))).toContain(
      `expression 'object.spec.replicas <= int(params.data.max)' resulted in error: strconv.ParseInt: parsing "many": invalid syntax\n`,
    );
    kubectl('apply -f -', binding(ref('selector: {matchLabels: {max: "yes"}}, parameterNotFoundAction: Allow')));
    expect(said(kubectl(create))).toBe('deployment.apps/nginx created\n');
  });

  it('is skipped for requests that its conditions leave out', () => {
    const { kubectl, cluster } = withPolicies(
      policy(`failurePolicy: Fail
matchConstraints: {resourceRules: [{apiGroups: ["*"], apiVersions: ["*"], operations: [CREATE, UPDATE], resources: ["*"]}]}
matchConditions:
- name: exclude-leases
  expression: '!(request.resource.group == "coordination.k8s.io" && request.resource.resource == "leases")'
- name: exclude-kubelet-requests
  expression: '!("system:nodes" in request.userInfo.groups)'
- name: rbac
  expression: 'request.resource.group != "rbac.authorization.k8s.io"'
- name: breakglass
  expression: 'request.userInfo.username != "nobody" && authorizer.group("").resource("pods").namespace("default").check("create").allowed()'
validations:
- expression: "!object.metadata.name.contains('demo') || object.metadata.namespace == 'demo'"`),
      binding(),
    );
    expect(said(kubectl('create role demo --verb=get --resource=pods'))).toContain('created');
    expect(said(kubectl('create configmap demo'))).toContain('denied request: failed expression: !object');
    expect(said(kubectl('create configmap other'))).toContain('created');
    expect(cluster.api.list('Node')).toHaveLength(2);
  });

  it('stands in the way of controllers and of deletion, too', () => {
    const { kubectl, cluster } = withPolicies(
      policy(`failurePolicy: Fail\nmatchConstraints: ${match('pods', '', 'CREATE, DELETE')}
validations: [{expression: "request.operation == 'DELETE' ? !('keep' in oldObject.metadata.labels) : object.spec.containers.all(c, c.image != 'bad')"}]`),
      binding(),
    );
    kubectl('create deployment web --image=bad');
    cluster.settle();
    expect(said(kubectl('get events'))).toMatch(
      /FailedCreate .*Error creating: pods "web-[a-z0-9]+-[a-z0-9]+" is forbidden: ValidatingAdmissionPolicy 'demo-policy/,
    );
    kubectl('run kept --image=nginx --labels=keep=yes');
    expect(said(kubectl('delete pod kept'))).toContain('The pods "kept" is invalid: : ValidatingAdmissionPolicy');
  });

  it('may look at the scale of what is scaled', () => {
    const { kubectl } = withPolicies(
      policy(
        `failurePolicy: Fail\nmatchConstraints: ${match('deployments/scale')}\nvalidations: [{expression: "object.kind == 'Scale' && object.spec.replicas < 3"}]`,
      ),
      binding(),
    );
    kubectl('create deployment web --image=nginx');
    expect(said(kubectl('scale deployment web --replicas=3'))).toContain('denied request: failed expression: object.kind');
    expect(said(kubectl('scale deployment web --replicas=2'))).toBe('deployment.apps/web scaled\n');
    expect(said(kubectl('get deployment web --subresource=scale'))).toBe(
      'NAME   DESIRED   AVAILABLE   AGE\nweb    2         0           0s\n',
    );
    expect(said(kubectl("get deployment web --subresource=scale -o jsonpath='{.kind} {.spec} {.status.selector}'"))).toBe(
      'Scale {"replicas":2} app=web',
    );
    expect(said(kubectl('get configmap kube-root-ca.crt --subresource=scale'))).toContain('could not find the requested resource');
  });

  it('says in its status what its expressions get wrong', () => {
    const { kubectl } = withPolicies(
      policy(`matchConstraints: ${match('deployments, replicasets')}\nvalidations: [{expression: "object.replicas > 1"}]`),
    );
    expect(said(kubectl("get validatingadmissionpolicy -o jsonpath='{.items[0].status.typeChecking.expressionWarnings[0]}'"))).toBe(
      JSON.stringify({
        fieldRef: 'spec.validations[0].expression',
        warning: ['Deployment', 'ReplicaSet']
          .map((kind) => `apps/v1, Kind=${kind}: ERROR: <input>:1:7: undefined field 'replicas'\n | object.replicas > 1\n | ......^\n`)
          .join('\n'),
      })
        .replaceAll('<', '\\u003c')
        .replaceAll('>', '\\u003e'),
    );
  });

  it.each([
    ['object.spec.replicas <=', 'Syntax error: mismatched input'],
    ['params.x > 1', "undeclared reference to 'params' (in container '')"],
    ['1 + 1', 'Invalid value: "1 + 1": must evaluate to bool'],
  ])('is refused with an expression that cannot be: %s', (expression, words) => {
    const answer = said(testTerminal().kubectl('create -f -', policy(AT_MOST_5.replace('object.spec.replicas <= 5', expression))));
    expect(answer).toContain(
      'The ValidatingAdmissionPolicy "demo-policy.example.com" is invalid: spec.validations[0].expression: Invalid value',
    );
    expect(answer).toContain(words);
  });

  it('is refused with what else it may not have', () => {
    const { kubectl } = testTerminal();
    expect(said(kubectl('create -f -', policy('failurePolicy: Never\nmatchConstraints: {}')))).toBe(
      `The ValidatingAdmissionPolicy "demo-policy.example.com" is invalid: 
* spec.failurePolicy: Unsupported value: "Never": supported values: "Fail", "Ignore"
* spec.matchConstraints.resourceRules: Required value
* spec.validations: Required value: validations or auditAnnotations must contain at least one item
* spec.auditAnnotations: Required value: validations or auditAnnotations must contain at least one item
`,
    );
    expect(said(kubectl('create -f -', binding('validationActions: [Deny, Warn]')))).toContain('must not contain both Deny and Warn');
  });
});

describe('a MutatingAdmissionPolicy', () => {
  const mutating = (mutations: string, conditions = '') =>
    policy(
      `failurePolicy: Fail\nreinvocationPolicy: IfNeeded\nmatchConstraints: ${match('pods', '', 'CREATE')}\n${conditions}mutations:\n${mutations}`,
      'helpers.podarium.dev',
      'MutatingAdmissionPolicy',
    ) +
    '---\n' +
    policy('policyName: helpers.podarium.dev', 'helpers-binding', 'MutatingAdmissionPolicyBinding');

  const POD = `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  initContainers: [{name: setup, image: busybox}]
  containers: [{name: web, image: nginx}]
`;
  const names = "get pod web -o jsonpath='{.spec.initContainers[*].name} {.spec.initContainers[*].restartPolicy}'";

  it.each([
    [
      'a configuration',
      `- patchType: ApplyConfiguration
  applyConfiguration:
    expression: >
      Object{
        spec: Object.spec{
          initContainers: [
            Object.spec.initContainers{
              name: "envoy",
              image: "envoyproxy/envoy:v1.36",
              args: ["--log-level", "warn"],
              restartPolicy: "Always"
            }
          ]
        }
      }`,
      'envoy setup Always',
    ],
    [
      'a JSON patch',
      `- patchType: JSONPatch
  jsonPatch:
    expression: >
      [JSONPatch{op: "add", path: "/spec/initContainers/-",
        value: Object.spec.initContainers{name: "envoy", image: "envoy/v1.0.0", restartPolicy: "Always"}},
       JSONPatch{op: "add", path: "/metadata/annotations", value: {"a/b": jsonpatch.escapeKey("a/b")}}]`,
      'setup envoy Always',
    ],
  ])('changes pods by %s', (_by, mutation, expected) => {
    const { kubectl } = withPolicies(
      mutating(mutation, `matchConditions: [{name: not-yet, expression: '!object.spec.initContainers.exists(ic, ic.name == "envoy")'}]\n`),
    );
    expect(said(kubectl('create -f -', POD))).toBe('pod/web created\n');
    expect(said(kubectl(names)).split(' ').sort()).toEqual(expected.split(' ').sort());
    expect(said(kubectl('run plain --image=nginx'))).toBe(
      `The pods "plain" is invalid: : policy 'helpers.podarium.dev' with binding 'helpers-binding' denied request: expression '!object.spec.initContainers.exists(ic, ic.name == "envoy")' resulted in error: no such key: initContainers\n`,
    );
  });

  it.each([
    ['IfNeeded', '2'],
    ['Never', '1'],
  ])('that comes first sees what later ones have changed where reinvocationPolicy is %s', (reinvocation, count) => {
    const counting = `Object{metadata: Object.metadata{annotations: {"count": string(object.spec.containers.size())}}}`;
    const adding = 'Object{spec: Object.spec{containers: [Object.spec.containers{name: "late", image: "late"}]}}';
    const one = (name: string, expression: string, again: string) =>
      policy(
        `reinvocationPolicy: ${again}\nmatchConstraints: ${match('pods', '', 'CREATE')}\nmutations:\n- patchType: ApplyConfiguration\n  applyConfiguration:\n    expression: >-\n      ${expression}`,
        name,
        'MutatingAdmissionPolicy',
      ) +
      '---\n' +
      policy(`policyName: ${name}`, name, 'MutatingAdmissionPolicyBinding');
    const { kubectl } = withPolicies(`${one('a', counting, reinvocation)}---\n${one('b', adding, 'Never')}`);
    kubectl(
      'create -f -',
      'apiVersion: v1\nkind: LimitRange\nmetadata: {name: l}\nspec: {limits: [{type: Container, default: {cpu: 300m}}]}\n',
    );
    kubectl('create -f -', POD);
    expect(said(kubectl('get pod web -o jsonpath={.metadata.annotations.count}'))).toBe(count);
    // What a policy adds is given its defaults as what was there before.
    expect(said(kubectl("get pod web -o jsonpath='{.spec.containers[*].resources.limits.cpu}'"))).toBe('300m 300m');
  });

  it('is refused with a mutation that makes something else', () => {
    expect(said(testTerminal().kubectl('create -f -', mutating('- {patchType: JSONPatch, jsonPatch: {expression: "1"}}')))).toContain(
      'spec.mutations[0].jsonPatch.expression: Invalid value: "1": must evaluate to list(JSONPatch)',
    );
  });
});
