import { describe, expect, it } from 'vitest';
import { learnEn } from '../i18n/en/learn.ts';
import { learnKo } from '../i18n/ko/learn.ts';
import { readLesson } from '../lessons/readLesson.ts';
import { createSession } from './createSession.ts';
import { engine } from './engine.ts';
import { failedLines, noFrames, problemsOf, runWhole } from './provenLesson.ts';
import type { Session } from './session.ts';
import { writeLesson } from './writeLesson.ts';

function open(scenario: string, atMs?: number, seed = 1): Session {
  return createSession({ engine, scenario, seed, frames: noFrames, ...(atMs === undefined ? {} : { atMs }) });
}

function textOf(session: Session, words = learnEn): string {
  let text = '';
  session.record((recording) => (text = writeLesson(recording, words.course.draft)));
  return text;
}

/** The lesson that the text is, run to its end, with what is wrong in it. */
function proven(text: string) {
  const lesson = readLesson(text);
  const session = runWhole(lesson);
  const problems = lesson.steps.flatMap((step, i) => problemsOf(session, lesson, step, i));
  return { lesson, session, problems: [...problems, ...failedLines(session, lesson)] };
}

const podsOf = (session: Session) =>
  session.store
    .getState()
    .snapshot.list('Pod')
    .map(({ metadata, status }) => [metadata.name, metadata.uid, status]);

/** A busy run: a cutter edited, a cookie deleted, a container crashed, memory filled, a node silenced, a manifest pasted. */
function busyRun(seed: number): Session {
  const session = open('cookie-cutter', 140_000, seed);
  session.run('kubectl set image rs/web web=nginx:1.29');
  session.runTo(143_000);
  const [first, second, third] = session.store.getState().snapshot.list('Pod');
  session.run(`kubectl delete pod ${first?.metadata.name} --wait=false`);
  session.act({ type: 'exitContainer', namespace: 'default', pod: second?.metadata.name ?? '', container: 'web', exitCode: 1 });
  const { name = '' } = third?.metadata ?? {};
  session.act({ type: 'fillMemory', namespace: 'default', pod: name, container: 'web', bytes: 1_000_000 });
  session.runTo(150_000);
  session.act({ type: 'failNode', name: 'node-b' });
  session.paste('apiVersion: v1\nkind: Pod\nmetadata:\n  name: extra\nspec:\n  containers:\n  - {name: c, image: "nginx:1.27"}\n');
  session.runTo(170_000);
  return session;
}

describe('writeLesson', () => {
  it('writes a file whose lesson is the same run, with goals that its own solution reaches', () => {
    const session = busyRun(1);
    const { lesson, session: again, problems } = proven(textOf(session));
    expect(problems).toEqual([]);
    expect(podsOf(again)).toEqual(podsOf(session));
    const [, goal] = lesson.steps;
    expect(goal?.type === 'goal' && goal.goals.map(({ text }) => text['en'])).toEqual([
      '2 of app=web serve nginx:1.25',
      '4 of app=web, no more and no fewer',
      '2 of app=web serve nginx:1.29',
      'ReplicaSet/web: spec.replicas is 4',
      'ReplicaSet/web: spec.template.spec.containers.0.image is nginx:1.29',
      'Pod/extra is there',
    ]);
  });

  it('finds the same pods by placeholders where another seed gives them other names', () => {
    const text = textOf(busyRun(7));
    expect(text).toContain('kubectl: delete pod {{pod app=web 0}} --wait=false');
    expect(proven(text).problems).toEqual([]);
  });

  it('writes a run in which nobody did anything as something to watch', () => {
    const session = open('rolling-update');
    session.runTo(session.store.getState().endMs + 20_000);
    const { lesson, problems } = proven(textOf(session));
    expect(problems).toEqual([]);
    expect(lesson.steps.map(({ type }) => type)).toEqual(['read', 'watch', 'free']);
  });

  it('writes an empty world that was only looked at', () => {
    expect(proven(textOf(open('empty'))).problems).toEqual([]);
  });

  it('stops at the moment shown', () => {
    const session = busyRun(1);
    session.seek(145_000);
    expect(textOf(session)).not.toContain('node-b');
  });

  it('speaks the language of the page', () => {
    const session = open('empty');
    session.run('kubectl create deployment shop --image=nginx:1.27 --replicas=2');
    session.runTo(20_000);
    const { lesson, problems } = proven(textOf(session, learnKo as typeof learnEn));
    expect(problems).toEqual([]);
    expect(lesson.title['en']).toBe('나의 강의');
  });
});
