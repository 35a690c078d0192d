// Faces of a few kB with nothing but the letters that our own words use: `virtual:face/hangul-400` is such a file, of IBM Plex Sans KR, and
// `virtual:face/latin-400` one of IBM Plex Sans with what names of objects are made of. All of Hangul would weigh a hundred times as
// much: the page loads it in slices, but a picture, a world in a document and the single file cannot.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import subsetFont from 'subset-font';
import type { Plugin } from 'vite';

const PREFIX = 'virtual:face/';
const SOURCES = 'src';
const MADE = '.cache/faces';
const FONTS = 'node_modules/@fontsource';

interface Script {
  readonly pathOf: (weight: string) => string;
  readonly letters: RegExp;
  /** What its letters need to stand well beside each other, and digits below each other. */
  readonly features: readonly string[];
}

const scripts: Readonly<Record<string, Script>> = {
  hangul: {
    pathOf: (weight) => `${FONTS}/ibm-plex-sans-kr/files/ibm-plex-sans-kr-korean-${weight}-normal.woff2`,
    letters: /[\u3131-\u318e\uac00-\ud7a3]/g,
    features: [],
  },
  latin: {
    pathOf: (weight) => `${FONTS}/ibm-plex-sans/files/ibm-plex-sans-latin-${weight}-normal.woff2`,
    letters: /[ -~\u00a0-\u2bff]/g,
    features: ['kern', 'tnum'],
  },
};

export function faces(): Plugin {
  const made = new Map<string, Promise<string>>();
  return {
    name: 'faces',
    enforce: 'pre',
    async resolveId(id) {
      if (!id.startsWith(PREFIX)) return undefined;
      const name = id.slice(PREFIX.length);
      if (!made.has(name)) made.set(name, makeFace(name));
      return `${await made.get(name)}?url`;
    },
  };
}

/** Writes the face of a script and weight, and returns where it is. */
export async function makeFace(name: string): Promise<string> {
  const file = join(process.cwd(), MADE, `${name}.woff2`);
  mkdirSync(MADE, { recursive: true });
  writeFileSync(file, await ownFace(name));
  return file;
}

/** A rule that sets the Hangul of a text; nothing where it has none. */
export async function hangulRule(text: string, family: string): Promise<string> {
  const { hangul } = scripts;
  const letters = hangul && lettersOf(text, hangul);
  if (!hangul || !letters) return '';
  const face = Buffer.from(await cut(await ownFace('hangul-600'), letters, hangul)).toString('base64');
  return `@font-face{font-family:${family};src:url(data:font/woff2;base64,${face})}`;
}

const ownFaces = new Map<string, Promise<Uint8Array>>();

function ownFace(name: string): Promise<Uint8Array> {
  const [of = '', weight = ''] = name.split('-');
  const script = scripts[of];
  if (!script) throw new Error(`${PREFIX}${name} is no face`);
  const face = ownFaces.get(name) ?? cut(readFileSync(script.pathOf(weight)), lettersOf(ownTexts(), script), script);
  ownFaces.set(name, face);
  return face;
}

/** Screens draw it without hints. */
function cut(face: Uint8Array, letters: string, { features }: Script): Promise<Uint8Array> {
  const layout = features.length > 0 ? [] : ['GSUB', 'GPOS', 'GDEF'];
  const dropTables = ['gasp', ...layout, 'vhea', 'vmtx'];
  return subsetFont(face, letters, {
    targetFormat: 'woff2',
    noHinting: true,
    noLayoutClosure: true,
    keepFeatures: [...features],
    dropTables,
  });
}

/** All that we say stands in a source or a lesson. */
function ownTexts(): string {
  const texts = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(ts|tsx|yaml)$/.test(name));
  return texts.map((name) => readFileSync(join(SOURCES, name), 'utf8')).join('');
}

function lettersOf(text: string, { letters }: Script): string {
  return [...new Set(text.match(letters))].sort().join('');
}
