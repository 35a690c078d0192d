import { afterEach, describe, expect, it } from 'vitest';
import { MissingPart } from '../base/late.ts';
import { Cluster } from '../cluster/cluster.ts';
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
