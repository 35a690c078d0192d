import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { tapes } from './src/build/tapes.ts';

export default defineConfig({
  base: './',
  plugins: [react(), tapes()],
  build: { target: 'es2022', sourcemap: true, manifest: 'chunks.json', modulePreload: { polyfill: false } },
  server: { port: 5173 },
  test: {
    include: ['src/**/*.test.ts', 'src/**/*.test.tsx'],
    environment: 'node',
    testTimeout: 60_000,
  },
});
