// The words of the player in one language.
import { titles as titlesOf } from 'virtual:titles';
import type { EmbedMessages } from '../i18n/embedEn.ts';
import type { SceneMessages } from '../scene/captions.ts';
import type { StepWords } from './lessonStep.ts';

export interface EmbedWords
  extends Pick<
    EmbedMessages,
    'play' | 'pause' | 'replay' | 'time' | 'speed' | 'openFull' | 'deletePod' | 'putBack' | 'onlyCutter' | 'tooMany'
  > {
  readonly scene: SceneMessages;
  readonly titles: Readonly<Record<string, string>>;
  /** What a lesson says of the world shown. */
  readonly step?: StepWords | undefined;
}

export async function loadWords(language: string): Promise<EmbedWords> {
  const titles = titlesOf[language] ?? {};
  if (language === 'ko') {
    const [{ embedKo }, { sceneKo }] = await Promise.all([import('../i18n/embedKo.ts'), import('../i18n/sceneKo.ts')]);
    return { ...embedKo, scene: sceneKo, titles };
  }
  const [{ embedEn }, { sceneEn }] = await Promise.all([import('../i18n/embedEn.ts'), import('../i18n/sceneEn.ts')]);
  return { ...embedEn, scene: sceneEn, titles };
}
