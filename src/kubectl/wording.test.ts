// What kubectl says in the corners: wrong uses, names that are not there, kinds that few describe.
import { describe, expect, it } from 'vitest';
import { testTerminal } from './testTerminal.ts';

const WEB = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "nginx:1.25", env: [{name: A, value: one}]}]}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: cfg}
data: {key: value}
`;

function withWeb() {
  const terminal = testTerminal();
  terminal.kubectl('create -f -', WEB);
  terminal.cluster.settle();
  return terminal;
}

/** All that a line prints, and its exit code where it is not 0. */
function say({ kubectl }: ReturnType<typeof testTerminal>, line: string, stdin?: string): string {
  const { stdout, stderr, exitCode } = kubectl(line, stdin);
  return `${stdout}${stderr}${exitCode === 0 ? '' : `exit ${exitCode}`}`;
}

describe('the words of one command', () => {
  it.each([
    // A namespace that is not there is named before what was looked for in it.
    ['get pod x -n nowhere', 'Error from server (NotFound): namespaces "nowhere" not found\nexit 1'],
    ['describe deploy x -n nowhere', 'Error from server (NotFound): namespaces "nowhere" not found\nexit 1'],
    ['get pod x', 'Error from server (NotFound): pods "x" not found\nexit 1'],
    ['set env deploy/web --list', '# Deployment web, container web\nA=one\n'],
    ['set env deploy/web --from=configmap/cfg', 'deployment.apps/web env updated\nWarning: key key transferred to KEY\n'],
    ['set env deploy/web -c side B=2', 'Warning: Deployment/web does not have any containers matching "side"\n'],
    ['patch deploy web --subresource=scale --type=merge -p \'{"spec":{"replicas":3}}\'', 'scale.autoscaling/web patched\n'],
    ['patch deploy web --dry-run=server -p \'{"spec":{"replicas":3}}\'', 'deployment.apps/web patched\n'],
    ['delete --all', 'error: at least one resource must be specified to use a selector\nexit 1'],
    [
      'delete cm cfg --cascade=true --dry-run=client',
      'configmap "cfg" deleted (dry run) from default namespace\nwarning: --cascade=true is deprecated (boolean value) and can be replaced with --cascade=background.\n',
    ],
    ['taint pods x a=b:NoSchedule', 'error: invalid resource type pods, only node types are supported\nexit 1'],
    ['replace', 'error: must specify one of -f and -k\nexit 1'],
    ['rollout history rs/x', 'Error from server (NotFound): replicasets.apps "x" not found\nexit 1'],
    ['rollout history svc/kubernetes', 'error: error retrieving history for "Service", no visitor method exists for { Service}\nexit 1'],
    [
      'run x --image=nginx --expose',
      "error: --port must be set when exposing a service\nSee 'kubectl run -h' for help and examples\nexit 1",
    ],
    [
      'create configmap c --from-literal=a=1 --from-literal=a=2',
      'error: cannot add key "a", another key by that name already exists in Data for ConfigMap "c"\nexit 1',
    ],
    ['create configmap c --from-file=k=/etc/x', 'error: error reading /etc/x: no such file or directory\nexit 1'],
  ])('%s', (line, words) => {
    expect(say(withWeb(), line)).toBe(words);
  });

  it('names no kind before an object that is alone on the screen', () => {
    const lines = withWeb().kubectl('get deploy/web deploy/nope svc/nope').stdout.split('\n');
    expect(lines[1]).toMatch(/^web /);
  });

  it('ends a group of verbs without one of them with 1, after its help', () => {
    const { stderr, exitCode } = testTerminal().kubectl('rollout');
    expect(stderr).toContain('Usage:\n  kubectl rollout SUBCOMMAND [options]\n');
    expect(exitCode).toBe(1);
    expect(testTerminal().kubectl('rollout --help').exitCode).toBe(0);
  });

  it('keeps the command as the cause of a change with --record', () => {
    const terminal = withWeb();
    expect(say(terminal, 'set image deploy/web web=nginx:1.26 --record')).toBe(
      'deployment.apps/web image updated\nFlag --record has been deprecated, --record will be removed in the future\n',
    );
    terminal.cluster.settle();
    expect(terminal.kubectl('rollout history deploy/web').stdout).toMatch(
      /^2 +kubectl set image deploy\/web web=nginx:1.26 --record=true$/m,
    );
  });

  it('prints the ReplicaSet of a revision', () => {
    const { stdout } = withWeb().kubectl('rollout history deploy/web --revision=1 -o yaml');
    expect(stdout).toMatch(/^kind: ReplicaSet$/m);
  });
});

describe('what is told of one object', () => {
  const described = (kind: string, manifest: string): string => {
    const terminal = testTerminal();
    terminal.kubectl('apply -f -', manifest);
    terminal.cluster.settle();
    return terminal.kubectl(`describe ${kind} x`).stdout;
  };

  it('says what the scopes of a quota mean', () => {
    const quota = 'apiVersion: v1\nkind: ResourceQuota\nmetadata: {name: x}\nspec: {hard: {pods: "1"}, scopes: [BestEffort]}';
    expect(described('quota', quota)).toContain(
      'Scopes:     BestEffort\n * Matches all pods that do not have resource requirements set. These pods have a best effort quality of service.\n',
    );
  });

  it('tells the pull secrets of an account', () => {
    const account = 'apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: x}\nimagePullSecrets: [{name: one}, {name: two}]';
    expect(described('sa', account)).toMatch(/^Image pull secrets: {2}one\n {21}two\nEvents: +<none>$/m);
  });

  it('breaks the rules of a role down', () => {
    const role = `
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: x}
rules:
- {apiGroups: ["", apps], resources: [pods, deployments/scale], verbs: [get, list]}
- {apiGroups: [""], resources: [pods], verbs: [watch]}
- {apiGroups: [""], resources: [secrets], resourceNames: [a], verbs: ["*"]}`;
    expect(described('role', role).split('\n').slice(6)).toEqual([
      '  secrets                 []                 [a]             [*]',
      '  pods                    []                 []              [get list watch]',
      '  deployments/scale       []                 []              [get list]',
      '  deployments.apps/scale  []                 []              [get list]',
      '  pods.apps               []                 []              [get list]',
      '',
    ]);
  });

  it('tells what a policy lets through', () => {
    const policy = `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: x}
spec:
  podSelector: {}
  policyTypes: [Ingress]
  ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8}}], ports: [{port: 80}, {port: 90, endPort: 99}]}]`;
    const { length } = 'Spec:\n';
    const text = described('netpol', policy);
    expect(
      text.slice(text.indexOf('Spec:') + length),
    ).toBe(`  PodSelector:  <none> (Allowing the specific traffic to all pods in this namespace)
  Allowing ingress traffic:
    To Port: 80/TCP
    To Port Range: 90-99/TCP
    From:
      IPBlock:
        CIDR: 10.0.0.0/8
        Except: 
  Not affecting egress traffic
  Policy Types: Ingress
`);
  });

  it('tells the backends of an ingress', () => {
    const ingress = `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: x}
spec:
  rules: [{host: a.com, http: {paths: [{path: /y, pathType: Exact, backend: {service: {name: nope, port: {number: 80}}}}]}}]`;
    expect(described('ingress', ingress)).toContain('/y   nope:80 (<error: services "nope" not found>)');
  });
});

describe('explain', () => {
  it('tells what a kind and its fields are for, and which must be given', () => {
    const { stdout } = testTerminal().kubectl('explain deploy.spec');
    expect(stdout).toContain(`GROUP:      apps
KIND:       Deployment
VERSION:    v1

FIELD: spec <DeploymentSpec>


DESCRIPTION:
    DeploymentSpec is the specification of the desired behavior of the
    Deployment.
    
FIELDS:
  minReadySeconds\t<integer>
    Minimum number of seconds for which a newly created pod should be ready
    without any of its container crashing, for it to be considered available.
    Defaults to 0 (pod will be considered available as soon as it is ready)

`);
    expect(stdout).toContain('  selector\t<LabelSelector> -required-\n');
  });

  it('lists names and types alone with --recursive', () => {
    const lines = testTerminal().kubectl('explain pvc.spec.dataSourceRef --recursive').stdout.split('\n');
    expect(lines.slice(lines.indexOf('FIELDS:'))).toEqual([
      'FIELDS:',
      '  apiGroup\t<string>',
      '  kind\t<string> -required-',
      '  name\t<string> -required-',
      '  namespace\t<string>',
      '',
      '',
    ]);
  });

  it('names the kind before a field that it has not', () => {
    expect(say(testTerminal(), 'explain pod.nope')).toBe('KIND:       Pod\nVERSION:    v1\n\nerror: field "nope" does not exist\nexit 1');
  });
});

describe('create', () => {
  const made = (line: string) => testTerminal().kubectl(`create ${line} --dry-run=client -o yaml`).stdout;

  it('makes one rule for each API group of a role', () => {
    expect(made('role r --verb=get,list --resource=pods,deployments.apps,deployments/scale')).toBe(`apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: r
rules:
- apiGroups:
  - ""
  resources:
  - pods
  verbs:
  - get
  - list
- apiGroups:
  - apps
  resources:
  - deployments
  - deployments/scale
  verbs:
  - get
  - list
`);
  });

  it('binds a role to users, groups and accounts', () => {
    const text = made('rolebinding r --clusterrole=view --user=ann --serviceaccount=default:robot');
    expect(text.slice(text.indexOf('roleRef:'))).toBe(`roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: view
subjects:
- apiGroup: rbac.authorization.k8s.io
  kind: User
  name: ann
- kind: ServiceAccount
  name: robot
  namespace: default
`);
  });

  it('reads the rules of an ingress', () => {
    const text = made('ingress i --rule=a.com/x*=web:http,tls=cert --rule=a.com/y=api:80');
    expect(text.slice(text.indexOf('spec:'), text.indexOf('status:'))).toBe(`spec:
  rules:
  - host: a.com
    http:
      paths:
      - backend:
          service:
            name: web
            port:
              name: http
        path: /x
        pathType: Prefix
      - backend:
          service:
            name: api
            port:
              number: 80
        path: /y
        pathType: Exact
  tls:
  - hosts:
    - a.com
    secretName: cert
`);
  });

  it('keeps the login to a registry as docker does', () => {
    const line = 'secret docker-registry s --docker-username=a --docker-password=b --docker-server=x --docker-email=e';
    expect(made(line)).toContain(
      '  .dockerconfigjson: eyJhdXRocyI6eyJ4Ijp7InVzZXJuYW1lIjoiYSIsInBhc3N3b3JkIjoiYiIsImVtYWlsIjoiZSIsImF1dGgiOiJZVHBpIn19fQ==\n',
    );
  });
});

describe('small verbs', () => {
  it.each([
    ['auth can-i create pods', 'yes\n'],
    ['auth can-i get boxes', "yes\nWarning: the server doesn't have a resource type 'boxes'\n\n"],
    [
      'api-resources -o wide --api-group=batch',
      `NAME       SHORTNAMES   APIVERSION   NAMESPACED   KIND      VERBS                                                        CATEGORIES
cronjobs   cj           batch/v1     true         CronJob   create,delete,deletecollection,get,list,patch,update,watch   all
jobs                    batch/v1     true         Job       create,delete,deletecollection,get,list,patch,update,watch   all
`,
    ],
    ['api-resources --verbs=bind', 'NAME   SHORTNAMES   APIVERSION   NAMESPACED   KIND\n'],
  ])('%s', (line, words) => {
    expect(say(testTerminal(), line)).toBe(words);
  });

  it('tells what it looked for where a manifest has no name', () => {
    expect(say(testTerminal(), 'apply -f -', 'apiVersion: v1\nkind: ConfigMap')).toBe(
      `error: error when retrieving current configuration of:
Resource: "/v1, Resource=configmaps", GroupVersionKind: "/v1, Kind=ConfigMap"
Name: "", Namespace: "default"
from server for: "STDIN": resource name may not be empty
exit 1`,
    );
  });
});
