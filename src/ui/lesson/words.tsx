// The words of the learner's language: the catalogue of lessons, and what a lesson says, with `code` and **stress** in it.
import { Fragment, type ReactNode, useEffect, useState } from 'react';
import { findLanguage } from '../../i18n/index.ts';
import type { LearnMessages } from '../../i18n/language.ts';
import { type Text, textIn } from '../../lessons/lesson.ts';
import { type Span, spansOf } from '../../lessons/spans.ts';
import { useSession } from '../hooks.tsx';

/** Undefined until they are loaded; while another language is being loaded the one before goes on. */
export function useLearnMessages(): LearnMessages | undefined {
  const language = useSession((state) => state.language);
  const [words, setWords] = useState<LearnMessages>();
  useEffect(() => {
    let isWanted = true;
    findLanguage(language)
      ?.loadLearn()
      .then((loaded) => isWanted && setWords(loaded))
      .catch(() => {});
    return () => {
      isWanted = false;
    };
  }, [language]);
  return words;
}

/** A lesson's text in the language of the page. */
export function useTextIn(): (text: Text) => string {
  const language = useSession((state) => state.language);
  return (text) => textIn(text, language);
}

/** Paragraphs. */
export function Prose({ text }: { readonly text: string }) {
  return (
    <>
      {text.split(/\n\s*\n/).map((paragraph) => (
        <p key={paragraph}>
          <Words text={paragraph} />
        </p>
      ))}
    </>
  );
}

/** One line. */
export function Words({ text }: { readonly text: string }) {
  return <>{spansOf(text).map(wordsOf)}</>;
}

function wordsOf({ mark, text }: Span, index: number): ReactNode {
  if (mark === 'code') return <code key={index}>{text}</code>;
  if (mark === 'stress') return <b key={index}>{text}</b>;
  return <Fragment key={index}>{text}</Fragment>;
}
