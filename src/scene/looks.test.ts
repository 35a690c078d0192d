import { describe, expect, it } from 'vitest';
import { Looks, letterAt } from './looks.ts';
import { SceneReader } from './scene.ts';
import { TestWorld, template } from './testWorld.ts';

function letters(world: TestWorld): string[] {
  return world.scene().pods.list.map(({ look }) => look.letter);
}

describe('a look', () => {
  it('stays with the pod when the template changes, and goes to the pods cut afterwards', () => {
    const world = new TestWorld();
    const web = world.replicaSet('web', template('nginx:1.25'));
    world.pod('web-1', web);
    const edited = world.retemplate(web, template('nginx:1.27'));
    world.pod('web-2', edited);
    expect(letters(world)).toEqual(['A', 'B']);
  });

  it('comes back with an earlier template', () => {
    const world = new TestWorld();
    const web = world.replicaSet('web', template('nginx:1.25'));
    const edited = world.retemplate(web, template('nginx:1.27'));
    world.retemplate(edited, template('nginx:1.25'));
    const [owner] = world.scene().owners;
    expect([owner?.look.letter, owner?.previous?.letter]).toEqual(['A', 'B']);
  });

  it('is the same for a Deployment and for the ReplicaSet that carries its template with one label more', () => {
    const world = new TestWorld();
    const web = world.deployment('web', template('nginx:1.25'));
    const copy = world.replicaSet('web-7d4b8', template('nginx:1.25', { app: 'web', 'pod-template-hash': '7d4b8' }), web);
    world.pod('web-7d4b8-1', copy);
    world.replicaSet('other', template('nginx:1.27'));
    expect(letters(world)).toEqual(['A']);
    expect(world.scene().owners.map(({ look }) => look.letter)).toEqual(['A', 'B']);
  });

  it('is hand-cut for a pod that nothing owns', () => {
    const world = new TestWorld();
    world.pod('debug', undefined);
    expect(world.scene().pods.list[0]?.look).toEqual({ letter: '', shape: 'hand' });
  });

  it('is reused from the ninth on, where no living template has it, while letters go on', () => {
    const world = new TestWorld();
    let web = world.replicaSet('web', template('v1'));
    for (let version = 2; version <= 9; version++) web = world.retemplate(web, template(`v${version}`));
    expect(world.scene().owners[0]?.look).toEqual({ letter: 'I', shape: 'A' });
  });

  it('is the same however the log is read, and forgets a future that was dropped', () => {
    const world = new TestWorld();
    const web = world.replicaSet('web', template('v1'));
    world.scene();
    world.retemplate(web, template('v2'));
    world.scene();
    world.cutAfter(1);
    world.retemplate(web, template('v3'));
    const [read] = world.scene().owners;
    const fresh = new Looks();
    fresh.read(world.changes);
    expect(read?.look).toEqual(fresh.ofTemplate(template('v3')));
    expect(read?.look.letter).toBe('B');
  });

  it('names what comes after Z', () => {
    expect([0, 25, 26, 27, 52].map(letterAt)).toEqual(['A', 'Z', 'AA', 'AB', 'BA']);
  });
});

describe('a scene', () => {
  it('is the same object while nothing on the stage changes, and another as soon as something does, also backwards', () => {
    const world = new TestWorld();
    const web = world.replicaSet('web', template('v1'));
    const pod = world.pod('web-1', web);
    const reader = new SceneReader();
    const first = world.scene(reader);
    world.put({ apiVersion: 'v1', kind: 'Event', metadata: { name: 'pulled', namespace: 'default' } });
    expect(world.scene(reader)).toBe(first);
    const seq = world.seq;
    world.put({ ...pod, status: { phase: 'Failed' } });
    expect(world.scene(reader)).not.toBe(first);
    world.cutAfter(seq);
    const back = world.scene(reader);
    expect(back.pods.get('Pod/default/web-1')?.pod).toBe(pod);
  });
});

describe('a place on a tray', () => {
  it('is kept while others leave, and given to the next who comes', () => {
    const world = new TestWorld();
    const web = world.replicaSet('web', template('v1'));
    const [first] = ['a', 'b', 'c'].map((name) => world.pod(name, web, 'node-1'));
    if (first) world.remove(first);
    world.pod('d', web, 'node-1');
    world.pod('e', web, 'node-1');
    const slots = world.scene().pods.list.map(({ name, record }) => `${name}${record?.slot}`);
    expect(slots).toEqual(expect.arrayContaining(['b1', 'c2', 'd0', 'e3']));
  });
});
