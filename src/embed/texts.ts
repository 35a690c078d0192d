// The words of the player in one language.
import { posters } from 'virtual:posters';
import { findLanguage, languages } from '../i18n/index.ts';
import type { EmbedMessages, Language } from '../i18n/language.ts';
import type { ScenarioName } from '../scenario/library/names.ts';
import type { SceneMessages } from '../scene/captions.ts';
import type { StepWords } from './lessonStep.ts';

export interface EmbedWords
  extends Pick<
    EmbedMessages,
    'play' | 'pause' | 'coming' | 'replay' | 'time' | 'speed' | 'openFull' | 'deletePod' | 'putBack' | 'building' | 'onlyCutter' | 'tooMany'
  > {
  readonly scene: SceneMessages;
  /** Of the world, unless its document made it. */
  readonly title: string | undefined;
  /** What a lesson says of the world shown. */
  readonly step?: StepWords | undefined;
}

export async function loadWords(code: string, scenario: string): Promise<EmbedWords> {
  const language = findLanguage(code) ?? languages[0];
  const [words, scene, title] = await Promise.all([language.loadEmbed(), language.loadScene(), titleOf(language, scenario)]);
  return { ...words, scene, title };
}

/** What a document puts into an empty world is its own. A world without a poster is called as in the menu. */
async function titleOf({ code, load }: Language, scenario: string): Promise<string | undefined> {
  if (scenario === 'empty') return undefined;
  const known = await posters[scenario]?.();
  return known ? known.poster.titles[code] : (await load()).scenarios[scenario as ScenarioName].title;
}
