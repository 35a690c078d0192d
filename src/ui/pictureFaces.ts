// The typefaces that a picture takes along, for no image may load any: those that its texts are set in, and of Hangul what our own words
// use. Anything else is set in the typeface of whoever looks at it.

import hangul400 from 'virtual:face/hangul-400';
import hangul600 from 'virtual:face/hangul-600';
import mono400 from '@fontsource/ibm-plex-mono/files/ibm-plex-mono-latin-400-normal.woff2?url';
import mono500 from '@fontsource/ibm-plex-mono/files/ibm-plex-mono-latin-500-normal.woff2?url';
import mono600 from '@fontsource/ibm-plex-mono/files/ibm-plex-mono-latin-600-normal.woff2?url';
import sans400 from '@fontsource/ibm-plex-sans/files/ibm-plex-sans-latin-400-normal.woff2?url';
import sans500 from '@fontsource/ibm-plex-sans/files/ibm-plex-sans-latin-500-normal.woff2?url';
import sans600 from '@fontsource/ibm-plex-sans/files/ibm-plex-sans-latin-600-normal.woff2?url';

interface Face {
  readonly family: string;
  readonly weight: number;
  readonly url: string;
}

const SANS = 'IBM Plex Sans';
const MONO = 'IBM Plex Mono';
const HANGUL = 'IBM Plex Sans KR';

const FACES: readonly Face[] = [
  { family: SANS, weight: 400, url: sans400 },
  { family: SANS, weight: 500, url: sans500 },
  { family: SANS, weight: 600, url: sans600 },
  { family: MONO, weight: 400, url: mono400 },
  { family: MONO, weight: 500, url: mono500 },
  { family: MONO, weight: 600, url: mono600 },
  { family: HANGUL, weight: 400, url: hangul400 },
  { family: HANGUL, weight: 600, url: hangul600 },
];

/** The style for what stands in the picture, whose texts say family and weight themselves. */
export async function facesOf(picture: SVGSVGElement): Promise<string> {
  const used = new Set<Face | undefined>();
  for (const text of picture.querySelectorAll('text, tspan')) {
    const weight = Number(text.getAttribute('font-weight') ?? 400);
    const letters = text.textContent ?? '';
    const family = text.getAttribute('font-family')?.includes(MONO) ? MONO : SANS;
    used.add(FACES.find((face) => face.family === family && face.weight === weight));
    if (/[\u3131-\u318e\uac00-\ud7a3]/.test(letters)) used.add(FACES.find((face) => face.family === HANGUL && face.weight >= weight));
  }
  const faces = FACES.filter((face) => used.has(face));
  const rules = await Promise.all(faces.map(ruleOf));
  const asked = faces.filter(({ family }) => family === HANGUL).map(askFor);
  return `<style>${rules.join('')}</style>${asked.join('')}`;
}

/** A face that only steps in for another is loaded when it is drawn, too late for who draws once; one that is first in its list, with the image. */
function askFor({ family, weight }: Face): string {
  return `<text font-family="${family}" font-weight="${weight}" fill="none" aria-hidden="true">가</text>`;
}

const rules = new Map<Face, Promise<string>>();

function ruleOf(face: Face): Promise<string> {
  const known = rules.get(face) ?? load(face);
  rules.set(face, known);
  return known;
}

async function load({ family, weight, url }: Face): Promise<string> {
  try {
    const source = url.startsWith('data:') ? url : await asText(await fetch(url));
    return `@font-face{font-family:"${family}";font-weight:${weight};src:url(${source})}`;
  } catch {
    // Without it the picture is set in the reader's own typeface.
    return '';
  }
}

async function asText(response: Response): Promise<string> {
  let letters = '';
  for (const byte of new Uint8Array(await response.arrayBuffer())) letters += String.fromCharCode(byte);
  return `data:font/woff2;base64,${btoa(letters)}`;
}
