// The Hangul that our own words use, as faces of IBM Plex Sans KR of some thirty kB each: `virtual:hangul/400` is such a file. All of
// Hangul would weigh ten times as much; the page loads that in slices, but a picture, a world in a document and the single file cannot.
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
  const file = join(process.cwd(), MADE, `hangul-${weight}.woff2`);
  mkdirSync(MADE, { recursive: true });
  writeFileSync(file, await ownFace(weight));
  return file;
}

/** A rule that sets the Hangul of a text; nothing where it has none. */
export async function hangulRule(text: string, family: string): Promise<string> {
  const letters = hangulOf(text);
  if (letters === '') return '';
  const face = Buffer.from(await cut(await ownFace('600'), letters)).toString('base64');
  return `@font-face{font-family:${family};src:url(data:font/woff2;base64,${face})}`;
}

const ownFaces = new Map<string, Promise<Uint8Array>>();

function ownFace(weight: string): Promise<Uint8Array> {
  const path = `node_modules/@fontsource/ibm-plex-sans-kr/files/ibm-plex-sans-kr-korean-${weight}-normal.woff2`;
  const face = ownFaces.get(weight) ?? cut(readFileSync(path), syllables());
  ownFaces.set(weight, face);
  return face;
}

/** Screens draw it without hints, and Hangul is set without substitutions. */
function cut(face: Uint8Array, letters: string): Promise<Uint8Array> {
  const dropTables = ['gasp', 'GSUB', 'GPOS', 'GDEF', 'vhea', 'vmtx'];
  return subsetFont(face, letters, { targetFormat: 'woff2', noHinting: true, noLayoutClosure: true, keepFeatures: [], dropTables });
}

/** Every syllable that stands in a source or a lesson. */
function syllables(): string {
  const texts = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(ts|tsx|yaml)$/.test(name));
  return hangulOf(texts.map((name) => readFileSync(join(SOURCES, name), 'utf8')).join(''));
}

function hangulOf(text: string): string {
  return [...new Set(text.match(/[\u3131-\u318e\uac00-\ud7a3]/g))].sort().join('');
}
