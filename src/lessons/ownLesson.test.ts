// @module-tag long
import { describe, expect, it } from 'vitest';
import { challenges, course } from './index.ts';
import { readOwnLesson } from './ownLesson.ts';

const lesson = (deed: string, more = '') => `lesson: mine
title: Mine
nodes: 1
steps:
  - watch: Look.
    for: 5s
    because: So.
    do:
      - ${deed}
${more}`;

function complaintOf(text: string): string | undefined {
  try {
    readOwnLesson(text);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

describe('readOwnLesson', () => {
  it.each([...course, ...challenges])('finds nothing wrong with $id of the course', async ({ text }) => {
    expect(complaintOf(`${(await text()).default}\ntitle: Its own\n`)).toBeUndefined();
  });

  const bad: Record<string, [string, string]> = {
    'a verb': [
      lesson('kubectl: delet pod web'),
      'line 9: steps[0].do[0].kubectl: unknown command "delet" for "kubectl" Did you mean this? delete',
    ],
    'a flag': [
      lesson('kubectl: delete pod {{pod app=web 0}} --wiat=false'),
      "line 9: steps[0].do[0].kubectl: unknown flag: --wiat See 'kubectl delete --help' for usage.",
    ],
    'a kind in a line': [
      lesson('kubectl: scale deploymint/web --replicas=3'),
      'line 9: steps[0].do[0].kubectl: the server doesn\'t have a resource type "deploymint"',
    ],
    'a manifest that is left out': [lesson('kubectl: apply -f -'), 'line 9: steps[0].do[0].kubectl: no objects passed to apply'],
    'a placeholder': [
      lesson('kubectl: delete pod {{pod app=web}}'),
      'line 9: steps[0].do[0].kubectl: {{pod app=web}} must be as {{pod app=web 0}}: a kind, labels, and which of them, from 0',
    ],
    'a line worth trying': [
      lesson('wait: 1s', '  - free: Go on.\n    try: [kubectl get pods, kubectl scal rs/web]\n'),
      'line 11: steps[1].try[1]: unknown command "scal" for "kubectl" Did you mean this? scale',
    ],
    'a kind of an object': [
      lesson('wait: 1s', '    show: {object: Deploymint/web}\n'),
      'line 10: steps[0].show.object: there is no kind Deploymint',
    ],
  };
  it.each(Object.entries(bad))('names the line of %s that is wrong', (_, [text, complaint]) => expect(complaintOf(text)).toBe(complaint));

  it('takes the kinds that the lesson itself defines', () => {
    const definition =
      '{kubectl: apply -f -, stdin: "{apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, metadata: {name: crontabs.example.com}}"}';
    expect(complaintOf(lesson(`${definition}\n      - kubectl: get crontabs`))).toBeUndefined();
  });
});
