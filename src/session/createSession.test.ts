import { describe, expect, it } from 'vitest';
import type { Deployment } from '../kube/kinds/deployment.ts';
import type { Node } from '../kube/kinds/node.ts';
import { isPodReady, type Pod } from '../kube/kinds/pod.ts';
import { library } from '../scenario/library/index.ts';
import { createSession, type SessionOptions } from './createSession.ts';
import { engine } from './engine.ts';
import type { FrameSource } from './playback.ts';
import type { Session } from './session.ts';

/** Frames that come when the test says so. */
function handFrames() {
  let nowMs = 0;
  let waiting: ((nowMs: number) => void) | undefined;
  const frames: FrameSource = {
    now: () => nowMs,
    request: (onFrame) => {
      waiting = onFrame;
      return 1;
    },
    cancel: () => {
      waiting = undefined;
    },
  };
  const pass = (ms: number): void => {
    for (let left = ms; left > 0; left -= 50) {
      nowMs += Math.min(50, left);
      waiting?.(nowMs);
    }
  };
  return { frames, pass, isAsked: () => waiting !== undefined };
}

function open(options: Partial<SessionOptions> = {}) {
  const { frames, pass, isAsked } = handFrames();
  const session = createSession({ engine, scenario: 'empty', frames, ...options });
  return { session, pass, isAsked, state: () => session.store.getState() };
}

const pods = (session: Session) => session.store.getState().snapshot.list('Pod') as readonly Pod[];
const textOf = (session: Session) =>
  session.store
    .getState()
    .terminal.at(-1)
    ?.output.map(({ text }) => text)
    .join('');

describe('time', () => {
  it('runs the world on while it plays, at the chosen speed, and asks for no frames when paused', () => {
    const { session, pass, isAsked, state } = open();
    session.run('kubectl create deployment web --image=nginx --replicas=2');
    session.setSpeed(10);
    session.play();
    pass(1000);
    expect(state().playheadMs).toBe(10_000);
    expect(pods(session).filter(isPodReady)).toHaveLength(2);
    session.pause();
    expect(isAsked()).toBe(false);
  });

  it('shows the past when the playhead goes back, and the same world again when it returns', () => {
    const { session, state } = open({ scenario: 'cookie-cutter' });
    const now = state().snapshot;
    session.seek(100_000);
    expect(pods(session)).toHaveLength(3);
    expect(state().playheadMs).toBe(100_000);
    expect(state().endMs).toBe(176_000);
    session.seek(176_000);
    expect(state().snapshot.list('Pod')).toEqual(now.list('Pod'));
  });

  it('plays through the recorded past before it runs on', () => {
    const { session, pass, state } = open({ scenario: 'cookie-cutter' });
    session.seek(175_000);
    session.play();
    pass(500);
    expect([state().playheadMs, state().endMs]).toEqual([175_500, 176_000]);
    pass(1500);
    expect([state().playheadMs, state().endMs]).toEqual([177_000, 177_000]);
  });

  it('steps from change to change, on and back', () => {
    const { session, state } = open();
    session.run('kubectl create deployment web --image=nginx --replicas=1');
    const begin = state().snapshot.seq;
    session.stepOn();
    expect(state().snapshot.seq).toBeGreaterThan(begin);
    const first = state();
    session.stepOn();
    expect(state().playheadMs).toBeGreaterThan(first.playheadMs);
    session.stepBack();
    expect(state().playheadMs).toBe(first.playheadMs);
    expect(state().snapshot.list('Pod')).toEqual(first.snapshot.list('Pod'));
  });

  it('gives the same world for the same seed', () => {
    const [a, b, c] = [open({ seed: 7 }), open({ seed: 7 }), open({ seed: 8 })].map(({ session }) => {
      session.loadScenario('rolling-update', { atMs: 80_000 });
      return JSON.stringify(session.cluster.changes.map(({ atMs, actor, verb, key }) => [atMs, actor, verb, key]));
    });
    expect(a).toBe(b);
    expect(a).not.toBe(c);
  });
});

describe('acting', () => {
  it('prints the line, then what kubectl says', () => {
    const { session, state } = open();
    session.run('kubectl create deployment web --image=nginx');
    expect(state().terminal.at(-1)).toMatchObject({ line: 'kubectl create deployment web --image=nginx', exitCode: 0 });
    expect(textOf(session)).toBe('deployment.apps/web created\n');
  });

  it('says what is not a command', () => {
    const { session, state } = open();
    session.run('frobnicate -rf /');
    expect(textOf(session)).toBe('bash: frobnicate: command not found\n');
    expect(state().terminal.at(-1)?.exitCode).toBe(127);
  });

  it('takes an action back with all it wrote', () => {
    const { session, pass, state } = open({ scenario: 'cookie-cutter' });
    const before = state().snapshot.list('Pod');
    session.run('kubectl scale rs/web --replicas=1');
    session.play();
    pass(5000);
    expect(pods(session)).toHaveLength(1);
    session.undo();
    expect(state().playheadMs).toBe(176_000);
    expect(state().snapshot.list('Pod')).toEqual(before);
    expect(session.canUndo).toBe(false);
  });

  it('resumes a command that waits as the world moves on', () => {
    const { session, pass, state } = open();
    session.run('kubectl create deployment web --image=nginx --replicas=3');
    session.run('kubectl rollout status deployment/web');
    expect(state().terminal.at(-1)?.exitCode).toBeUndefined();
    session.play();
    pass(10_000);
    expect(textOf(session)).toContain('Waiting for deployment "web" rollout to finish: 0 of 3 updated replicas are available...');
    expect(textOf(session)).toContain('deployment "web" successfully rolled out\n');
    expect(state().terminal.at(-1)?.exitCode).toBe(0);
  });

  it('ends a command that waits when it is interrupted', () => {
    const { session, state } = open();
    session.run('kubectl get pods -w');
    session.interrupt();
    expect(state().terminal.at(-1)?.exitCode).toBe(130);
  });

  it('silences a node, which the node controller finds out', () => {
    const { session, pass, state } = open();
    session.act({ type: 'failNode', name: 'node-b' });
    session.setSpeed(100);
    session.play();
    pass(1000);
    const node = state().snapshot.get('Node', 'Node//node-b') as Node;
    expect(node.status.conditions?.find(({ type }) => type === 'Ready')?.status).toBe('Unknown');
  });
});

describe('acting in the past', () => {
  it('reads the past without a question', () => {
    const { session, state } = open({ scenario: 'cookie-cutter' });
    session.seek(100_000);
    session.run('kubectl get rs web -o jsonpath={.spec.replicas}');
    expect(textOf(session)).toBe('3');
    expect(state().pendingFork).toBeUndefined();
  });

  it('asks before it drops the future, and keeps it when told to', () => {
    const { session, state } = open({ scenario: 'cookie-cutter' });
    session.seek(100_000);
    session.run('kubectl scale rs/web --replicas=1');
    expect(state().pendingFork).toEqual({ dropsMs: 76_000 });
    session.confirmFork(false);
    expect(state().endMs).toBe(176_000);
  });

  it('forks when told to: what came after is gone and the action stands', () => {
    const { session, state } = open({ scenario: 'cookie-cutter' });
    session.seek(100_000);
    session.run('kubectl scale rs/web --replicas=1');
    session.confirmFork(true);
    expect([state().playheadMs, state().endMs]).toEqual([100_000, 100_000]);
    expect(state().snapshot.get('ReplicaSet', 'ReplicaSet/default/web')?.spec).toMatchObject({ replicas: 1 });
    expect(state().terminal.map(({ line }) => line)).toEqual(['kubectl apply -f -', 'kubectl scale rs/web --replicas=1']);
  });
});

describe('a command for more pods than a page can hold', () => {
  const many = 'kubectl create deployment big --image=nginx --replicas=150000';
  const replicas = (state: () => { snapshot: { get(kind: string, key: string): { spec?: unknown } | undefined } }) =>
    (state().snapshot.get('Deployment', 'Deployment/default/big')?.spec as { replicas?: number } | undefined)?.replicas;

  it('is asked about, and forgotten when nobody wants it', () => {
    const { session, state } = open();
    session.run(many);
    expect(state().pendingPods).toBe(150_000);
    session.confirmPods('none');
    expect([state().pendingPods, replicas(state)]).toEqual([undefined, undefined]);
  });

  it('makes fewer when told to', () => {
    const { session, state } = open();
    session.run(`${many} --dry-run=client -o yaml`);
    session.confirmPods('fewer');
    expect(textOf(session)).toContain('replicas: 20000');
    expect(state().pendingPods).toBeUndefined();
  });

  it('is counted over all objects of a manifest', () => {
    const { session, state } = open();
    session.paste('{"spec": {"replicas": 15000}}\n---\nspec:\n  parallelism: 6000\n');
    expect(state().pendingPods).toBe(21_000);
  });
});

describe('pasting', () => {
  const good = 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec:\n  containers:\n  - name: c\n    image: nginx\n';

  it('applies a manifest', () => {
    const { session, state } = open();
    session.paste(good);
    expect(pods(session).map(({ metadata }) => metadata.name)).toEqual(['a']);
    expect(state().refusal).toBeUndefined();
  });

  it('says once of a kind that it is only kept', () => {
    const { session, state } = open();
    const ingress = (name: string) =>
      `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: ${name}\nspec:\n  ingressClassName: x\n`;
    for (const name of ['a', 'b']) session.paste(`${ingress(name)}  defaultBackend: {service: {name: s, port: {number: 80}}}\n`);
    expect(state().terminal.map(({ line, comment }) => comment ?? line)).toEqual([
      'kubectl apply -f -',
      { type: 'notSimulated', part: { type: 'kind', name: 'Ingress' } },
      'kubectl apply -f -',
    ]);
  });

  it('keeps objects of a kind that a person defined, whatever their fields are called', () => {
    const { session, pass, state } = open();
    session.paste(
      `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: shirts.stable.example.com}
spec:
  group: stable.example.com
  scope: Namespaced
  names: {plural: shirts, kind: Shirt}
  versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}}]
`,
    );
    session.play();
    pass(1000);
    session.paste('apiVersion: stable.example.com/v1\nkind: Shirt\nmetadata: {name: a}\nspec: {template: {spec: {containers: none}}}\n');
    const shirt = 'Shirt.stable.example.com/default/a';
    expect(state().terminal.map(({ line, comment }) => comment ?? line)).toEqual([
      'kubectl apply -f -',
      'kubectl apply -f -',
      { type: 'notSimulated', part: { type: 'kind', name: 'Shirt' } },
    ]);
    expect(state().snapshot.get('Shirt.stable.example.com', shirt)?.spec).toEqual({ template: { spec: { containers: 'none' } } });
  });

  it('makes of a definition and its objects what can be made at once, and says how to go on', () => {
    const { session, pass, state } = open();
    const text = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: shirts.stable.example.com}
spec:
  group: stable.example.com
  scope: Namespaced
  names: {plural: shirts, kind: Shirt}
  versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object, x-kubernetes-validations: [{rule: "size(self.metadata.name.split('-').distinct()) > 0"}]}}}]
---
apiVersion: stable.example.com/v1
kind: Shirt
metadata: {name: a}
`;
    session.paste(text);
    expect(state().refusal).toBeUndefined();
    expect(state().terminal.map(({ line, comment }) => comment ?? line)).toEqual([
      'kubectl apply -f -',
      { type: 'notSimulated', part: { type: 'celFunction', name: 'distinct' } },
      { type: 'served', kinds: ['Shirt'] },
    ]);
    expect(
      state()
        .terminal[0]?.output.map((part) => part.text)
        .join(''),
    ).toContain('ensure CRDs are installed first');
    session.play();
    pass(1000);
    session.paste(text);
    expect(state().snapshot.get('Shirt.stable.example.com', 'Shirt.stable.example.com/default/a')).toBeDefined();
  });

  it('applies nothing of a manifest with a mistake, and keeps the words', () => {
    const { session, state } = open();
    session.paste(`${good}---\n${good.replace('name: a', 'name: b').replace('image: nginx', 'imagee: nginx')}`);
    expect(pods(session)).toHaveLength(0);
    expect(state().refusal?.stderr).toContain('unknown field "spec.containers[0].imagee"');
    expect(session.canUndo).toBe(false);
  });
});

describe('the scenarios of the menu', () => {
  const ends = library.map(({ name, steps }) => [name, steps.at(-1)?.atMs ?? 0] as const);
  it.each(ends)('%s runs without a refusal', { tags: ['long'] }, (name, lastMs) => {
    const { session, state } = open();
    session.loadScenario(name, { atMs: lastMs + 5000 });
    const failed = state().terminal.filter(({ exitCode }) => exitCode !== undefined && exitCode !== 0);
    expect(failed).toEqual([]);
  });

  it('rolls out completely', () => {
    const { session, state } = open();
    session.loadScenario('rolling-update', { atMs: 180_000 });
    const { status } = state().snapshot.get('Deployment', 'Deployment/default/web') as Deployment;
    expect(status).toMatchObject({ updatedReplicas: 6, availableReplicas: 6, replicas: 6 });
  });
});

describe('the namespace of the terminal', () => {
  it('is that of the context for typed lines, stays when they are taken back, and is part of what was done', () => {
    const { session } = open();
    const namespaces = (of: Session) =>
      of.store
        .getState()
        .snapshot.list('Deployment')
        .map(({ metadata }) => metadata.namespace);
    session.runTyped('kubectl create namespace shop');
    session.runTyped('kubectl config set-context --current --namespace=shop');
    session.runTyped('kubectl create deployment web --image=nginx');
    session.undo();
    session.runTyped('kubectl create deployment web --image=nginx');
    session.run('kubectl create deployment page --image=nginx');
    expect(namespaces(session)).toEqual(['shop', 'default']);
    expect(session.store.getState().terminal.at(-1)?.line).toBe('kubectl -n default create deployment page --image=nginx');
    expect(session.complete('kubectl get deploy w', 20).candidates).toEqual(['web']);
    const again = open({ deeds: session.deeds }).session;
    expect(namespaces(again)).toEqual(['shop', 'default']);
    session.undo();
    session.undo();
    session.undo();
    session.runTyped('kubectl get pods');
    expect(textOf(session)).toBe('No resources found in default namespace.\n');
  });
});
