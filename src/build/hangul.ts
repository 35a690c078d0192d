// The Hangul that our own words use, as faces of IBM Plex Sans KR of some fifty kB each: `virtual:hangul/400` is such a file. All of
// Hangul would weigh ten times as much; the page loads that in slices, but a picture, a frame in a document and the single file cannot.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import subsetFont from 'subset-font';
import type { Plugin } from 'vite';

const PREFIX = 'virtual:hangul/';
const SOURCES = 'src';
const MADE = '.cache/hangul';

export function hangul(): Plugin {
  const made = new Map<string, Promise<string>>();
  return {
    name: 'hangul',
    enforce: 'pre',
    async resolveId(id) {
      if (!id.startsWith(PREFIX)) return undefined;
      const weight = id.slice(PREFIX.length);
      if (!made.has(weight)) made.set(weight, makeFace(weight));
      return `${await made.get(weight)}?url`;
    },
  };
}

/** Writes the face, and returns where it is. */
export async function makeFace(weight: string): Promise<string> {
  const whole = readFileSync(`node_modules/@fontsource/ibm-plex-sans-kr/files/ibm-plex-sans-kr-korean-${weight}-normal.woff2`);
  const file = join(process.cwd(), MADE, `ibm-plex-sans-kr-${weight}.woff2`);
  mkdirSync(MADE, { recursive: true });
  writeFileSync(file, await subsetFont(whole, syllables(), { targetFormat: 'woff2' }));
  return file;
}

/** Every syllable that stands in a source or a lesson. */
function syllables(): string {
  const texts = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|tsx|yaml)$/.test(name))
    .map((name) => readFileSync(join(SOURCES, name), 'utf8').match(/[\u3131-\u318e\uac00-\ud7a3]/g) ?? []);
  return [...new Set(texts.flat())].sort().join('');
}
