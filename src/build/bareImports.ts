// The poster's script loads the player by a plain import(). Vite wraps each in a helper of 900 bytes that would also put links into the
// head of whoever's document the element stands in: for this one chunk it is taken off again.
import type { Plugin } from 'vite';

const WRAPPED = /\b\w+\((async\(\)=>\{(?:(?!import\.meta\.url\)).)*?\}),(?:void 0|\[\]|__vite__mapDeps\(\[[\d,]*\]\)),import\.meta\.url\)/g;
const HELPER = /import\{\w+ as \w+\}from"\.\/preload-helper-[^"]*";|const __vite__mapDeps=[^;]*;/g;

export function bareImports(): Plugin {
  return {
    name: 'bare imports',
    apply: 'build',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        for (const chunk of Object.values(bundle)) {
          if (chunk.type !== 'chunk' || !chunk.moduleIds.some((id) => id.endsWith('/src/embed/element.ts'))) continue;
          chunk.code = chunk.code.replaceAll(WRAPPED, '($1)()').replaceAll(HELPER, '');
          chunk.imports = chunk.imports.filter((name) => !name.includes('preload-helper'));
          if (chunk.code.includes('__vite')) this.error('an import of the poster is still wrapped');
        }
      },
    },
  };
}
