import { describe, expect, it } from 'vitest';
import { learnEn } from '../i18n/en/learn.ts';
import { readOwnLesson } from '../lessons/ownLesson.ts';
import { tryLesson } from './tryLesson.ts';

const HEAD = 'lesson: mine\ntitle: Mine\nnodes: 1\nsetup:\n  - kubectl: create deployment web --image=nginx:1.27\n  - wait: 30s\nsteps:\n';

const tried = (steps: string) => tryLesson(HEAD + steps, readOwnLesson(HEAD + steps), learnEn);

const predict = (first: number, second: number) => `  - predict: It is scaled.
    question: How many?
    do:
      - kubectl: scale deployment/web --replicas=2
    for: 10s
    answers:
      - {text: One, picture: A, if: {pods: {}, count: ${first}}}
      - {text: Two, picture: A A, if: {pods: {}, count: ${second}}}
    because: So.
    explain: So.
`;

const goal = (count: number, solution: string) => `  - read: Hello
  - goal: Scale it.
    goals:
      - text: Many
        if: {pods: {}, count: ${count}}
    solution:
      - kubectl: ${solution}
`;

describe('tryLesson', () => {
  it('finds nothing wrong where all comes true', () => expect(tried(predict(1, 2))).toBeUndefined());

  const wrong: Record<string, [string, string]> = {
    'a line that fails in a later step': [
      `${predict(1, 2)}  - watch: Look.\n    given:\n      - kubectl: get pods\n    do:\n      - kubectl: delete pod gone\n    for: 1s\n    because: So.\n`,
      'line 22: kubectl delete pod gone: Error from server (NotFound): pods "gone" not found',
    ],
    'a question without a true answer': [predict(3, 4), 'line 13: steps[0].answers: none of the answers comes true'],
    'a question with two': [predict(2, 2), 'line 13: steps[0].answers: exactly one answer must come true, not 1, 2'],
    'a goal that is no goal': [goal(1, 'annotate deployment/web a=b'), 'line 11: steps[1].goals[0]: is reached before anything is done'],
    'a solution that is none': [goal(5, 'annotate deployment/web a=b'), 'line 11: steps[1].goals[0]: is not reached by the solution'],
    'an object to show that is not there': [
      '  - read: Hello\n    show: {object: Deployment/api}\n',
      'line 9: steps[0].show.object: Deployment/api is not there',
    ],
  };
  it.each(Object.entries(wrong))('names the line of %s', (_, [steps, words]) => expect(tried(steps)).toBe(words));
});
