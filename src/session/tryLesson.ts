// A lesson of one's own, tried: its world is run to the end of its last step, and the first thing in it that does not come true is told
// with its line. Those of the course are proven by tests.
import type { LearnMessages } from '../i18n/language.ts';
import type { Lesson } from '../lessons/lesson.ts';
import type { Field } from '../scenario/field.ts';
import { readFile } from '../scenario/readFile.ts';
import { failedLines, type Problem, problemsOf, runWhole } from './provenLesson.ts';

/** `line 12: steps[3].answers: none of the answers comes true`; undefined if all is well. */
export function tryLesson(text: string, lesson: Lesson, { course: { untrue }, mistakes }: LearnMessages): string | undefined {
  const session = runWhole(lesson);
  const told = (line: number | undefined, ...words: readonly string[]): string =>
    [...(line === undefined ? [] : [mistakes.line(line)]), ...words].join(': ');
  const [failed] = failedLines(session, lesson);
  if (failed) return told(failed.line, failed.command, failed.said);
  for (const [i, step] of lesson.steps.entries()) {
    const [problem] = problemsOf(session, lesson, step, i);
    if (!problem) continue;
    const field = fieldAt(readFile(text, 'lesson'), ['steps', i, ...problem.at]);
    return told(field.line, field.place, wordsOf(problem, untrue));
  }
  return undefined;
}

function fieldAt(root: Field, path: readonly (string | number)[]): Field {
  return path.reduce<Field>((field, part) => (typeof part === 'number' ? (field.asList()[part] as Field) : field.at(part)), root);
}

function wordsOf(problem: Problem, words: LearnMessages['course']['untrue']): string {
  if (problem.type === 'truths') return problem.answers.length === 0 ? words.noTruth : words.truths(problem.answers.join(', '));
  return problem.type === 'notThere' ? words.notThere(problem.object) : words[problem.type];
}
