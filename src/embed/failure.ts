import type { FailureWords } from '../i18n/embedFailures.ts';

/** Why a world cannot be loaded, in the words of its reader. */
export async function failure(language: string, say: (words: FailureWords) => string): Promise<Error> {
  const { failureWords } = await import('../i18n/embedFailures.ts');
  return new Error(say(failureWords(language)));
}
