import { describe, expect, it } from 'vitest';
import type { Deployment } from '../kube/kinds/deployment.ts';
import type { Pod } from '../kube/kinds/pod.ts';
import { conditionOf } from '../kube/meta.ts';
import { testTerminal } from './testTerminal.ts';

const deployment = (replicas: number, image = 'nginx:1.25', more = '') => `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: ${replicas}
  ${more}
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "${image}"}]}
`;

function withWeb(replicas = 2) {
  const terminal = testTerminal();
  terminal.kubectl('apply -f -', deployment(replicas));
  terminal.cluster.settle();
  return terminal;
}

/** All that a line prints, and its exit code where it is not 0. */
function say({ kubectl }: ReturnType<typeof testTerminal>, line: string, stdin?: string): string {
  const { stdout, stderr, exitCode } = kubectl(line, stdin);
  return `${stdout}${stderr}${exitCode === 0 ? '' : `exit ${exitCode}`}`;
}

const APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

describe('apply', () => {
  it('creates, leaves alone, changes', () => {
    const terminal = testTerminal();
    expect(say(terminal, 'apply -f -', deployment(2))).toBe('deployment.apps/web created\n');
    expect(say(terminal, 'apply -f -', deployment(2))).toBe('deployment.apps/web unchanged\n');
    expect(say(terminal, 'apply -f -', deployment(3))).toBe('deployment.apps/web configured\n');
  });

  it('removes what the manifest no longer has, and keeps what it never had', () => {
    const terminal = testTerminal();
    terminal.kubectl('apply -f -', deployment(2, 'nginx', 'minReadySeconds: 5'));
    terminal.kubectl('scale deploy web --replicas=4');
    terminal.kubectl('annotate deploy web note=mine');
    terminal.kubectl('apply -f -', deployment(4, 'nginx'));
    const web = terminal.cluster.snapshot().list('Deployment')[0] as Deployment | undefined;
    expect(web?.spec.replicas).toBe(4);
    expect(web?.spec.minReadySeconds ?? 0).toBe(0);
    expect(web?.metadata.annotations?.note).toBe('mine');
  });

  it('warns of an object that was made otherwise', () => {
    const terminal = testTerminal();
    terminal.kubectl('create -f -', deployment(1));
    const { stdout, stderr } = terminal.kubectl('apply -f -', deployment(1));
    expect(stdout).toBe('deployment.apps/web configured\n');
    expect(stderr).toMatch(`Warning: resource deployments/web is missing the ${APPLIED} annotation`);
  });

  it('goes on after a document that the server refuses, and ends with its words', () => {
    const two = `${deployment(-1)}---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: cfg}\n`;
    expect(say(testTerminal(), 'apply -f -', two)).toBe(
      'configmap/cfg created\nThe Deployment "web" is invalid: spec.replicas: Invalid value: -1: must be greater than or equal to 0\nexit 1',
    );
  });

  it.each([
    ['', 'error: no objects passed to apply'],
    ['kind: Pod', 'error: error validating "STDIN": error validating data: apiVersion not set; if you choose to ignore'],
    ['apiVersion: v1\nkind: Pod\nmetadata: {generateName: a-}', 'error: from a-: cannot use generate name with apply'],
    ['apiVersion: v1\nkind: Pood\nmetadata: {name: a}', 'no matches for kind "Pood" in version "v1"\nensure CRDs are installed first'],
    [deployment(1, 'nginx', 'foo: 1'), 'Error from server (BadRequest): error when creating "STDIN": Deployment in version "v1" cannot be'],
  ])('refuses %j', (text, words) => {
    const { stderr, exitCode } = testTerminal().kubectl('apply -f -', text);
    expect(stderr).toContain(words);
    expect(exitCode).toBe(1);
  });

  it('refuses an unknown field of an object that exists, unless it is to be a warning', () => {
    const terminal = withWeb();
    expect(say(terminal, 'apply -f -', deployment(2, 'nginx', 'foo: 1'))).toMatch(
      /strict decoding error: unknown field "spec.foo"\nexit 1$/,
    );
    expect(say(terminal, 'apply --validate=warn -f -', deployment(3, 'nginx', 'foo: 1'))).toBe(
      'deployment.apps/web configured\nWarning: unknown field "spec.foo"\n',
    );
  });

  it('changes nothing with --dry-run', () => {
    const terminal = testTerminal();
    const before = terminal.cluster.snapshot().seq;
    expect(say(terminal, 'apply -f - --dry-run=client', deployment(2))).toBe('deployment.apps/web created (dry run)\n');
    expect(say(terminal, 'apply -f - --dry-run=server', deployment(2))).toBe('deployment.apps/web created (server dry run)\n');
    expect(terminal.cluster.snapshot().seq).toBe(before);
  });
});

describe('delete', () => {
  it('waits until the pod is gone', () => {
    const terminal = testTerminal();
    terminal.kubectl('run solo --image=nginx');
    terminal.cluster.settle();
    const startMs = terminal.cluster.nowMs;
    expect(say(terminal, 'delete pod solo')).toBe('pod "solo" deleted from default namespace\n');
    expect(terminal.cluster.nowMs - startMs).toBeGreaterThanOrEqual(1000);
    expect(terminal.cluster.snapshot().list('Pod')).toEqual([]);
  });

  it('gives up after --timeout', () => {
    const terminal = testTerminal();
    terminal.kubectl('create cm cfg');
    terminal.kubectl(`patch cm cfg -p '{"metadata":{"finalizers":["x.io/y"]}}'`);
    expect(say(terminal, 'delete cm cfg --timeout=3s')).toBe(
      'configmap "cfg" deleted from default namespace\nerror: timed out waiting for the condition on configmaps/cfg\nexit 1',
    );
  });

  it.each([
    ['delete pod nope', 'Error from server (NotFound): pods "nope" not found\nexit 1'],
    ['delete pod nope --ignore-not-found', ''],
    ['delete pods -l a=b', 'No resources found\n'],
    ['delete pod', 'error: resource(s) were provided, but no name was specified\nexit 1'],
    ['delete pods --all -l a=b', 'error: cannot set --all and --selector at the same time\nexit 1'],
    ['delete pod x --now --grace-period=3', 'error: --now and --grace-period cannot be specified together\nexit 1'],
    ['delete pod x --cascade=maybe', 'error: invalid cascade value (maybe). Must be "background", "foreground", or "orphan"\nexit 1'],
    ['delete deploy web --dry-run=client', 'deployment.apps "web" deleted (dry run) from default namespace\n'],
    [
      'delete namespace default',
      'Error from server (Forbidden): namespaces "default" is forbidden: this namespace may not be deleted\nexit 1',
    ],
  ])('%s', (line, words) => {
    expect(say(testTerminal(), line)).toBe(words);
  });
});

describe('the words of one change', () => {
  it.each([
    ['scale deploy web --replicas=3', 'deployment.apps/web scaled\n'],
    ['scale deploy web --replicas=3 --current-replicas=5', 'error: Expected replicas to be 5, was 2\nexit 1'],
    ['scale deploy web', 'error: required flag(s) "replicas" not set\nexit 1'],
    ['scale node node-1 --replicas=1', 'Error from server (NotFound): the server could not find the requested resource\nexit 1'],
    ['set image deploy/web web=nginx:2', 'deployment.apps/web image updated\n'],
    ['set image deploy/web *=nginx:1.25', ''],
    ['set image deploy/web nope=x', 'error: unable to find container named "nope"\nexit 1'],
    ['set env deploy/web A=1', 'deployment.apps/web env updated\n'],
    ['set resources deploy/web --limits=cpu=1', 'deployment.apps/web resource requirements updated\n'],
    [`patch deploy web -p '{"spec":{"replicas":1}}'`, 'deployment.apps/web patched\n'],
    [`patch deploy web -p '{"spec":{"replicas":2}}'`, 'deployment.apps/web patched (no change)\n'],
    ['label deploy web a=b', 'deployment.apps/web labeled\n'],
    ['label node node-1 kubernetes.io/os=x', "error: 'kubernetes.io/os' already has a value (linux), and --overwrite is false\nexit 1"],
    ['label node node-1 nope-', 'label "nope" not found.\nnode/node-1 not labeled\n'],
    ['label node node-1 kubernetes.io/os-', 'node/node-1 unlabeled\n'],
    ['annotate deploy web a=b', 'deployment.apps/web annotated\n'],
    ['taint node node-1 a=b:NoSchedule', 'node/node-1 tainted\n'],
    ['taint node node-1 a-', 'error: taint "a" not found\nexit 1'],
    [
      'taint node node-1 a=b:Sometimes',
      "error: invalid taint effect: Sometimes, unsupported taint effect\nSee 'kubectl taint -h' for help and examples\nexit 1",
    ],
    ['cordon node-1', 'node/node-1 cordoned\n'],
    ['uncordon node-1', 'node/node-1 already uncordoned\n'],
    ['rollout pause deploy/web', 'deployment.apps/web paused\n'],
    ['rollout resume deploy/web', 'error: deployments.apps "web" is not paused\nexit 1'],
    ['rollout restart deploy/web', 'deployment.apps/web restarted\n'],
    ['create deployment web --image=nginx', 'error: failed to create deployment: deployments.apps "web" already exists\nexit 1'],
    ['create deployment x', 'error: required flag(s) "image" not set\nexit 1'],
    [
      'run x --image=nginx --restart=Sometimes',
      "error: invalid restart policy: Sometimes\nSee 'kubectl run -h' for help and examples\nexit 1",
    ],
    ['expose deploy web --port=80', 'service/web exposed\n'],
    ['autoscale deploy web --min=2 --max=5', 'horizontalpodautoscaler.autoscaling/web autoscaled\n'],
  ])('%s', (line, words) => {
    expect(say(withWeb(), line)).toBe(words);
  });

  it('opens no editor where there is none', () => {
    expect(say(withWeb(), 'edit deploy web')).toMatch(/^error: there is no editor here/);
  });
});

describe('rollout undo', () => {
  it('brings the template before back, under a new revision', () => {
    const terminal = withWeb();
    terminal.kubectl('set image deploy/web web=nginx:2');
    terminal.cluster.settle();
    expect(terminal.kubectl('rollout undo deploy/web').stdout).toBe('deployment.apps/web rolled back\n');
    terminal.cluster.settle();
    expect(
      terminal.kubectl("get deploy web -o jsonpath='{..image} {.metadata.annotations.deployment\\.kubernetes\\.io/revision}'").stdout,
    ).toBe('nginx:1.25 3');
    expect(terminal.kubectl('rollout undo deploy/web --to-revision=3').stdout).toBe(
      'deployment.apps/web skipped rollback (current template already matches revision 3)\n',
    );
    expect(terminal.kubectl('rollout undo deploy/web --to-revision=9').stderr).toContain(
      'error: unable to find specified revision 9 in history\n',
    );
  });
});

describe('drain', () => {
  it('evicts what has an owner, and says why the pod goes', () => {
    const terminal = withWeb(4);
    const startMs = terminal.cluster.nowMs;
    const { stdout, exitCode } = terminal.kubectl('drain node-1');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^node\/node-1 cordoned\n(evicting pod default\/web-\S+\n)+(pod\/web-\S+ evicted\n)+node\/node-1 drained\n$/);
    const pods = (terminal.cluster.snapshot().list('Pod') as readonly Pod[]).filter(({ spec }) => spec.nodeName === 'node-1');
    expect(pods).toEqual([]);
    const seen = terminal.cluster.changes.flatMap(({ atMs, after }) => {
      const condition = conditionOf((after as Pod | undefined)?.status?.conditions, 'DisruptionTarget');
      return atMs >= startMs && condition ? [condition] : [];
    });
    expect(new Set(seen.map(({ reason }) => reason))).toEqual(new Set(['EvictionByEvictionAPI']));
    // Recordings of a node that does not answer show what the API server alone has written.
    expect(seen[0]).not.toHaveProperty('observedGeneration');
  });

  it('stops before a pod that nothing would make again', () => {
    const terminal = testTerminal({ nodes: 1 });
    terminal.kubectl('run solo --image=nginx');
    terminal.cluster.settle();
    expect(say(terminal, 'drain node-1')).toBe(
      'node/node-1 cordoned\n' +
        'error: unable to drain node "node-1" due to error: cannot delete Pods that declare no controller (use --force to override): default/solo, continuing command...\n' +
        'There are pending nodes to be drained:\n node-1\n' +
        'cannot delete Pods that declare no controller (use --force to override): default/solo\nexit 1',
    );
    expect(say(terminal, 'drain node-1 --force')).toBe(
      'node/node-1 already cordoned\nevicting pod default/solo\npod/solo evicted\nnode/node-1 drained\n' +
        'Warning: deleting Pods that declare no controller: default/solo\n',
    );
  });

  it('gives up after --timeout when a node is silent', () => {
    const terminal = testTerminal({ nodes: 1 });
    terminal.kubectl('run solo --image=nginx');
    terminal.cluster.settle();
    terminal.cluster.submit({ type: 'failNode', name: 'node-1' });
    const startMs = terminal.cluster.nowMs;
    const { stderr, exitCode } = terminal.kubectl('drain node-1 --force --timeout=5s');
    expect(exitCode).toBe(1);
    expect(terminal.cluster.nowMs - startMs).toBe(5000);
    expect(stderr).toContain('error when waiting for pod "solo" in namespace "default" to terminate: context deadline exceeded\n');
  });
});

describe('replace', () => {
  it('refuses a version that is no longer the newest, and makes anew with --force', () => {
    const terminal = withWeb();
    const stale = deployment(1).replace('{name: web}', '{name: web, resourceVersion: "1"}');
    expect(say(terminal, 'replace -f -', stale)).toMatch(
      /^Error from server \(Conflict\): error when replacing "STDIN": Operation cannot be fulfilled/,
    );
    expect(say(terminal, 'replace --force -f -', deployment(1))).toBe(
      'deployment.apps "web" deleted from default namespace\ndeployment.apps/web replaced\n',
    );
  });
});

describe('diff', () => {
  it('shows what apply would change, and changes nothing', () => {
    const terminal = withWeb();
    const before = terminal.cluster.snapshot().seq;
    expect(terminal.kubectl('diff -f -', deployment(2)).exitCode).toBe(0);
    const { stdout, exitCode } = terminal.kubectl('diff -f -', deployment(3));
    expect(exitCode).toBe(1);
    expect(stdout).toContain('\n-  replicas: 2\n+  replicas: 3\n');
    expect(terminal.cluster.snapshot().seq).toBe(before);
  });
});

describe('kubectl apply, beside applying', () => {
  const config = (...names: readonly string[]) =>
    names.map((name) => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}, labels: {app: x}}\n`).join('---\n');
  const { kubectl } = testTerminal();
  kubectl('create configmap plain');
  kubectl('apply -f -', config('a', 'b', 'c'));

  it.each([
    ['apply -f - --prune', config('a'), /^error: all resources selected for prune without explicitly passing --all/],
    [
      'apply -f - --prune -l app=x --dry-run=server',
      config('a', 'b'),
      /^configmap\/a unchanged.*\nconfigmap\/b unchanged.*\nconfigmap\/c pruned \(server dry run\)\n$/,
    ],
    ['apply -f - --prune -l app=x', config('a', 'b'), /^configmap\/a unchanged\nconfigmap\/b unchanged\nconfigmap\/c pruned\n$/],
    ['apply -f - --prune --all --prune-allowlist=core/v1/Secret', config('a'), /^configmap\/a unchanged\n$/],
    ['get cm -o name', undefined, /^configmap\/a\nconfigmap\/b\nconfigmap\/plain\n$/],
    [
      'apply view-last-applied cm/a',
      undefined,
      /^apiVersion: v1\nkind: ConfigMap\nmetadata:\n {2}annotations: {}\n {2}labels:\n {4}app: x\n/,
    ],
    ['apply view-last-applied cm/plain', undefined, /^error: no last-applied-configuration annotation found on resource: plain\n$/],
    ['apply set-last-applied -f -', config('a'), /^set-last-applied a: no changes required\.\n$/],
    ['apply set-last-applied -f -', config('plain'), /run the command with --create-annotation\n$/],
    ['apply set-last-applied -f - --create-annotation', config('plain'), /^configmap\/plain configured\n$/],
  ])('%s', (line, stdin, words) => {
    const { stdout, stderr } = kubectl(line, stdin);
    expect(`${stdout}${stderr}`).toMatch(words);
  });
});

describe('kubectl debug --copy-to', () => {
  it('makes a pod like the other, without its labels and probes, with other images or a container more', () => {
    const { kubectl, cluster } = testTerminal();
    const probe = 'livenessProbe: {tcpSocket: {port: 80}}';
    const pod = `{name: web, labels: {app: web}}\nspec: {containers: [{name: web, image: nginx, ${probe}}]}\n`;
    kubectl('create -f -', `apiVersion: v1\nkind: Pod\nmetadata: ${pod}`);
    cluster.settle();
    expect(kubectl('debug web --copy-to=other --set-image=*=ubuntu')).toEqual({ stdout: '', stderr: '', exitCode: 0 });
    const seen =
      "-o jsonpath='{.metadata.labels} {.spec.containers[*].name} {.spec.containers[*].image} {.spec.containers[*].livenessProbe}'";
    expect(kubectl(`get pod other ${seen}`).stdout.trim()).toBe('web ubuntu');
    kubectl('debug web --copy-to=more --image=busybox -c tools --keep-labels --replace -- sleep 60');
    expect(kubectl(`get pod more ${seen}`).stdout.trim()).toBe('{"app":"web"} web tools nginx busybox');
    expect(kubectl("get pod more -o jsonpath='{.spec.shareProcessNamespace} {.spec.containers[1].command}'").stdout).toBe(
      'true ["sleep","60"]',
    );
    cluster.settle();
    expect(kubectl('get pods -o name').stdout).toBe('pod/more\npod/other\n');
    expect(kubectl('debug more --copy-to=again').stderr).toContain('you must specify --image or --set-image');
  });
});

describe('kubectl debug node/', () => {
  it('makes a pod on the machine that may do what its profile says', () => {
    const { kubectl, cluster } = testTerminal();
    cluster.settle();
    const [machine = ''] = kubectl('get nodes -o jsonpath={.items[*].metadata.name}').stdout.split(' ');
    const { stdout } = kubectl(`debug node/${machine} --image=busybox -- sleep 60`);
    const name = /^Creating debugging pod (\S+) with container debugger on node /.exec(stdout)?.[1];
    cluster.settle();
    const seen = "-o jsonpath='{.spec.nodeName} {.spec.hostPID} {.spec.containers[0].volumeMounts[0].mountPath} {.status.phase}'";
    expect(kubectl(`get pod ${name} ${seen}`).stdout).toBe(`${machine} true /host Running`);
    kubectl(`debug no/${machine} --image=busybox --profile=restricted -c tools`);
    const tools = "-l app.kubernetes.io/managed-by=kubectl-debug -o jsonpath='{.items[*].spec.containers[0].securityContext.runAsNonRoot}'";
    expect(kubectl(`get pods ${tools}`).stdout).toBe('true');
    expect(kubectl(`debug node/${machine} --image=busybox --profile=none`)).toEqual({
      stdout: '',
      stderr: 'error: unknown profile: none\n',
      exitCode: 1,
    });
    expect(kubectl('debug node/nope --image=busybox').stderr).toBe('Error from server (NotFound): nodes "nope" not found\n');
  });
});

describe('--local', () => {
  const map = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n';
  it.each([
    ['set image -f - web=nginx:2 -o jsonpath={.spec.template.spec.containers[0].image}', deployment(1), 'nginx:2'],
    ['label -f - x=y -o jsonpath={.metadata.labels}', map, '{"x":"y"}'],
    ["patch -f - --type=merge -p 'data: {a: b}' -o jsonpath={.data}", map, '{"a":"b"}'],
    ['annotate -f - x=y', map, 'configmap/a annotated\n'],
  ])('%s changes what the manifest says and asks no server', (line, manifest, answer) => {
    const terminal = testTerminal();
    const { seq } = terminal.cluster.snapshot();
    expect(say(terminal, `${line} --local`, manifest)).toBe(answer);
    expect(terminal.cluster.snapshot().seq).toBe(seq);
  });

  it('knows no objects by their names', () => {
    expect(say(withWeb(), 'label deployment web x=y --local')).toMatch(
      /^error: you must specify resources by --filename when --local is set\.\n/,
    );
  });
});
