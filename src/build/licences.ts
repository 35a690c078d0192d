// The licences of what the site holds of others. Vite writes those of the code; this writes those of the typefaces.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

const FACES = 'node_modules/@fontsource';

export function fontLicences(): Plugin {
  return {
    name: 'font licences',
    apply: 'build',
    generateBundle() {
      const texts = readdirSync(FACES).map((face) => `# ${face}\n\n${readFileSync(join(FACES, face, 'LICENSE'), 'utf8')}`);
      this.emitFile({ type: 'asset', fileName: 'FONT_LICENSES.md', source: texts.join('\n') });
    },
  };
}
