import { findLanguage, languages } from '../i18n/index.ts';
import type { FailureMessages } from '../i18n/language.ts';

/** Why a world cannot be loaded, in the words of its reader. */
export async function failure(language: string, say: (words: FailureMessages) => string): Promise<Error> {
  return new Error(say(await (findLanguage(language) ?? languages[0]).loadFailures()));
}
