// The poster's script and its pictures load what they need by plain import()s. Vite wraps each in a helper of 900 bytes that would also put
// links into the head of whoever's document the element stands in: for these chunks it is taken off again. What such links are for is
// done without them: a script is asked for together with those that it will ask for itself.
import { basename } from 'node:path';
import type { Plugin, Rolldown } from 'vite';

const REST = String.raw`,(?:void 0|\[\]|__vite__mapDeps\(\[[\d,]*\]\)),import\.meta\.url\)`;
/** `e(()=>import("./x.js"),[],import.meta.url)`, and with something done to what comes. */
const WRAPPED = new RegExp(String.raw`\b\w+\(\(\)=>(import\([^)]*\))${REST}`, 'g');
const WRAPPED_ASYNC = new RegExp(String.raw`\b\w+\((async\(\)=>\{(?:(?!import\.meta\.url\)).)*?\})${REST}`, 'g');
const PICTURE = '\0virtual:poster/';
const HELPER = /import\{\w+ as \w+\}from"\.\/preload-helper-[^"]*";|const __vite__mapDeps=[^;]*;/g;
/** So many letters take longer than a round trip. */
const LARGE = 5000;
const PLAIN = /import\(["'`]\.\/([^"'`]*)["'`]\)/g;

export function bareImports(): Plugin {
  return {
    name: 'bare imports',
    apply: 'build',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const chunks = Object.values(bundle).filter((file): file is Rolldown.OutputChunk => file.type === 'chunk');
        const bare = chunks.filter(({ moduleIds }) =>
          moduleIds.some((id) => id.endsWith('/src/embed/element.ts') || id.startsWith(PICTURE)),
        );
        for (const chunk of bare) {
          chunk.code = chunk.code.replaceAll(WRAPPED, '$1').replaceAll(WRAPPED_ASYNC, '($1)()').replaceAll(HELPER, '');
          chunk.imports = chunk.imports.filter((name) => !name.includes('preload-helper'));
          if (new RegExp(`__vite|${REST}`).test(chunk.code)) this.error('an import of the poster is still wrapped');
        }
        for (const chunk of bare)
          chunk.code = chunk.code.replaceAll(PLAIN, (asked, name: string) => together(asked, importsOf(bundle, `assets/${name}`, chunk)));
      },
    },
  };
}

/** What a file imports and whoever asks for it does not have; the small ones come while the large are on their way. */
function importsOf(bundle: Rolldown.OutputBundle, file: string, asking: Rolldown.OutputChunk): readonly string[] {
  const chunk = bundle[file];
  const imports = chunk?.type === 'chunk' ? chunk.imports.map((name) => bundle[name]) : [];
  return imports.flatMap((other) =>
    other?.type === 'chunk' && other.fileName !== asking.fileName && other.code.length >= LARGE ? [other.fileName] : [],
  );
}

/** Without the round trip that each way down the imports takes. */
function together(asked: string, imports: readonly string[]): string {
  if (imports.length === 0) return asked;
  const others = imports.map((name) => `import("./${basename(name)}")`);
  return `Promise.all([${[asked, ...others].join()}]).then(e=>e[0])`;
}
