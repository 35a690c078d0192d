// The words of panels that say why, in the language of the page. A component that asks for them waits for them.
import { use } from 'react';
import { findLanguage, languages, type WhyMessages } from '../../i18n/index.ts';
import { useSession } from '../hooks.tsx';

const loads = new Map<string, Promise<WhyMessages>>();

export function useWhyMessages(): WhyMessages {
  const code = useSession(({ language }) => language);
  let load = loads.get(code);
  if (!load) loads.set(code, (load = loadFor(code)));
  return use(load);
}

/** English where the language does not come. */
function loadFor(code: string): Promise<WhyMessages> {
  const [english] = languages;
  const load = findLanguage(code)?.loadWhy() ?? Promise.reject(new Error(code));
  return load.catch(() => (english as (typeof languages)[number]).loadWhy());
}
