// Items -> SVG text: the same picture as svg.ts makes, where there is no document to make it in.
import { clipPath } from './clips.ts';
import { type Item, LAYERS } from './item.ts';
import { type Attribute, type Mark, mark, REFERENCE } from './mark.ts';
import { PATTERNS } from './patterns.ts';

/** The items from back to front, and the patterns and clips that they refer to. */
export function markupOf(items: readonly Item[]): string {
  const used = new Set<string>();
  const drawn = LAYERS.flatMap((layer) => items.filter((item) => item.layer === layer)).map((item) => itemText(item, used));
  const patterns = PATTERNS.filter(({ id }) => used.has(id)).map(({ id, width, height, rotate, look, marks }) => {
    const attrs = {
      id,
      width,
      height,
      patternUnits: 'userSpaceOnUse',
      patternTransform: `rotate(${rotate})`,
      ...(look ? { class: look } : {}),
    };
    return markText(mark('pattern', attrs, marks), used);
  });
  const clips = [...used].filter((name) => !PATTERNS.some(({ id }) => id === name));
  const clipTexts = clips.map((name) => `<clipPath id="${name}"><path d="${clipPath(name)}"/></clipPath>`);
  return `<defs>${[...patterns, ...clipTexts].join('')}</defs>${drawn.join('')}`;
}

function itemText({ x, y, scale, opacity, marks }: Item, used: Set<string>): string {
  const place = `translate(${x} ${y})${scale === undefined || scale === 1 ? '' : ` scale(${scale})`}`;
  const shade = opacity === undefined ? '' : ` opacity="${opacity}"`;
  return `<g transform="${place}"${shade}>${marks.map((mark) => markText(mark, used)).join('')}</g>`;
}

function markText({ tag, attrs, children = [], text = '' }: Mark, used: Set<string>): string {
  const attributes = Object.entries(attrs).map(([name, value]) => ` ${name}="${escapeXml(resolve(value, used))}"`);
  const content = escapeXml(text) + children.map((child) => markText(child, used)).join('');
  return content ? `<${tag}${attributes.join('')}>${content}</${tag}>` : `<${tag}${attributes.join('')}/>`;
}

function resolve(value: Attribute, used: Set<string>): string {
  if (typeof value === 'number' || !value.startsWith(REFERENCE)) return String(value);
  const name = value.slice(REFERENCE.length);
  used.add(name);
  return `url(#${name})`;
}

export function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
