import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { fonts } from './src/build/fonts.ts';
import { fontLicences } from './src/build/licences.ts';
import { offline } from './src/build/offline.ts';
import { policy } from './src/build/policy.ts';
import { tapes } from './src/build/tapes.ts';

export default defineConfig(({ isSsrBuild }) => ({
  base: './',
  plugins: [react(), tapes(), fonts(), ...(isSsrBuild ? [] : [policy(), fontLicences(), offline()])],
  build: {
    target: 'es2022',
    sourcemap: true,
    manifest: isSsrBuild ? false : 'chunks.json',
    modulePreload: { polyfill: false },
    // Small files as data: would need a weaker policy.
    assetsInlineLimit: 0,
    license: isSsrBuild ? false : { fileName: 'THIRD_PARTY_LICENSES.md' },
  },
  server: { port: 5173 },
  test: {
    include: ['src/**/*.test.ts', 'src/**/*.test.tsx'],
    environment: 'node',
    testTimeout: 60_000,
  },
}));
