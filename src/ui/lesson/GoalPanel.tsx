// A goal: what is to be reached, how far one is, hints one after another, and at last how it is done.
import type { LearnMessages } from '../../i18n/language.ts';
import type { GoalStep } from '../../lessons/lesson.ts';
import { isGoalReached, type LessonState, stageAt } from '../../session/lessonState.ts';
import { useOverlays, useSessionHandle } from '../hooks.tsx';
import { Icon } from '../icons.tsx';
import { useCopy } from '../useCopy.ts';
import { lessonRunOf } from './openLesson.ts';
import { PictureView } from './PictureView.tsx';
import { Primary } from './Primary.tsx';
import { Prose, useTextIn, Words } from './words.tsx';

interface PanelProps {
  readonly lesson: LessonState;
  readonly words: LearnMessages;
}

export function GoalPanel({ lesson, words }: PanelProps) {
  const run = lessonRunOf(useSessionHandle());
  const textIn = useTextIn();
  const step = stageAt(lesson).step as GoalStep;
  const isReached = isGoalReached(lesson);
  const isLast = lesson.at === lesson.stages.length - 1;
  const { open } = useOverlays();
  return (
    <div className="lesson-body">
      <div className="lesson-lead">
        <Prose text={textIn(step.text)} />
      </div>
      {step.manifest !== undefined && <Manifest text={step.manifest} words={words} />}
      {lesson.picture && (
        <figure className="goal-picture">
          <figcaption className="lesson-small">{words.goalPicture}</figcaption>
          <PictureView picture={lesson.picture} size={30} />
        </figure>
      )}
      <h3 className="lesson-small">{words.goals}</h3>
      <ul className="goals">
        {step.goals.map((goal, i) => (
          <li key={goal.text['en']} className={lesson.reached[i] ? 'goal goal-reached' : 'goal'}>
            <span className="goal-mark">{lesson.reached[i] && <Icon name="check" size={13} />}</span>
            <span>
              <Words text={textIn(goal.text)} />
              <span className="visually-hidden">, {lesson.reached[i] ? words.reached : words.notYet}</span>
            </span>
          </li>
        ))}
      </ul>
      <p className="lesson-because" role="status">
        {isReached ? reachedWords(lesson, words) : countWords(lesson, words)}
      </p>
      {!isReached && <Hints lesson={lesson} words={words} hints={step.hints.slice(0, lesson.hintCount).map(textIn)} />}
      {isReached ? (
        <Primary label={isLast ? words.course.challenges : words.next} onPress={isLast ? () => open({ type: 'course' }) : run.next} />
      ) : (
        <div className="lesson-actions">
          {lesson.hintCount < step.hints.length ? (
            <button type="button" className="button" onClick={run.hint}>
              {words.hint}
            </button>
          ) : (
            <button type="button" className="button" onClick={run.solve}>
              {words.show}
            </button>
          )}
          {!isLast && (
            <button type="button" className="button quiet lesson-second" onClick={run.next}>
              {words.skipGoal}
            </button>
          )}
        </div>
      )}
    </div>
  );
}

/** What is to be pasted onto the page. */
function Manifest({ text, words }: { readonly text: string; readonly words: LearnMessages }) {
  const copy = useCopy();
  return (
    <div className="lesson-manifest">
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre className="mono" tabIndex={0} aria-label={words.manifest}>
        {text}
      </pre>
      <button type="button" className="button" onClick={() => copy(text)}>
        {words.copyManifest}
      </button>
    </div>
  );
}

function reachedWords({ lesson: { challenge }, deedCount, isShown }: LessonState, words: LearnMessages): string {
  if (!challenge || isShown) return words.allReached;
  return deedCount <= challenge.commands ? words.solvedWith(deedCount, challenge.par) : words.tooMany(deedCount, challenge.commands);
}

function countWords({ lesson: { challenge }, deedCount }: LessonState, words: LearnMessages): string {
  return challenge ? words.commands(deedCount, challenge.commands) : '';
}

/** Asked for, it comes into sight. */
const showHint = (hint: HTMLElement | null) => hint?.scrollIntoView({ block: 'nearest' });

function Hints({ hints, lesson, words }: PanelProps & { readonly hints: readonly string[] }) {
  const step = stageAt(lesson).step as GoalStep;
  return (
    <div role="status">
      {hints.map((hint, i) => (
        <div key={hint} className="hint" ref={showHint}>
          <p className="lesson-small">{words.hints(i + 1, step.hints.length)}</p>
          <Prose text={hint} />
        </div>
      ))}
    </div>
  );
}
