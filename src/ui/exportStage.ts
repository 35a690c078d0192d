// The stage as it is shown, as a picture of its own: an SVG whose colours are settled and whose typefaces come with it, so that it looks
// the same anywhere; or the same as pixels. The link to the moment is in its metadata.
import mono from '@fontsource/ibm-plex-mono/files/ibm-plex-mono-latin-400-normal.woff2?url';
import regular from '@fontsource/ibm-plex-sans/files/ibm-plex-sans-latin-400-normal.woff2?url';
import bold from '@fontsource/ibm-plex-sans/files/ibm-plex-sans-latin-600-normal.woff2?url';
import { escapeXml } from '../scene/markup.ts';

const FACES = [
  { family: 'IBM Plex Sans', weight: 400, url: regular },
  { family: 'IBM Plex Sans', weight: 600, url: bold },
  { family: 'IBM Plex Mono', weight: 400, url: mono },
];
/** What colour, text and line look like, once settled. */
const SETTLED = [
  'fill',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'opacity',
  'font-family',
  'font-size',
  'font-weight',
  'text-anchor',
  'visibility',
];
/** Pixels for each of the page's, so that a projector shows it sharp. */
const SCALE = 2;

export async function stageSvg(stage: SVGSVGElement, link: string): Promise<string> {
  return svgOf(stage, link, await facesRule());
}

export async function stagePng(stage: SVGSVGElement, link: string): Promise<Blob> {
  const canvas = await drawStage(stage, { link, faces: await facesRule(), scale: SCALE });
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('the picture could not be drawn'))), 'image/png'),
  );
}

interface Drawing {
  readonly link: string;
  /** What `facesRule` gave. */
  readonly faces: string;
  readonly scale: number;
}

/** The stage as pixels. */
export async function drawStage(stage: SVGSVGElement, { link, faces, scale }: Drawing): Promise<HTMLCanvasElement> {
  const { width, height } = stage.getBoundingClientRect();
  const address = URL.createObjectURL(new Blob([svgOf(stage, link, faces)], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
    canvas.getContext('2d', { willReadFrequently: true })?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return canvas;
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** The typefaces, for a picture to take along. */
export async function facesRule(): Promise<string> {
  return (await Promise.all(FACES.map(faceRule))).join('');
}

function svgOf(stage: SVGSVGElement, link: string, faces: string): string {
  const { width, height } = stage.getBoundingClientRect();
  const copy = stage.cloneNode(true) as SVGSVGElement;
  settle(stage, copy);
  for (const [name, value] of Object.entries({ xmlns: 'http://www.w3.org/2000/svg', width, height, viewBox: `0 0 ${width} ${height}` }))
    copy.setAttribute(name, String(value));
  const ground = getComputedStyle(stage.parentElement ?? stage).backgroundColor;
  const text = new XMLSerializer().serializeToString(copy);
  const head = [
    `<title>Podarium</title><metadata>${escapeXml(link)}</metadata>`,
    `<style>${faces}</style>`,
    `<rect width="100%" height="100%" fill="${ground}"/>`,
  ];
  return text.replace(/^<svg[^>]*>/, (opening) => opening + head.join(''));
}

/** Lets the browser save it. */
export function save(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** Writes into the copy what the page's styles make of the original; what only the page needs is left out. */
function settle(original: Element, copy: Element): void {
  const style = getComputedStyle(original);
  for (const name of SETTLED) {
    const value = style.getPropertyValue(name);
    if (value !== '' && value !== 'none' && value !== 'normal') copy.setAttribute(name, value);
    else if (value === 'none' && (name === 'fill' || name === 'stroke')) copy.setAttribute(name, 'none');
  }
  for (const name of ['class', 'data-key', 'data-act', 'data-rotate']) copy.removeAttribute(name);
  for (let i = 0; i < original.children.length; i++) settle(original.children[i] as Element, copy.children[i] as Element);
}

async function faceRule({ family, weight, url }: (typeof FACES)[number]): Promise<string> {
  try {
    const bytes = new Uint8Array(await (await fetch(url)).arrayBuffer());
    let letters = '';
    for (const byte of bytes) letters += String.fromCharCode(byte);
    return `@font-face{font-family:"${family}";font-weight:${weight};src:url(data:font/woff2;base64,${btoa(letters)})}`;
  } catch {
    // Without it the picture is set in the reader's own typeface.
    return '';
  }
}
