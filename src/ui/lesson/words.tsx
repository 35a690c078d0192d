// The words of the learner's language: the catalogue of lessons, and what a lesson says, with `code` and **stress** in it.
import { Fragment, type ReactNode, useEffect, useState } from 'react';
import { findLanguage } from '../../i18n/index.ts';
import type { LearnMessages } from '../../i18n/language.ts';
import { type Text, textIn } from '../../lessons/lesson.ts';
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

/** One line with `code` and **stress**; code that is a backtick stands between two of them. */
export function Words({ text }: { readonly text: string }) {
  return <>{partsOf(text).map(wordsOf)}</>;
}

export function partsOf(text: string): string[] {
  return text.split(/(`` .+? ``|`[^`]+`|\*\*[^*]+\*\*)/);
}

function wordsOf(part: string, index: number): ReactNode {
  if (part.startsWith('`` ')) return <code key={index}>{part.slice(3, -3)}</code>;
  if (part.startsWith('`')) return <code key={index}>{part.slice(1, -1)}</code>;
  if (part.startsWith('**')) return <b key={index}>{part.slice(2, -2)}</b>;
  return <Fragment key={index}>{part}</Fragment>;
}
