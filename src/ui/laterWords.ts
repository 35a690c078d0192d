// Words that come with the parts of the interface that say them, in the language of the page. A component that asks for them waits for them.
import { use } from 'react';
import { findLanguage, languages } from '../i18n/index.ts';
import type { Language } from '../i18n/language.ts';
import { useSession } from './hooks.tsx';

const [english] = languages;

/** A hook that gives them; English where the language does not come. */
function laterWords<Words>(load: (language: Language) => Promise<Words>): () => Words {
  const loads = new Map<string, Promise<Words>>();
  const loadFor = (code: string) => load(findLanguage(code) ?? english).catch(() => load(english));
  return function useLaterWords() {
    const code = useSession(({ language }) => language);
    const known = loads.get(code) ?? loadFor(code);
    loads.set(code, known);
    return use(known);
  };
}

export const useWhyMessages = laterWords((language) => language.loadWhy());
export const useImportedMessages = laterWords((language) => language.loadImported());
export const useInsideMessages = laterWords((language) => language.loadInside());
