// Lessons of one's own: opened from a file or by an address. What is wrong in one is told with its line.
import { type FormEvent, useState } from 'react';
import type { LearnMessages } from '../../i18n/language.ts';
import { type Mistake, wordsOf } from '../../i18n/mistakes.ts';
import { ScenarioError } from '../../scenario/scenarioError.ts';
import { useMessages, useOverlays, useSessionHandle } from '../hooks.tsx';
import { showLesson } from './openLesson.ts';

const BYTES_MAX = 1_000_000;

type Problem =
  | { readonly type: 'refused'; readonly mistake: Mistake }
  | { readonly type: 'cannotLoad'; readonly from: string }
  | { readonly type: 'otherHost' };

export function OwnLessons({ words: learn }: { readonly words: LearnMessages }) {
  const { course: words, mistakes } = learn;
  const session = useSessionHandle();
  const { toolbar } = useMessages();
  const { open, close } = useOverlays();
  const [address, setAddress] = useState('');
  const [problem, setProblem] = useState<Problem>();

  const read = async (text: string, from: string): Promise<void> => {
    try {
      // It tries the lines of the lesson, for which it needs kubectl.
      const { readOwnLesson } = await import('../../lessons/ownLesson.ts');
      const lesson = readOwnLesson(text.slice(0, BYTES_MAX));
      close();
      await showLesson(session, lesson);
      const { tryLesson } = await import('../../session/tryLesson.ts');
      const untrue = tryLesson(text, lesson, learn);
      if (untrue) session.notify(`${words.isUntrue}: ${untrue}`, { isError: true });
    } catch (error) {
      const mistake = error instanceof ScenarioError ? error.mistake : undefined;
      setProblem(mistake ? { type: 'refused', mistake } : { type: 'cannotLoad', from });
    }
  };
  const load = (event: FormEvent): void => {
    event.preventDefault();
    if (isElsewhere(address)) setProblem({ type: 'otherHost' });
    else
      fetchText(address).then(
        (text) => read(text, address),
        () => setProblem({ type: 'cannotLoad', from: address }),
      );
  };
  const told = (found: Problem): string => {
    if (found.type === 'otherHost') return words.otherHost;
    return found.type === 'cannotLoad' ? words.cannotLoad(found.from) : `${words.refused}: ${wordsOf(found.mistake, mistakes)}`;
  };
  return (
    <div className="own-lessons">
      <label className="button">
        {words.fromFile}
        <input
          type="file"
          accept=".yaml,.yml"
          className="visually-hidden"
          onChange={({ target }) => {
            const file = target.files?.[0];
            void file?.text().then((text) => read(text, file.name));
            // So that the same file, mended, can be chosen again.
            target.value = '';
          }}
        />
      </label>
      <form onSubmit={load}>
        <label>
          <span className="lesson-small">{words.address}</span>
          <input
            type="text"
            inputMode="url"
            required
            className="field mono"
            value={address}
            onChange={(event) => setAddress(event.target.value)}
          />
        </label>
        <button type="submit" className="button">
          {words.load}
        </button>
      </form>
      <div className="own-links">
        <button type="button" className="button quiet" onClick={() => open({ type: 'draft' })}>
          {toolbar.asLesson}
        </button>
        <button type="button" className="button quiet" onClick={() => open({ type: 'lessonFormat' })}>
          {words.format}
        </button>
      </div>
      {problem && (
        // The dialog may be scrolled above it.
        <p className="alarm own-problem" role="alert" ref={(told) => told?.scrollIntoView({ block: 'nearest' })}>
          {told(problem)}
        </p>
      )}
    </div>
  );
}

/** The page's policy lets it ask its own host alone, and nobody else learns what is done here. */
function isElsewhere(address: string): boolean {
  return URL.canParse(address, location.href) && new URL(address, location.href).origin !== location.origin;
}

async function fetchText(address: string): Promise<string> {
  const answer = await fetch(address, { credentials: 'omit' });
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer.text();
}
