// Makes the posters in every language; run by posters.ts.
import { gzipSync } from 'node:zlib';
import { drawPoster } from '../embed/drawPoster.ts';
import { embedEn } from '../i18n/embedEn.ts';
import { embedKo } from '../i18n/embedKo.ts';
import { en } from '../i18n/en.ts';
import { ko } from '../i18n/ko.ts';
import { recordTapes } from '../session/recordTape.ts';

export interface PosterParts {
  readonly scenario: string;
  readonly language: string;
  readonly title: string;
  /** Undefined for the question that fits all. */
  readonly question: string | undefined;
  readonly seconds: number;
  /** Packed, to the nearest kB. */
  readonly tapeKilobytes: number;
  readonly svg: string;
}

const LANGUAGES = [
  { language: 'en', scenarios: en.scenarios, words: embedEn },
  { language: 'ko', scenarios: ko.scenarios, words: embedKo },
];

export function makePosters(tokens: string, rules: string): readonly PosterParts[] {
  const tapes = [...recordTapes()];
  const packed = new Map(tapes.map(([scenario, tape]) => [scenario, gzipSync(JSON.stringify(tape)).length / 1000]));
  return tapes.flatMap(([scenario, tape]) =>
    LANGUAGES.map(({ language, scenarios, words }) => {
      const question = words.questions[scenario];
      const { fromMs, toMs } = tape.show;
      return {
        scenario,
        language,
        title: scenarios[scenario as keyof typeof scenarios].title,
        question,
        tapeKilobytes: Math.round(packed.get(scenario) ?? 0),
        seconds: Math.round((toMs - fromMs) / 1000 / tape.openSpeed),
        svg: drawPoster({ tape, question: question ?? words.question, tokens, rules }),
      };
    }),
  );
}
