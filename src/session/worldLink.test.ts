// @module-tag long
import { describe, expect, it } from 'vitest';
import { isEqual } from '../base/equal.ts';
import fc from '../base/fastCheck.ts';
import { RandomStream } from '../base/random.ts';
import { ClusterReading } from '../scenario/imported/clusterReading.ts';
import { exampleCluster } from '../scenario/imported/exampleCluster.ts';
import type { ImportedCluster } from '../scenario/imported/intake.ts';
import { createSession } from './createSession.ts';
import { encodeLink } from './encodeLink.ts';
import { engine } from './engine.ts';
import { settingOf, settingOfLink } from './importing.ts';
import { isSameWorld } from './mark.ts';
import type { Session } from './session.ts';
import { isWorldFile, readFile, readWorld, type WorldLink, writeFile, writeWorld, writeWorldNow } from './worldLink.ts';

const open = (hash: string) => readWorld(hash, ['en', 'ko']);
const isSame = (session: Session, link: WorldLink | undefined) =>
  link?.mark && link.atMs !== undefined && isSameWorld(session, link.mark, link.atMs);

/** Something a person might do, chosen by a random number. */
function act(session: Session, random: RandomStream): void {
  const one = <T>(list: readonly T[]): T | undefined => list[random.below(list.length)];
  const { snapshot } = session.store.getState();
  const pod = one(snapshot.list('Pod'))?.metadata.name ?? 'none';
  const node = one(snapshot.list('Node'))?.metadata.name ?? 'node-a';
  const deeds: readonly (() => void)[] = [
    () => session.run(`kubectl create deployment d${random.below(1000)} --image=nginx --replicas=2`),
    () => session.run(`kubectl scale rs/web --replicas=${random.below(6)}`),
    () => session.run(`kubectl delete pod ${pod} --wait=false`),
    () => session.run(`kubectl label pod ${pod} seen=${random.below(9)} --overwrite`),
    () => session.run(`kubectl cordon ${node}`),
    () => session.run(`kubectl uncordon ${node}`),
    () => session.act({ type: 'failNode', name: node }),
    () => session.act({ type: 'recoverNode', name: node }),
    () =>
      session.paste(
        `apiVersion: v1\nkind: Pod\nmetadata: {name: p${random.below(1000)}}\nspec:\n  containers: [{name: c, image: busybox}]\n`,
      ),
    () => session.undo(),
    () => {
      session.seek(session.store.getState().endMs - 700);
      session.run('kubectl annotate rs/web back=in-time --overwrite');
      session.confirmFork(true);
    },
  ];
  one(deeds)?.();
  session.reach(session.store.getState().endMs + random.below(900));
}

describe('a link of a whole world', () => {
  it.each([1])('opens to the same bytes after 200 random deeds, seed %i', async (seed) => {
    const random = RandomStream.seeded(seed, 'deeds');
    const session = createSession({ engine, scenario: 'cookie-cutter', seed, atMs: 20_000 });
    for (let i = 0; i < 200; i++) act(session, random);
    const { hash, isWhole } = await writeWorld(session, 'test');
    expect(isWhole).toBe(true);
    const link = await open(hash);
    expect(link?.failure).toBeUndefined();
    const again = createSession({ engine, ...link });
    const [made, opened] = [session.cluster.changes, again.cluster.changes];
    expect(opened).toHaveLength(made.length);
    expect(opened.findIndex((change, i) => !isEqual(change, made[i]))).toBe(-1);
    expect(isSame(again, link)).toBe(true);
  });

  it('is short for a scenario in which nothing was done', async () => {
    const session = createSession({ engine, scenario: 'drain', atMs: 30_000 });
    const { hash } = await writeWorld(session, 'test');
    expect(hash).toMatch(/^#s=drain&seed=1&at=30000&play=0&lang=en&mark=\d+\.\w+\.test$/);
    const link = await open(hash);
    expect(link).toMatchObject({ scenario: 'drain', atMs: 30_000, isPlaying: false });
    expect(isSame(createSession({ engine, ...link }), link)).toBe(true);
    expect(isSame(createSession({ engine, ...link, seed: 2 }), link)).toBe(false);
    expect((await open(hash.replace(/mark=.*/, 'mark=no')))?.mark).toBeUndefined();
  });

  it('holds a step of a lesson without a name before it', async () => {
    expect(await open('#s=lesson=pod&step=2&lang=ko')).toEqual({ lesson: 'pod', stage: 1, language: 'ko', problems: [] });
  });

  it('holds what a person did, written at once', async () => {
    const session = createSession({ engine, scenario: 'cookie-cutter', atMs: 140_000 });
    session.run('kubectl scale rs/web --replicas=5');
    session.act({ type: 'failNode', name: 'node-b' });
    session.paste('apiVersion: v1\nkind: Pod\nmetadata:\n  name: 가\n');
    session.dismissRefusal();
    session.paste('apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec:\n  containers:\n  - {name: c, image: nginx}\n');
    const { hash, isWhole } = writeWorldNow(session, 'test');
    expect(isWhole).toBe(true);
    const link = await open(hash);
    const again = createSession({ engine, ...link });
    expect(again.cluster.changes).toEqual(session.cluster.changes);
    expect(again.deeds).toHaveLength(3);
    expect(link).toEqual(await open((await writeWorld(session, 'test')).hash));
  });

  it('holds that a fork dropped a step of the scenario', async () => {
    const session = createSession({ engine, scenario: 'cookie-cutter' });
    session.seek(140_000);
    session.run('kubectl label node node-a x=y');
    session.confirmFork(true);
    const link = await open(writeWorldNow(session, 'test').hash);
    const again = createSession({ engine, ...link, atMs: 176_000 });
    expect(again.store.getState().snapshot.get('ReplicaSet', 'ReplicaSet/default/web')?.spec).toMatchObject({ replicas: 3 });
  });

  it('leaves out what would make it too long', () => {
    const session = createSession({ engine, scenario: 'empty' });
    const annotation = `  annotations: {x: ${'y'.repeat(20_000)}}`;
    session.paste(`apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n${annotation}\nspec:\n  containers:\n  - {name: c, image: nginx}\n`);
    const { hash, isWhole } = writeWorldNow(session, 'test');
    expect(isWhole).toBe(false);
    expect(hash.length).toBeLessThan(200);
  });

  it('tells a world that came out differently', async () => {
    const session = createSession({ engine, scenario: 'cookie-cutter' });
    session.run('kubectl scale rs/web --replicas=5');
    const link = await open((await writeWorld(session, 'test')).hash);
    const other = createSession({ engine, ...link, seed: 9 });
    expect(isSame(other, link)).toBe(false);
  });

  it('tells one whose objects alone are others', async () => {
    const [one, two] = ['one', 'two'].map((value) => {
      const session = createSession({ engine, scenario: 'cookie-cutter' });
      session.run(`kubectl label node node-a x=${value}`);
      return session;
    });
    const link = await open((await writeWorld(one as Session, 'test')).hash);
    expect(two?.cluster.changes).toHaveLength(one?.cluster.changes.length ?? 0);
    expect(isSame(two as Session, link)).toBe(false);
  });

  it('says what is wrong with one that is cut off, of a later format, or unfolds too far', async () => {
    const session = createSession({ engine, scenario: 'cookie-cutter' });
    session.run('kubectl scale rs/web --replicas=5');
    const { hash } = await writeWorld(session, 'test');
    expect((await open(hash.slice(0, -9)))?.failure).toBe('damaged');
    expect((await open(hash.replace('#w=1', '#w=2')))?.failure).toBe('tooNew');
    expect((await open(`#w=1${'A'.repeat(100_000)}`))?.failure).toBe('tooLarge');
    const bomb = new Blob([new Uint8Array(6_000_000)]).stream().pipeThrough(new CompressionStream('deflate-raw'));
    const bytes = new Uint8Array(await new Response(bomb).arrayBuffer());
    expect((await open(`#w=1${Buffer.from(bytes).toString('base64url')}`))?.failure).toBe('tooLarge');
    expect(await open('#stage')).toBeUndefined();
  });

  it('never throws and never believes what it cannot check, whatever it is given', async () => {
    const packed = async (value: unknown) => {
      const stream = new Blob([JSON.stringify(value) ?? '']).stream().pipeThrough(new CompressionStream('deflate-raw'));
      return `#w=1${Buffer.from(await new Response(stream).arrayBuffer()).toString('base64url')}`;
    };
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.string(), fc.jsonValue(), fc.tuple(fc.string(), fc.array(fc.jsonValue()), fc.array(fc.jsonValue()), fc.jsonValue())),
        async (value) => {
          const link = await open(await packed(value));
          for (const deed of link?.deeds ?? []) expect(deed.typed ?? deed.kubectl ?? deed.fault).toBeDefined();
          await open(`#w=1${typeof value === 'string' ? value : JSON.stringify(value)}`);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('a world that began elsewhere', () => {
  const lines = ['kubectl delete pod -n shop db-0 --wait=false', 'kubectl scale -n shop deploy/web --replicas=5'];

  it('opens to the same bytes from a link and from a file', async () => {
    const reading = new ClusterReading(JSON.stringify({ items: exampleCluster().filter(({ kind }) => kind !== 'Job') }));
    expect(reading.step(() => false)).toBe(true);
    const session = createSession({ engine, setting: settingOf(reading.cluster as ImportedCluster) });
    session.reach(5000);
    for (const line of lines) session.run(line);
    session.reach(20_000);
    const { hash, isWhole } = await writeWorld(session, 'test');
    expect(isWhole).toBe(true);
    const links = [await open(hash), await readFile(await writeFile(session, 'test'), ['en'])];
    for (const link of links) {
      const again = createSession({ engine, ...link, setting: settingOfLink(link?.objects ?? []) });
      again.reach(link?.atMs ?? 0);
      expect(again.cluster.changes).toEqual(session.cluster.changes);
      expect(isSame(again, link)).toBe(true);
      expect(again.deeds).toEqual(session.deeds);
    }
  });

  it('is told where a file is damaged', async () => {
    const session = createSession({ engine, scenario: 'empty', atMs: 1000 });
    const file = await writeFile(session, 'test');
    expect(await isWorldFile(file)).toBe(true);
    expect((await readFile(file, ['en'])).failure).toBeUndefined();
    expect((await readFile(file.slice(0, file.size - 9), ['en'])).failure).toBe('damaged');
    expect((await readFile(new Blob(['{}']), ['en'])).failure).toBe('damaged');
  });
});

it('is written by programs too', async () => {
  const deeds = [
    { atMs: 1000, kubectl: 'kubectl scale rs/web --replicas=5' },
    { atMs: 2000, fault: { type: 'failNode', name: 'node-a' } },
  ] as const;
  const run = { scenario: 'cookie-cutter', seed: 3, atMs: 4000, isPlaying: false, language: 'ko', theme: 'dark' } as const;
  expect(await open(await encodeLink({ ...run, deeds }))).toMatchObject({ ...run, deeds, problems: [] });
  expect(await open(await encodeLink(run))).toMatchObject({ ...run, problems: [] });
});
