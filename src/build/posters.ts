// The posters of the menu's scenarios. As pictures, posters/<scenario>.<language>.svg; and as modules: `virtual:posters` loads what the element
// shows of each and what all say.
import { readFileSync } from 'node:fs';
import { type Plugin, runnerImport } from 'vite';
import { hangulRule } from './faces.ts';
import type * as makers from './posterParts.ts';

const LIST = 'virtual:posters';
const ONE = 'virtual:poster/';
const TAPE = 'virtual:tape/';
/** In documents a poster comes with the text; it must not weigh more. */
const BYTES_MAX = 12_000;

export function posters(): Plugin {
  let made: Promise<readonly makers.PosterParts[]> | undefined;
  let imported: Promise<typeof makers> | undefined;
  const importMakers = async () =>
    (await runnerImport<typeof makers>('./src/build/posterParts.ts', { configFile: false, logLevel: 'error' })).module;
  const loadMakers = () => (imported ??= importMakers());
  const makeAll = async () => {
    const module = await loadMakers();
    const faceOf = (text: string) => hangulRule(text, 'P');
    return module.makePosters(readFileSync('src/scene/tokens.css', 'utf8'), readFileSync('src/scene/scene.css', 'utf8'), faceOf);
  };
  const make = () => (made ??= makeAll());
  return {
    name: 'posters',
    resolveId: (id) => (id === LIST || id.startsWith(ONE) ? `\0${id}` : undefined),
    async load(id) {
      if (id === `\0${LIST}`) {
        const lines = (await make()).map(({ scenario }) => `${JSON.stringify(scenario)}: () => import('${ONE}${scenario}'),`);
        return `export const words = ${JSON.stringify((await loadMakers()).posterWords)};\nexport const posters = {\n${lines.join('\n')}\n};`;
      }
      if (!id.startsWith(`\0${ONE}`)) return undefined;
      const scenario = id.slice(ONE.length + 1);
      const found = (await make()).find((each) => each.scenario === scenario);
      return `export const poster = ${JSON.stringify(found?.poster)};\n${bringing(scenario, Object.keys((await loadMakers()).posterWords), found?.hasAround ?? false)}`;
    },
    async generateBundle() {
      for (const { scenario, svgs } of await make())
        for (const [language, svg] of Object.entries(svgs)) {
          if (svg.length > BYTES_MAX) this.error(`the poster of ${scenario} has ${svg.length} bytes, more than ${BYTES_MAX}`);
          this.emitFile({ type: 'asset', fileName: `posters/${scenario}.${language}.svg`, source: svg });
        }
    },
    configureServer(server) {
      server.middlewares.use('/posters/', ({ url }, response) => {
        void make().then((all) => {
          const [, scenario, language = ''] = /^\/([\w-]+)\.(\w+)\.svg/.exec(url ?? '') ?? [];
          const svg = all.find((each) => each.scenario === scenario)?.svgs[language];
          response.statusCode = svg ? 200 : 404;
          response.setHeader('content-type', 'image/svg+xml');
          response.end(svg);
        });
      });
    },
  };
}

/**
 * Asks for what a press on Run needs beside the player: who has the picture knows what that is before the player has come. The player
 * asks again, and tells what went wrong.
 */
function bringing(scenario: string, languages: readonly string[], hasAround: boolean): string {
  const catalogues = languages.map(
    (code) => `${code}: () => [import('/src/i18n/${code}/embed.ts'), import('/src/i18n/${code}/scene.ts')],`,
  );
  return `const catalogues = {\n${catalogues.join('\n')}\n};
export const bring = (language) => Promise.allSettled([
  import('/src/embed/face.ts').then(({ loadFaces }) => loadFaces()),
  import('${TAPE}${scenario}'),${hasAround ? "\n  import('/src/session/around.ts')," : ''}
  ...catalogues[language](),
]);`;
}
