// The words of the player in one language.
import { titles as titlesOf } from 'virtual:titles';
import { findLanguage, languages } from '../i18n/index.ts';
import type { EmbedMessages } from '../i18n/language.ts';
import type { SceneMessages } from '../scene/captions.ts';
import type { StepWords } from './lessonStep.ts';

export interface EmbedWords
  extends Pick<
    EmbedMessages,
    'play' | 'pause' | 'coming' | 'replay' | 'time' | 'speed' | 'openFull' | 'deletePod' | 'putBack' | 'onlyCutter' | 'tooMany'
  > {
  readonly scene: SceneMessages;
  readonly titles: Readonly<Record<string, string>>;
  /** What a lesson says of the world shown. */
  readonly step?: StepWords | undefined;
}

export async function loadWords(code: string): Promise<EmbedWords> {
  const language = findLanguage(code) ?? languages[0];
  const [words, scene] = await Promise.all([language.loadEmbed(), language.loadScene()]);
  return { ...words, scene, titles: titlesOf[code] ?? {} };
}
