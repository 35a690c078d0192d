// Makes the posters in every language; run by posters.ts.
import { gzipSync } from 'node:zlib';
import { drawPicture, drawPoster } from '../embed/drawPoster.ts';
import type { Poster, PosterWords } from '../embed/poster.ts';
import { languages } from '../i18n/index.ts';
import type { ScenarioName } from '../scenario/library/names.ts';
import { putIn } from '../scenario/parts/part.ts';
import { around } from '../session/around.ts';
import { hasAround } from '../session/loadAround.ts';
import { recordTapes } from '../session/recordTape.ts';

export interface PosterParts {
  readonly scenario: string;
  /** Whether there is something around its owners, which a press on Run brings, too. */
  readonly hasAround: boolean;
  /** What the element shows. */
  readonly poster: Poster;
  /** By language, a picture with the question in it. */
  readonly svgs: Readonly<Record<string, string>>;
}

putIn(around);

/** Where the number goes. */
const HASH = '#' as never;

// Loaded at once: what imports this module for the build lets it load nothing later.
const spoken = await Promise.all(
  languages.map(async ({ code, load, loadEmbed }) => ({ code, scenarios: (await load()).scenarios, words: await loadEmbed() })),
);

/** By language. */
export const posterWords: Readonly<Record<string, PosterWords>> = Object.fromEntries(
  spoken.map(({ code, words: { poster } }) => [code, { ...poster, run: poster.run(HASH), loads: poster.loads(HASH) }]),
);

/** `faceOf` gives the rule of a typeface `P` that has the letters of a text. */
export function makePosters(tokens: string, rules: string, faceOf: (text: string) => Promise<string>): Promise<readonly PosterParts[]> {
  return Promise.all(
    [...recordTapes()].map(async ([scenario, tape]): Promise<PosterParts> => {
      const picture = drawPicture(tape, tokens, rules);
      const { drawn, light, dark, looks } = picture;
      const { fromMs, toMs } = tape.show;
      const questions: Record<string, string> = {};
      const svgs: Record<string, string> = {};
      for (const { code, words } of spoken) {
        const question = words.questions[scenario] ?? words.question;
        questions[code] = question;
        svgs[code] = drawPoster(picture, question, await faceOf(question));
      }
      const poster = {
        seconds: Math.round((toMs - fromMs) / 1000 / tape.openSpeed),
        kilobytes: Math.round(gzipSync(JSON.stringify(tape)).length / 1000),
        titles: Object.fromEntries(spoken.map(({ code, scenarios }) => [code, scenarios[scenario as ScenarioName].title])),
        questions,
        drawn,
        style: `.picture{${light}}:host([data-scheme=dark]) .picture{${dark}}${looks}`,
      };
      return { scenario, hasAround: hasAround(tape.parts), poster, svgs };
    }),
  );
}
