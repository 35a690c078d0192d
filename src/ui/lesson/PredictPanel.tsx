// A prediction: the question with its picture answers, what happens, and why.
import type { LearnMessages } from '../../i18n/language.ts';
import type { Answer, PredictStep } from '../../lessons/lesson.ts';
import { type LessonState, stageAt } from '../../session/lessonState.ts';
import { useSessionHandle } from '../hooks.tsx';
import { Icon } from '../icons.tsx';
import { lessonRunOf } from './openLesson.ts';
import { PictureView } from './PictureView.tsx';
import { Primary } from './Primary.tsx';
import { Prose, useTextIn, Words } from './words.tsx';

interface PanelProps {
  readonly lesson: LessonState;
  readonly words: LearnMessages;
}

export function PredictPanel({ lesson, words }: PanelProps) {
  const session = useSessionHandle();
  const run = lessonRunOf(session);
  const textIn = useTextIn();
  const step = stageAt(lesson).step as PredictStep;
  const hasGuess = lesson.answer !== undefined;
  return (
    <form
      className="lesson-body"
      onSubmit={(event) => {
        event.preventDefault();
        if (hasGuess) run.watch();
      }}
    >
      <div className="lesson-lead">
        <Prose text={textIn(step.text)} />
      </div>
      <fieldset className="answers">
        <legend className="lesson-question">
          <Words text={textIn(step.question)} />
        </legend>
        {step.answers.map((answer, i) => (
          <AnswerRow key={answer.text['en']} answer={answer} number={i + 1} isChosen={lesson.answer === i} onChoose={() => run.choose(i)} />
        ))}
      </fieldset>
      <div className="lesson-actions">
        <button type="submit" className="button primary lesson-primary" data-primary aria-disabled={!hasGuess}>
          <Icon name="play" size={14} />
          {words.watch}
        </button>
        <span className="kbd">Enter</span>
        <button type="button" className="button quiet lesson-second" onClick={run.watch}>
          {words.skipGuess}
        </button>
      </div>
    </form>
  );
}

interface AnswerRowProps {
  readonly answer: Answer;
  readonly number: number;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}

function AnswerRow({ answer, number, isChosen, onChoose }: AnswerRowProps) {
  const textIn = useTextIn();
  return (
    <label className={isChosen ? 'answer answer-chosen' : 'answer'}>
      <input type="radio" className="visually-hidden" name="answer" checked={isChosen} onChange={onChoose} />
      <span className="answer-number mono" aria-hidden="true">
        {number}
      </span>
      <PictureView picture={answer.picture} size={28} />
      <span className="answer-text">
        <Words text={textIn(answer.text)} />
      </span>
      {isChosen && <Icon name="check" size={18} />}
    </label>
  );
}

export function WatchPanel({ lesson, words }: PanelProps) {
  const session = useSessionHandle();
  const run = lessonRunOf(session);
  const textIn = useTextIn();
  const { step } = stageAt(lesson);
  if (step.type !== 'predict' && step.type !== 'watch') return null;
  const guess = step.type === 'predict' && lesson.answer !== undefined ? step.answers[lesson.answer] : undefined;
  if (!lesson.isWatched) {
    const hasBegun = lesson.isWatching;
    return (
      <div className="lesson-body">
        <div className="lesson-lead">
          {step.type === 'watch' && <Prose text={textIn(step.text)} />}
          {hasBegun && <p className="lesson-watching">{words.watching}</p>}
        </div>
        {guess && <Outcome label={words.myGuess} answer={guess} />}
        <Primary label={hasBegun ? words.toTheEnd : words.watch} icon={hasBegun ? 'stepOn' : 'play'} onPress={run.watch} />
      </div>
    );
  }
  return (
    <div className="lesson-body">
      <Verdict lesson={lesson} words={words} />
      <Primary label={step.type === 'predict' ? words.explain : words.next} onPress={run.next} />
    </div>
  );
}

/** Never red: to guess wrong is how one learns. */
function Verdict({ lesson, words }: PanelProps) {
  const textIn = useTextIn();
  const { step } = stageAt(lesson);
  if (step.type !== 'predict' && step.type !== 'watch') return null;
  const because = textIn(step.because);
  const guess = step.type === 'predict' && lesson.answer !== undefined ? step.answers[lesson.answer] : undefined;
  const truth = step.type === 'predict' && lesson.truth !== undefined ? step.answers[lesson.truth] : undefined;
  const isRight = guess !== undefined && guess === truth;
  const isUnforeseen = step.type === 'predict' && !truth;
  return (
    <>
      <h3 className="lesson-verdict" tabIndex={-1} data-verdict>
        {guess && (
          <>
            <Icon name={isRight ? 'check' : 'close'} size={20} />
            {isRight ? words.right : words.wrong}
          </>
        )}
        {!guess && words.whatHappened}
      </h3>
      {guess && !isRight && <Outcome label={words.myGuess} answer={guess} />}
      {truth && <Outcome label={words.whatHappened} answer={truth} isStrong />}
      <p className="lesson-because" role="status">
        <Words text={isUnforeseen ? words.unforeseen : because} />
      </p>
    </>
  );
}

function Outcome({ label, answer, isStrong = false }: { readonly label: string; readonly answer: Answer; readonly isStrong?: boolean }) {
  const textIn = useTextIn();
  return (
    <div className={isStrong ? 'outcome outcome-strong' : 'outcome'}>
      <span className="outcome-label">{label}</span>
      <PictureView picture={answer.picture} size={26} />
      <span className="answer-text">
        <Words text={textIn(answer.text)} />
      </span>
    </div>
  );
}

export function ExplainPanel({ lesson, words }: PanelProps) {
  const session = useSessionHandle();
  const textIn = useTextIn();
  const step = stageAt(lesson).step as PredictStep;
  return (
    <div className="lesson-body">
      <p className="lesson-because">
        <Words text={textIn(step.because)} />
      </p>
      <div className="lesson-lead">
        <Prose text={textIn(step.explain)} />
      </div>
      <Primary label={words.next} onPress={lessonRunOf(session).next} />
    </div>
  );
}
