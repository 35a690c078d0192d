import { describe, expect, it } from 'vitest';
import fc from '../base/fastCheck.ts';
import { mistakesKo } from '../i18n/ko/mistakes.ts';
import { type Mistake, wordsOf } from '../i18n/mistakes.ts';
import { parseScenario } from '../scenario/parse.ts';
import { ScenarioError } from '../scenario/scenarioError.ts';
import { readLesson } from './readLesson.ts';

const lesson = (steps: string) => `lesson: mine
title: {en: Mine, ko: 나의 것}
nodes:
  - name: node-a
steps:
${steps}`;

const prediction = (change: (text: string) => string = (text) => text) =>
  lesson(
    change(`  - predict: A pod is deleted.
    question: What happens?
    do:
      - kubectl: delete pod web --wait=false
      - wait: 2s
    for: 10s
    answers:
      - text: It comes back
        picture: A
        if: {pods: {name: web}, count: 1}
      - text: It is gone
        picture: _
        guess: A:terminating
        if: {pods: {name: web}, count: 0}
    because: Nobody owns it.
    explain: Nobody cuts it again.
`),
  );

function mistakeIn(text: string): string {
  try {
    readLesson(text);
    return '';
  } catch (error) {
    return wordsOf((error as ScenarioError).mistake as Mistake, mistakesKo);
  }
}

function complaintOf(text: string): string {
  try {
    readLesson(text);
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}

describe('readLesson', () => {
  it('reads texts for all languages or for each', () => {
    const { title, steps } = readLesson(lesson('  - read: Hello\n'));
    expect(title).toEqual({ en: 'Mine', ko: '나의 것' });
    expect(steps).toMatchObject([{ type: 'read', text: { en: 'Hello' } }]);
  });

  it('reads a prediction with its deeds, pictures and facts', () => {
    const [step] = readLesson(prediction()).steps;
    expect(step).toMatchObject({
      type: 'predict',
      watchMs: 10_000,
      does: { lengthMs: 2000, steps: [{ atMs: 0, kubectl: 'kubectl delete pod web --wait=false' }] },
      answers: [
        { picture: [{ letter: 'A', state: 'ready' }], isTrueIf: { type: 'pods', pods: { name: 'web' }, count: 1 } },
        { picture: [{ letter: undefined }], guess: { letter: 'A', state: 'terminating' } },
      ],
    });
  });

  const bad: Record<string, [string, string]> = {
    'a missing question': [
      prediction((text) => text.replace(/ {4}question.*\n/, '')),
      'line 6: steps[0].question: must be text, or texts by language',
    ],
    'a misspelt key': [
      prediction((text) => text.replace('because:', 'becuase:')),
      'line 20: steps[0].becuase: is not known here; known are predict, show, given, question, pin, do, for, speed, answers, because, explain',
    ],
    'one answer': [
      prediction((text) => text.replace(/ {6}- text: It is gone[\s\S]*?count: 0}\n/, '')),
      'line 12: steps[0].answers: must hold from 2 to 4',
    ],
    'a picture whose node is not closed': [
      prediction((text) => text.replace('picture: A', 'picture: "[A"')),
      'line 14: steps[0].answers[0].picture: must be of pods such as A, B:pending or a dot, and of nodes in brackets such as [A B]',
    ],
    'a picture that is none': [
      prediction((text) => text.replace('picture: A', 'picture: a cat')),
      'line 14: steps[0].answers[0].picture: must be of pods such as A, B:pending or a dot, and of nodes in brackets such as [A B]',
    ],
    'an unknown fact': [
      prediction((text) => text.replace('{pods: {name: web}, count: 1}', '{pod: web}')),
      'line 15: steps[0].answers[0].if: must be one of pods, object, all, any, not, ever, always',
    ],
    'a file without its path': [
      prediction((text) => text.replace('{name: web}, count: 1', '{name: web, file: pages}, count: 1')),
      'line 15: steps[0].answers[0].if.pods.file: must be a path from the root such as /pages/index.html',
    ],
    'two deeds in one': [
      prediction((text) => text.replace('- wait: 2s', '- {wait: 2s, crash: web}')),
      'line 10: steps[0].do[1]: must be one of kubectl, node, crash, fault, typed, wait',
    ],
    'a step of no type': [lesson('  - say: hello\n'), 'line 6: steps[0]: must be one of read, predict, watch, goal, free'],
    'a text that is a number': [lesson('  - read: 5\n'), 'line 6: steps[0].read: must be text, or texts by language'],
    'a tab that is none': [
      lesson('  - read: Hello\n    show: {object: Pod/web, tab: yml}\n'),
      'line 7: steps[0].show.tab: must be one of cookie, story, yaml, events, logs, files, environment, processes, why, inside',
    ],
    'a tab that the kind has not': [
      lesson('  - read: Hello\n    show: {object: Service/web, tab: logs}\n'),
      'line 7: steps[0].show.tab: must be one of now, story, events, yaml',
    ],
    'an object without its kind': [
      lesson('  - read: Hello\n    show: {object: web}\n'),
      'line 7: steps[0].show.object: must be a kind and a name such as Deployment/web',
    ],
    'a count in words': [
      prediction((text) => text.replace('{pods: {name: web}, count: 1}', '{pods: {name: web}, count: one}')),
      'line 15: steps[0].answers[0].if.count: must be a whole number, or a map of min and max',
    ],
    'a goal that nobody shows how to reach': [
      lesson('  - goal: Do it\n    goals:\n      - text: Done\n        if: {object: Pod/web}\n'),
      'line 6: steps[0].solution: must hold at least one',
    ],
    'a range that holds nothing': [
      prediction((text) => text.replace('count: 1}', 'count: {min: 2, max: 1}}')),
      'line 15: steps[0].answers[0].if.count.max: must not be less than min',
    ],
    'a guess of two pods': [
      prediction((text) => text.replace('guess: A:terminating', 'guess: A A')),
      'line 18: steps[0].answers[1].guess: must be one pod such as B:terminating',
    ],
    'a time without its unit': [
      prediction((text) => text.replace('for: 10s', 'for: 10')),
      'line 11: steps[0].for: must be a duration with its unit such as 5s',
    ],
    'a number where text is typed': [
      prediction((text) => text.replace('- wait: 2s', '- {kubectl: apply -f -, stdin: 5}')),
      'line 10: steps[0].do[1].stdin: must be text',
    ],
    'a par that is not allowed': [
      `${lesson('  - read: Hello\n')}challenge: {commands: 2, par: 3}\n`,
      'line 7: challenge.par: must be from 1 to as many as commands allows',
    ],
    'a text that is no lesson': ['hello', 'line 1: lesson: must be a map'],
    'no nodes': [lesson('  - read: Hello\n').replace(/nodes:\n.*\n/, ''), 'line 1: nodes: must hold at least one'],
    'broken YAML': ['lesson: [', 'line 1: this is indented otherwise than what belongs to it, or a bracket is not closed'],
  };
  for (const [name, [text, complaint]] of Object.entries(bad)) {
    it(`names the line of ${name}`, () => expect(complaintOf(text)).toBe(complaint));
  }
});

describe('a mistake', () => {
  it.each([
    [lesson('  - say: hello\n'), '6번째 줄: steps[0]: 다음 중 하나만 써야 합니다: read, predict, watch, goal, free'],
    ['hello', '1번째 줄: 강의: 맵이어야 합니다'],
    ['lesson: [', '1번째 줄: 들여쓰기가 맞지 않거나, 괄호가 닫히지 않았습니다'],
  ])('is told in the language of the page', (text, words) => {
    expect(mistakeIn(text)).toBe(words);
  });
});

describe('a file that somebody changed', () => {
  const scenario = 'name: x\nabout: y\nnodes:\n  - {name: a, cpu: "2"}\nsteps:\n  - kubectl: get pods\n    settle: 3s\n  - wait: 30s\n';
  const values = [
    '',
    '~',
    '[]',
    '{}',
    '-1',
    '1e99',
    '"<script>"',
    '*a',
    '&a [*a]',
    '__proto__: 1',
    '{__proto__: {x: 1}}',
    '!!js/function x',
  ];
  const change = fc.tuple(fc.nat(40), fc.constantFrom('drop', 'twice', 'value', 'deeper'), fc.constantFrom(...values));

  it.each([
    ['a lesson', prediction(), readLesson],
    ['a scenario', scenario, parseScenario],
  ])('is %s, or says what is wrong with it', (_, text, read) => {
    const tried = fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), (changes) => {
      const lines = text.split('\n');
      for (const [place, how, value] of changes) {
        const at = place % lines.length;
        const line = lines[at] ?? '';
        const changed = { drop: [], twice: [line, line], deeper: [`  ${line}`], value: [line.replace(/:.*/, `: ${value}`)] }[how];
        lines.splice(at, 1, ...changed);
      }
      expect(mistakeOf(() => read(lines.join('\n')))).toBe('');
      expect(({} as { readonly x?: number }).x).toBeUndefined();
    });
    fc.assert(tried, { numRuns: Number(process.env['RUNS'] ?? 60) });
  });
});

/** What is thrown beside what a person is told. */
function mistakeOf(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    return error instanceof ScenarioError ? '' : String(error);
  }
  return '';
}
