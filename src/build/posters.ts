// The posters of the menu's scenarios, posters/<scenario>.<language>.svg, and two modules: `virtual:posters`
// knows what a poster asks and for how long it runs, `virtual:titles` how the worlds are called.
import { readFileSync } from 'node:fs';
import { type Plugin, runnerImport } from 'vite';
import type * as makers from './posterParts.ts';

const WORDS = 'virtual:posters';
const TITLES = 'virtual:titles';
/** In documents a poster comes with the text; it must not weigh more. */
const BYTES_MAX = 12_000;

export function posters(): Plugin {
  let made: Promise<readonly makers.PosterParts[]> | undefined;
  const make = async () => {
    const { module } = await runnerImport<typeof makers>('./src/build/posterParts.ts', { configFile: false, logLevel: 'error' });
    return module.makePosters(readFileSync('src/scene/tokens.css', 'utf8'), readFileSync('src/scene/scene.css', 'utf8'));
  };
  return {
    name: 'posters',
    resolveId: (id) => (id === WORDS || id === TITLES ? `\0${id}` : undefined),
    async load(id) {
      if (id !== `\0${WORDS}` && id !== `\0${TITLES}`) return undefined;
      made ??= make();
      const words: Record<string, Record<string, unknown>> = {};
      for (const { language, scenario, title, question, seconds, tapeKilobytes } of await made) {
        const asked = question === undefined ? [seconds, tapeKilobytes] : [seconds, tapeKilobytes, question];
        (words[language] ??= {})[scenario] = id === `\0${TITLES}` ? title : asked;
      }
      return `export const ${id === `\0${TITLES}` ? 'titles' : 'posters'} = ${JSON.stringify(words)};`;
    },
    async generateBundle() {
      made ??= make();
      for (const { language, scenario, svg } of await made) {
        if (svg.length > BYTES_MAX) this.error(`the poster of ${scenario} has ${svg.length} bytes, more than ${BYTES_MAX}`);
        this.emitFile({ type: 'asset', fileName: `posters/${scenario}.${language}.svg`, source: svg });
      }
    },
    configureServer(server) {
      server.middlewares.use('/posters/', ({ url }, response) => {
        made ??= make();
        void made.then((all) => {
          const found = all.find(({ scenario, language }) => url?.split('#')[0] === `/${scenario}.${language}.svg`);
          response.statusCode = found ? 200 : 404;
          response.setHeader('content-type', 'image/svg+xml');
          response.end(found?.svg);
        });
      });
    },
  };
}
