import { afterEach, describe, expect, it } from 'vitest';
import { MissingPart } from '../base/late.ts';
import { Cluster } from '../cluster/cluster.ts';
import type { Fault } from '../cluster/intents.ts';
import { parts, putInAll } from '../scenario/parts/all.ts';
import { withNeeded } from '../scenario/parts/needed.ts';
import { putIn, takeOut } from '../scenario/parts/part.ts';
import { createSession } from './createSession.ts';
import { engine } from './engine.ts';
import type { Session } from './session.ts';
import { frames } from './testFrames.ts';

const JOB = { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'count' } };
const template = { spec: { restartPolicy: 'Never', containers: [{ name: 'count', image: 'busybox', command: ['sh', '-c', 'seq 3'] }] } };
const job = JSON.stringify({ ...JOB, spec: { template } });
const empty = () => Object.values(parts).forEach(takeOut);
const open = () => createSession({ engine, scenario: 'empty', atMs: 1000, frames });

const WEB = 'kubectl create deployment web --image=nginx --replicas=3';
/** Lines, faults, and how long to wait, in milliseconds: between them they ask for every part that a deed can ask for. */
const RUNS: Readonly<Record<string, readonly (string | number | Fault)[]>> = {
  'nodes that fail': [
    WEB,
    10_000,
    { type: 'failNode', name: 'node-a' },
    60_000,
    'kubectl get nodes',
    { type: 'recoverNode', name: 'node-a' },
    60_000,
    { type: 'removeNode', name: 'node-b' },
    100_000,
    'kubectl get pods -o wide',
  ],
  'nodes that are emptied': [
    WEB,
    10_000,
    'kubectl cordon node-a',
    'kubectl drain node-b --ignore-daemonsets',
    60_000,
    'kubectl taint nodes node-c a=b:NoExecute',
    30_000,
    'kubectl describe node node-c',
  ],
  'edits of objects': [
    WEB,
    5000,
    'kubectl label pod --all tier=gold',
    'kubectl annotate deploy web note=one',
    `kubectl patch deploy web --type=json -p '[{"op":"replace","path":"/spec/replicas","value":5}]'`,
    20_000,
    'kubectl delete pod -l app=web',
    30_000,
    'kubectl get deploy web -o yaml',
  ],
  'rollouts and doors': [
    WEB,
    20_000,
    'kubectl expose deployment web --port=80',
    'kubectl set image deployment/web nginx=nginx:1.28',
    30_000,
    'kubectl rollout undo deployment/web',
    30_000,
    'kubectl autoscale deployment web --min=2 --max=5',
    60_000,
    'kubectl get all,endpointslices',
  ],
  'work that ends': [
    'kubectl create job once --image=busybox -- sh -c "echo hi; exit 3"',
    60_000,
    'kubectl logs job/once',
    'kubectl create cronjob tick --image=busybox --schedule="*/1 * * * *" -- date',
    'kubectl run db --image=postgres:16',
    70_000,
    'kubectl get jobs,cronjobs,pods',
  ],
  'namespaces and what bounds them': [
    'kubectl create namespace shop',
    'kubectl create quota few --hard=pods=2 -n shop',
    `${WEB} -n shop`,
    30_000,
    'kubectl describe quota few -n shop',
    'kubectl delete namespace shop',
    60_000,
    'kubectl create secret generic key --from-literal=a=b',
    'kubectl get secret key -o jsonpath="{.data}"',
  ],
  'pods that fit nowhere': [
    `kubectl run big --image=nginx --overrides='{"spec":{"containers":[{"name":"big","image":"nginx","resources":{"requests":{"cpu":"64"}}}]}}'`,
    20_000,
    'kubectl describe pod big',
    'kubectl delete pod big',
  ],
};

afterEach(putInAll);

describe('the parts of the program', () => {
  it('are named by what asks for them while they are missing', () => {
    empty();
    putIn(parts.kinds);
    const cluster = new Cluster({ machines: [{ name: 'node-a', cpu: '2', memory: '4Gi' }] });
    const create = () => cluster.submit({ type: 'request', request: { verb: 'create', object: { ...JOB, spec: { template } } as never } });
    expect(create).toThrow(new MissingPart('jobs'));
  });

  it('leave no trace in a world that has nothing for them to do', () => {
    const run = () => {
      const { cluster } = createSession({ engine, scenario: 'self-healing', atMs: 60_000 });
      return cluster.changes;
    };
    expect(withNeeded(run).made).toEqual(run());
  });
});

describe('a session whose engine lacks a part', () => {
  const until = async (isDone: () => boolean) => {
    for (let i = 0; i < 500 && !isDone(); i++) await new Promise((resolve) => setTimeout(resolve, 10));
  };
  const reach = async (session: Session, atMs: number) => {
    session.reach(atMs);
    await until(() => session.cluster.nowMs === atMs);
  };
  /** What comes of it with all parts there, and with none to begin with. */
  const both = async (act: (session: Session) => Promise<void>) => {
    const [whole, bare] = [open(), open()];
    await act(whole);
    empty();
    await act(bare);
    return { whole, bare };
  };

  it('loads it when a deed asks for it, and the run goes on as if it had been there from the start', async () => {
    const { whole, bare } = await both(async (session) => {
      session.run('kubectl taint nodes node-a spare=yes:PreferNoSchedule');
      session.run('kubectl apply -f -', job);
      await until(() => session.deeds.length === 2);
      await reach(session, 60_000);
    });
    expect(bare.cluster.changes).toEqual(whole.cluster.changes);
    expect(bare.deeds).toEqual(whole.deeds);
    expect(bare.cluster.snapshot().list('Job')[0]?.status).toMatchObject({ succeeded: 1 });
  });

  it('keeps what was printed, whether the world is built anew or not', async () => {
    const { whole, bare } = await both(async (session) => {
      const ended = () => session.store.getState().terminal.filter(({ exitCode }) => exitCode !== undefined).length;
      for (const [i, line] of ['kubectl get nodes', 'kubectl describe node node-a', 'kubectl apply -f -', 'kubectl get jobs'].entries()) {
        session.run(line, line.endsWith('-') ? job : undefined);
        await until(() => ended() === i + 1);
      }
    });
    expect(bare.store.getState().terminal).toEqual(whole.store.getState().terminal);
    expect(bare.store.getState().terminal).toHaveLength(4);
  });

  it.each(Object.entries(RUNS))('does the same as one that has all: %s', async (_, steps) => {
    const { whole, bare } = await both(async (session) => {
      const entries = () => session.store.getState().terminal;
      for (const step of steps) {
        const [count, deeds] = [entries().length, session.deeds.length];
        if (typeof step === 'number') await reach(session, session.cluster.nowMs + step);
        else if (typeof step !== 'string') {
          session.act(step);
          await until(() => session.deeds.length > deeds);
        } else {
          session.run(step);
          await until(() => session.deeds.length > deeds || entries()[count]?.exitCode !== undefined);
        }
      }
    });
    expect(bare.cluster.changes).toEqual(whole.cluster.changes);
    const printed = ({ store }: Session) => store.getState().terminal.map(({ line, output, exitCode }) => ({ line, output, exitCode }));
    expect(printed(bare)).toEqual(printed(whole));
  });

  it('is built anew, too, where the part has come meanwhile for another world', async () => {
    empty();
    putIn(parts.library);
    const session = open();
    putInAll();
    session.run('kubectl apply -f -', job);
    await reach(session, 60_000);
    expect(session.cluster.snapshot().list('Job')[0]?.status).toMatchObject({ succeeded: 1 });
  });

  it('forks, takes back and goes on', async () => {
    const { whole, bare } = await both(async (session) => {
      await reach(session, 20_000);
      session.seek(10_000);
      session.run('kubectl apply -f -', job);
      await until(() => session.store.getState().pendingFork !== undefined);
      session.confirmFork(true);
      await until(() => session.deeds.length === 1);
      await reach(session, 30_000);
      session.run('kubectl taint nodes node-a spare=yes:NoExecute');
      await until(() => session.deeds.length === 2);
      session.undo();
      await reach(session, 40_000);
    });
    expect(bare.cluster.changes).toEqual(whole.cluster.changes);
    expect(bare.deeds).toEqual(whole.deeds);
    expect(bare.deeds).toHaveLength(1);
  });

  it('goes on with a step of its scenario', async () => {
    const at = async () => {
      const session = createSession({ engine, scenario: 'rolling-update', atMs: 1000, frames });
      await reach(session, 100_000);
      return session.cluster.changes;
    };
    const whole = await at();
    takeOut(parts.rollouts);
    expect(await at()).toEqual(whole);
  });
});
