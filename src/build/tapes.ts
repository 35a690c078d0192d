// The module `virtual:tapes`: for every scenario of the menu a function that loads its tape, each a chunk of its own. They are recorded
// by the engine itself, when the site is built or the development server is first asked.
import { type Plugin, runnerImport } from 'vite';
import type * as recorder from '../session/recordTape.ts';

const LIST = 'virtual:tapes';
const ONE = 'virtual:tape/';

export function tapes(): Plugin {
  let recorded: Promise<ReadonlyMap<string, unknown>> | undefined;
  const record = async () => {
    const { module } = await runnerImport<typeof recorder>('./src/session/recordTape.ts', { configFile: false, logLevel: 'error' });
    return module.recordTapes();
  };
  return {
    name: 'tapes',
    resolveId: (id) => (id === LIST || id.startsWith(ONE) ? `\0${id}` : undefined),
    async load(id) {
      if (!id.startsWith(`\0${LIST}`) && !id.startsWith(`\0${ONE}`)) return undefined;
      recorded ??= record();
      const all = await recorded;
      if (id === `\0${LIST}`) {
        const lines = [...all.keys()].map((name) => `${JSON.stringify(name)}: () => import('${ONE}${name}').then((m) => m.tape),`);
        return `export const tapes = {\n${lines.join('\n')}\n};`;
      }
      // JSON in a text is read several times faster than the same as code.
      const text = JSON.stringify(all.get(id.slice(ONE.length + 1)));
      return `export const tape = JSON.parse(${JSON.stringify(text)});`;
    },
  };
}
