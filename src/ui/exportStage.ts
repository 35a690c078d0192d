// The stage as it is shown, as a picture of its own: an SVG whose colours are settled and whose typefaces come with it, so that it looks
// the same anywhere; or the same as pixels. The link to the moment is in its metadata.
import { escapeXml } from '../scene/markup.ts';
import { facesOf } from './pictureFaces.ts';
import { withText } from './pngText.ts';

/** What colour and line look like, once settled, and what text looks like besides. */
const SETTLED = ['fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'opacity', 'visibility'];
const SETTLED_OF_TEXT = ['font-family', 'font-size', 'font-weight', 'text-anchor', 'letter-spacing'];
/** Pixels for each of the page's, so that a projector shows it sharp. */
const SCALE = 2;

export interface Picture {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
}

/** What is shown: the inside of a pod, where one is looked into. */
export function shownStage(): SVGSVGElement | null {
  return document.querySelector('[data-inside] > svg') ?? document.querySelector('[data-stage] > svg');
}

export async function pictureOf(stage: SVGSVGElement, link: string): Promise<Picture> {
  const { width, height } = stage.getBoundingClientRect();
  const copy = settledCopy(stage);
  const faces = await facesOf(copy);
  const head = `<title>Podarium</title><metadata>${escapeXml(link)}</metadata>${faces}`;
  const svg = new XMLSerializer().serializeToString(copy).replace(/^<svg[^>]*>/, (opening) => opening + head);
  return { svg, width, height };
}

export async function stagePng(stage: SVGSVGElement, link: string): Promise<Blob> {
  const canvas = await pixelsOf(await pictureOf(stage, link), SCALE);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (!blob) throw new Error('PNG');
  return new Blob([withText(new Uint8Array(await blob.arrayBuffer()), 'Source', link)], { type: blob.type });
}

export async function pixelsOf({ svg, width, height }: Picture, scale: number): Promise<HTMLCanvasElement> {
  const address = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
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

/** The stage as an element that needs no styles of a page, on its own ground. */
export function settledCopy(stage: SVGSVGElement): SVGSVGElement {
  const { width, height } = stage.getBoundingClientRect();
  const copy = stage.cloneNode(true) as SVGSVGElement;
  settle(stage, copy);
  for (const [name, value] of Object.entries({ xmlns: SVG, width, height, viewBox: `0 0 ${width} ${height}` }))
    copy.setAttribute(name, String(value));
  const ground = document.createElementNS(SVG, 'rect');
  const { backgroundColor } = getComputedStyle(stage.parentElement ?? stage);
  for (const [name, value] of Object.entries({ width: '100%', height: '100%', fill: backgroundColor })) ground.setAttribute(name, value);
  copy.prepend(ground);
  return copy;
}

/** Lets the browser save it. */
export function save(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

const SVG = 'http://www.w3.org/2000/svg';

/** Writes into the copy what the page's styles make of the original; what only the page needs is left out. */
function settle(original: Element, copy: Element): void {
  const style = getComputedStyle(original);
  for (const name of /^t(ext|span)$/.test(original.tagName) ? [...SETTLED, ...SETTLED_OF_TEXT] : SETTLED) {
    const value = style.getPropertyValue(name);
    if (value !== '' && value !== 'none' && value !== 'normal') copy.setAttribute(name, value);
    else if (value === 'none' && (name === 'fill' || name === 'stroke')) copy.setAttribute(name, 'none');
  }
  for (const name of ['class', 'data-key', 'data-act', 'data-rotate']) copy.removeAttribute(name);
  for (let i = 0; i < original.children.length; i++) settle(original.children[i] as Element, copy.children[i] as Element);
}
