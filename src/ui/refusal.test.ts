import { describe, expect, it } from 'vitest';
import { createSession } from '../session/createSession.ts';
import { engine } from '../session/engine.ts';
import { fixOf, lineOfRefusal } from './refusal.ts';

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 2
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
      - name: first
        image: nginx
      - name: second
        image: nginx
`;

/** Pastes a text into a world and gives the line of its text that is blamed. */
function blamed(text: string): string | undefined {
  const session = createSession({ engine, scenario: 'empty' });
  session.paste(text);
  const { refusal } = session.store.getState();
  const line = refusal && lineOfRefusal(refusal);
  return line === undefined ? refusal?.stderr : text.split('\n')[line - 1]?.trim();
}

describe('lineOfRefusal', () => {
  it.each([
    ['a field that is unknown', deployment.replace('replicas: 2', 'replica: 2'), 'replica: 2'],
    ['an unknown field of the second container', deployment.replace(/image: nginx\n$/, 'imag: nginx\n'), 'imag: nginx'],
    ['a selector that misses the labels', deployment.replace('        app: web', '        app: wed'), 'labels:'],
    ['a name that is no name', deployment.replace('name: first', 'name: First'), '- name: First'],
    ['a broken indentation', deployment.replace('  replicas: 2', '   replicas: 2'), 'selector:'],
    [
      'the second document',
      `${deployment.replace('name: web', 'name: ok')}---\n${deployment.replace('replicas: 2', 'replicas: -1')}`,
      'replicas: -1',
    ],
  ])('finds %s', (_what, text, line) => {
    expect(blamed(text)).toBe(line);
  });
});

describe('fixOf', () => {
  it.each([
    ['a misspelled field', deployment.replace('replicas: 2', 'replica: 2'), 'replicas'],
    ['a misspelled field of a container', deployment.replace(/image: nginx\n$/, 'imgae: nginx\n'), 'image'],
    ['a label that the selector misses', deployment.replace('        app: web', '        app: app'), 'app=web'],
  ])('mends %s', (_what, text, to) => {
    const session = createSession({ engine, scenario: 'empty' });
    session.paste(text);
    const { refusal } = session.store.getState();
    const fix = refusal && fixOf(refusal);
    expect(fix?.to).toBe(to);
    session.dismissRefusal();
    session.paste(fix?.text ?? '');
    expect(session.store.getState().refusal).toBeUndefined();
    expect(session.store.getState().snapshot.list('Deployment')).toHaveLength(1);
  });

  it('has nothing to offer where the mistake is not plain', () => {
    const session = createSession({ engine, scenario: 'empty' });
    session.paste(deployment.replace('replicas: 2', 'zebra: 2'));
    const { refusal } = session.store.getState();
    expect(refusal && fixOf(refusal)).toBeUndefined();
  });
});
