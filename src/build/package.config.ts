// The npm package's own code: the headless cluster and `podarium record`, each with all that it needs in it. package.mjs adds the rest.
import { defineConfig } from 'vite';

export default defineConfig({
  publicDir: false,
  ssr: { noExternal: true },
  build: {
    ssr: true,
    target: 'es2022',
    outDir: 'lib',
    emptyOutDir: true,
    rolldownOptions: {
      input: { index: 'src/index.ts', cli: 'src/cli.ts' },
      output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
    },
  },
});
