// The poster's script loads its picture and the player by plain import()s. Vite wraps each in a helper of 900 bytes that would also put links into the
// head of whoever's document the element stands in: for this one chunk it is taken off again.
import type { Plugin } from 'vite';

const REST = String.raw`,(?:void 0|\[\]|__vite__mapDeps\(\[[\d,]*\]\)),import\.meta\.url\)`;
/** `e(()=>import("./x.js"),[],import.meta.url)`, and with something done to what comes. */
const WRAPPED = new RegExp(String.raw`\b\w+\(\(\)=>(import\([^)]*\))${REST}`, 'g');
const WRAPPED_ASYNC = new RegExp(String.raw`\b\w+\((async\(\)=>\{(?:(?!import\.meta\.url\)).)*?\})${REST}`, 'g');
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
          chunk.code = chunk.code.replaceAll(WRAPPED, '$1').replaceAll(WRAPPED_ASYNC, '($1)()').replaceAll(HELPER, '');
          chunk.imports = chunk.imports.filter((name) => !name.includes('preload-helper'));
          if (new RegExp(`__vite|${REST}`).test(chunk.code)) this.error('an import of the poster is still wrapped');
        }
      },
    },
  };
}
