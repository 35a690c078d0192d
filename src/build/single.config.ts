// The app as one HTML file that opens by a double click, without any server: `npm run build:single` writes single/podarium.html.
// Hangul comes with what our own words use of it: all of its slices would weigh 7 MB.
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin, type Rolldown } from 'vite';
import { buildName } from './buildName.ts';
import { faces, makeFace } from './faces.ts';
import { fonts } from './fonts.ts';
import { inlinePolicy } from './policy.ts';
import { tapes } from './tapes.ts';

export default defineConfig({
  base: './',
  publicDir: false,
  define: { 'import.meta.env.IS_SINGLE_FILE': 'true', 'import.meta.env.BUILD': JSON.stringify(buildName()) },
  plugins: [react(), tapes(), fonts(), faces(), fewHangul(), inline()],
  build: {
    target: 'es2022',
    outDir: 'single',
    assetsInlineLimit: Number.MAX_SAFE_INTEGER,
    cssCodeSplit: false,
    modulePreload: false,
    rolldownOptions: { output: { codeSplitting: false } },
  },
});

/** In place of the slices a face for each weight; what lies between is set in the lighter. */
function fewHangul(): Plugin {
  return {
    name: 'few hangul',
    enforce: 'pre',
    resolveId: (id) => (id.includes('ibm-plex-sans-kr/') ? `\0hangul-${/\d+/.exec(id.replace(/.*kr\//, ''))?.[0]}.css` : undefined),
    async load(id) {
      const weight = /^\0hangul-(\d+)\.css$/.exec(id)?.[1];
      if (weight === undefined) return undefined;
      if (weight === '500') return '';
      return `@font-face{font-family:"IBM Plex Sans KR";font-weight:${weight};src:url(${JSON.stringify(await makeFace(`hangul-${weight}`))}) format("woff2")}`;
    },
  };
}

/** Puts script and style into the page and names both in its policy. */
function inline(): Plugin {
  return {
    name: 'inline',
    enforce: 'post',
    generateBundle: { order: 'post', handler: inlineAll },
  };
}

function inlineAll(_: unknown, bundle: Rolldown.OutputBundle): void {
  const files = Object.values(bundle);
  const page = files.find(({ fileName }) => fileName.endsWith('.html'));
  if (page?.type !== 'asset') throw new Error('no page was built');
  const scripts = files.flatMap((file) => (file.type === 'chunk' ? [escapeScript(file.code)] : []));
  const styles = files.flatMap((file) => (file.type === 'asset' && file.fileName.endsWith('.css') ? [String(file.source)] : []));
  const head = [inlinePolicy({ scripts, styles }), ...styles.map((style) => `<style>${style}</style>`)].join('\n');
  const body = scripts.map((script) => `<script type="module">${script}</script>`).join('\n');
  page.source = String(page.source)
    .replaceAll(/\s*<(script|link)[^>]*(src|href)="\.\/[^"]*"[^>]*>(<\/script>)?/g, '')
    .replace('<meta charset="utf-8" />', (meta) => `${meta}\n${head}`)
    .replace('</body>', () => `${body}\n</body>`);
  page.fileName = 'podarium.html';
  for (const file of files) if (file !== page) delete bundle[file.fileName];
}

/** Nothing in a script may look like its end. */
function escapeScript(code: string): string {
  return code.replaceAll(/<\/(script)/gi, '<\\/$1').replaceAll('<!--', '<\\!--');
}
