// Makes the posters in every language; run by posters.ts.
import { gzipSync } from 'node:zlib';
import { drawPicture, drawPoster } from '../embed/drawPoster.ts';
import type { Poster } from '../embed/poster.ts';
import { embedEn } from '../i18n/embedEn.ts';
import { embedKo } from '../i18n/embedKo.ts';
import { en } from '../i18n/en.ts';
import { ko } from '../i18n/ko.ts';
import { recordTapes } from '../session/recordTape.ts';

export interface PosterParts {
  readonly scenario: string;
  readonly titles: Readonly<Record<string, string>>;
  /** What the element shows. */
  readonly poster: Poster;
  /** By language, a picture with the question in it. */
  readonly svgs: Readonly<Record<string, string>>;
}

const LANGUAGES = [
  { language: 'en', scenarios: en.scenarios, words: embedEn },
  { language: 'ko', scenarios: ko.scenarios, words: embedKo },
];

/** `faceOf` gives the rule of a typeface `P` that has the letters of a text. */
export function makePosters(tokens: string, rules: string, faceOf: (text: string) => Promise<string>): Promise<readonly PosterParts[]> {
  return Promise.all(
    [...recordTapes()].map(async ([scenario, tape]): Promise<PosterParts> => {
      const picture = drawPicture(tape, tokens, rules);
      const { drawn, light, dark, looks } = picture;
      const { fromMs, toMs } = tape.show;
      const titles: Record<string, string> = {};
      const questions: Record<string, string> = {};
      const svgs: Record<string, string> = {};
      for (const { language, scenarios, words } of LANGUAGES) {
        const question = words.questions[scenario] ?? words.question;
        titles[language] = scenarios[scenario as keyof typeof scenarios].title;
        questions[language] = question;
        svgs[language] = drawPoster(picture, question, await faceOf(question));
      }
      const poster = {
        seconds: Math.round((toMs - fromMs) / 1000 / tape.openSpeed),
        kilobytes: Math.round(gzipSync(JSON.stringify(tape)).length / 1000),
        questions,
        drawn,
        style: `.picture{${light}}:host([data-scheme=dark]) .picture{${dark}}${looks}`,
      };
      return { scenario, titles, poster, svgs };
    }),
  );
}
