import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { bareImports } from './src/build/bareImports.ts';
import { buildName } from './src/build/buildName.ts';
import { chunksOfMoments } from './src/build/chunks.ts';
import { compileHint } from './src/build/compileHint.ts';
import { EMBED_PAGE, embedPage } from './src/build/embedPage.ts';
import { faces } from './src/build/faces.ts';
import { fonts } from './src/build/fonts.ts';
import { fontLicences } from './src/build/licences.ts';
import { offline } from './src/build/offline.ts';
import { policy } from './src/build/policy.ts';
import { posters } from './src/build/posters.ts';
import { runSize } from './src/build/runSize.ts';
import { tapes } from './src/build/tapes.ts';

export default defineConfig(({ isSsrBuild }) => ({
  base: './',
  define: { 'import.meta.env.BUILD': JSON.stringify(buildName()) },
  plugins: [
    react(),
    tapes(),
    fonts(),
    faces(),
    ...(isSsrBuild ? [] : [embedPage(), posters(), runSize(), bareImports(), policy(), fontLicences(), offline()]),
  ],
  build: {
    target: 'es2022',
    sourcemap: true,
    manifest: isSsrBuild ? false : 'chunks.json',
    // Scripts ask for their own styles only: a document that holds a world is not ours to put links into.
    modulePreload: {
      polyfill: false,
      resolveDependencies: (_, files, { hostType }) => (hostType === 'html' ? files : files.filter((file) => file.endsWith('.css'))),
    },
    // Small files as data: would need a weaker policy.
    assetsInlineLimit: 0,
    ...(isSsrBuild
      ? {}
      : {
          rolldownOptions: {
            input: { index: 'index.html', embed: EMBED_PAGE, podarium: 'src/embed.ts' },
            preserveEntrySignatures: 'strict' as const,
            output: {
              postBanner: compileHint,
              codeSplitting: { groups: chunksOfMoments() },
              entryFileNames: ({ name }: { readonly name: string }) => (name === 'podarium' ? 'podarium.js' : 'assets/[name]-[hash].js'),
            },
          },
        }),
    license: isSsrBuild ? false : { fileName: 'THIRD_PARTY_LICENSES.md' },
  },
  server: { port: 5173 },
  test: {
    include: ['src/**/*.test.ts', 'src/**/*.test.tsx'],
    environment: 'node',
    setupFiles: ['src/scenario/parts/testSetup.ts', 'src/session/testSetup.ts'],
    // Nothing below keeps state of its own in a module, so that files can share what they import.
    isolate: false,
    testTimeout: 60_000,
    tags: [{ name: 'long', description: 'Whole worlds, recordings and random runs: all that takes a second or more.' }],
  },
}));
