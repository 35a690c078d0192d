// What the poster says that a press on Run loads is what the build weighs: the script of a poster names two numbers that are filled in when
// all files are known.
import { gzipSync } from 'node:zlib';
import type { Plugin, Rolldown } from 'vite';
import type { PartName } from '../scenario/parts/all.ts';

type Chunk = Rolldown.OutputChunk;

/** The parts that most worlds without a tape need. */
const MOST_ASKED: readonly PartName[] = ['library', 'shell', 'tools'];

export function runSize(): Plugin {
  return {
    name: 'run size',
    config: (_, { command }) => (command === 'serve' ? { define: { __PLAYER_KB__: '0', __ENGINE_KB__: '0' } } : {}),
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const chunks = Object.values(bundle).filter((file): file is Chunk => file.type === 'chunk');
        const holding = (...ends: readonly string[]) =>
          chunks.filter(({ moduleIds }) => moduleIds.some((id) => ends.some((end) => id.endsWith(end))));
        const [poster] = holding('/src/embed/element.ts');
        if (!poster) return;
        const asked = [
          '/src/embed/player.ts',
          '/src/i18n/en/embed.ts',
          '/src/i18n/en/scene.ts',
          '/src/scene/happenings.ts',
          '/src/embed/timeMarks.ts',
        ];
        const player = closure(holding(...asked), bundle);
        const faces = Object.values(bundle).filter(({ fileName }) => /\/latin-[^/]*\.woff2$/.test(fileName));
        const engine = closure(holding('/src/session/engine.ts', ...MOST_ASKED.map((part) => `/src/scenario/parts/${part}.ts`)), bundle);
        const sizes = {
          __PLAYER_KB__: weigh([...player].filter((chunk) => chunk !== poster)) + sumOf(faces),
          __ENGINE_KB__: weigh([...engine].filter((chunk) => !player.has(chunk))),
        };
        for (const [name, bytes] of Object.entries(sizes)) poster.code = poster.code.replaceAll(name, String(Math.round(bytes / 1000)));
      },
    },
  };
}

/** The chunks and all that they import. */
function closure(chunks: readonly Chunk[], bundle: Rolldown.OutputBundle): ReadonlySet<Chunk> {
  const all = new Set(chunks);
  for (const { imports } of all) {
    for (const name of imports) {
      const file = bundle[name];
      if (file?.type === 'chunk') all.add(file);
    }
  }
  return all;
}

/** Faces are packed already. */
const sumOf = (files: readonly (Chunk | Rolldown.OutputAsset)[]) =>
  files.reduce((sum, file) => sum + (file.type === 'asset' ? file.source.length : 0), 0);

const weigh = (chunks: readonly Chunk[]) => chunks.reduce((sum, { code }) => sum + gzipSync(code).length, 0);
