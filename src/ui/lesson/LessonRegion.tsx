// The lesson beside the stage: where one is in it, what it says, and one thing to do. A column on a wide page, a sheet of three
// heights on a narrow one. The stage's world is the lesson's; everything about it stays possible.
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { LearnMessages } from '../../i18n/language.ts';
import { course } from '../../lessons/index.ts';
import type { Phase } from '../../lessons/lesson.ts';
import { type LessonState, stageAt } from '../../session/lessonState.ts';
import { useMedia, useOverlays, useSession, useSessionHandle } from '../hooks.tsx';
import { Icon } from '../icons.tsx';
import { Inspector } from '../later.tsx';
import { DETENTS, type Detent, SheetHandle } from '../Sheet.tsx';
import { GoalPanel } from './GoalPanel.tsx';
import { lessonRunOf } from './openLesson.ts';
import { ExplainPanel, PredictPanel, WatchPanel } from './PredictPanel.tsx';
import { FreePanel, ReadPanel } from './ReadPanel.tsx';
import { useLessonKeys } from './useLessonKeys.ts';
import { useLearnMessages, useTextIn } from './words.tsx';
import './lesson.css';

export function LessonRegion() {
  const lesson = useSession((state) => state.lesson);
  const words = useLearnMessages();
  if (!lesson || !words) return <aside className="lesson-region" />;
  return <LessonColumn lesson={lesson} words={words} />;
}

/** What one looks at decides how much of the sheet is up: the question while it is read, the stage while something happens there. */
const DETENT_OF: Readonly<Record<Phase, Detent>> = {
  read: 'half',
  predict: 'half',
  watch: 'folded',
  explain: 'half',
  goal: 'half',
  free: 'half',
};

interface LessonProps {
  readonly lesson: LessonState;
  readonly words: LearnMessages;
}

function LessonColumn({ lesson, words }: LessonProps) {
  const session = useSessionHandle();
  const { phase } = stageAt(lesson);
  const isSheet = useMedia('(max-width: 860px)');
  const hasSelection = useSession((state) => state.selection.length > 0);
  const panel = useRef<HTMLElement>(null);
  const [detent, setDetent] = useState<Detent>(DETENT_OF[phase]);
  const moment = `${lesson.lesson.id} ${lesson.at} ${lesson.isWatched}`;
  const [seen, setSeen] = useState(moment);
  if (seen !== moment) {
    setSeen(moment);
    setDetent(lesson.isWatched ? 'half' : DETENT_OF[phase]);
  }
  useLessonKeys(panel);
  useFocusOn(panel, moment);
  const by = (step: number) => setDetent(DETENTS[Math.max(0, Math.min(2, DETENTS.indexOf(detent) + step))] ?? 'half');
  return (
    <aside
      className={`lesson-region lesson-${detent}`}
      aria-label={words.label}
      ref={panel}
      data-phase={phase}
      data-watched={lesson.isWatched}
    >
      <SheetHandle label={detent === 'whole' ? words.smaller : words.larger} detent={detent} by={by} set={setDetent} />
      <div className="lesson-scroll">
        <Progress lesson={lesson} words={words} />
        <Heading lesson={lesson} words={words} />
        <Panel lesson={lesson} words={words} />
        <Footer lesson={lesson} words={words} />
        {isSheet && hasSelection && (
          <div className="lesson-inspector">
            <Inspector session={session} />
          </div>
        )}
      </div>
    </aside>
  );
}

function Panel(props: LessonProps) {
  switch (stageAt(props.lesson).phase) {
    case 'read':
      return <ReadPanel {...props} />;
    case 'predict':
      return <PredictPanel {...props} />;
    case 'watch':
      return <WatchPanel {...props} />;
    case 'explain':
      return <ExplainPanel {...props} />;
    case 'goal':
      return <GoalPanel {...props} />;
    case 'free':
      return <FreePanel {...props} />;
  }
}

/** With so many stages each has its name and number; a longer lesson shows its steps, and where in the step the learner is. */
const NAMED_MAX = 4;

function Progress({ lesson: { stages, at }, words }: LessonProps) {
  const session = useSessionHandle();
  if (stages.length === 1) return null;
  const isShort = stages.length <= NAMED_MAX;
  const now = stages[at]?.stepIndex;
  const shown = stages
    .map((stage, i) => ({ ...stage, i }))
    .filter(({ stepIndex, i }) => isShort || (stepIndex === now ? i === at : stages[i - 1]?.stepIndex !== stepIndex));
  return (
    <nav aria-label={words.progress}>
      <ol className={isShort ? 'lesson-stages' : 'lesson-stages lesson-stages-many'}>
        {shown.map(({ phase, i }, place) => (
          <li key={i} className={i < at ? 'stage-done' : i === at ? 'stage-now' : ''}>
            <button
              type="button"
              aria-current={i === at ? 'step' : undefined}
              aria-label={words.stage(i + 1, stages.length, words.phases[phase])}
              onClick={() => lessonRunOf(session).go(i)}
            >
              <span className="stage-dot">{i < at ? <Icon name="check" size={11} /> : place + 1}</span>
              {(i === at || isShort) && <span>{words.phases[phase]}</span>}
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}

function Heading({ lesson: { lesson, number, stages, at }, words }: LessonProps) {
  const textIn = useTextIn();
  const isFirst = at === 0;
  const kind = number !== undefined ? words.lessonOf(number, course.length) : lesson.challenge ? words.challenge : words.yourLesson;
  return (
    <header className={isFirst ? 'lesson-head' : 'lesson-head lesson-head-later'}>
      <p className="lesson-kind">{kind}</p>
      <h2 tabIndex={-1} data-lesson-heading>
        {textIn(lesson.title)}
        <span className="visually-hidden">, {words.stage(at + 1, stages.length, words.phases[stages[at]?.phase ?? 'read'])}</span>
      </h2>
    </header>
  );
}

function Footer({ lesson, words }: LessonProps) {
  const session = useSessionHandle();
  const run = lessonRunOf(session);
  return (
    <footer className="lesson-foot">
      {lesson.at > 0 && (
        <button type="button" className="button quiet" onClick={run.back}>
          <Icon name="chevronDown" size={12} />
          {words.back}
        </button>
      )}
      <button type="button" className="button quiet" onClick={run.reset}>
        <Icon name="replay" size={14} />
        {words.reset}
      </button>
    </footer>
  );
}

/** Each stage begins at its heading, for the keyboard and for those who listen; who has opened something over it meanwhile stays there. */
function useFocusOn(panel: React.RefObject<HTMLElement | null>, moment: string): void {
  const { overlay } = useOverlays();
  const begin = useEffectEvent(() => {
    const element = panel.current;
    if (!element) return;
    element.querySelector('.lesson-scroll')?.scrollTo(0, 0);
    const target = element.querySelector<HTMLElement>('[data-verdict]') ?? element.querySelector<HTMLElement>('[data-lesson-heading]');
    if (!overlay) target?.focus({ preventScroll: true });
  });
  useEffect(() => {
    if (moment !== '') begin();
  }, [moment]);
}
