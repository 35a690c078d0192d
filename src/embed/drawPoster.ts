// The poster of a scenario: the moment that asks its question, drawn by the stage's own painters as one SVG of a few kB. It is made when
// the site is built and needs no script: as an image it follows the system's scheme, and shows the question. The element names a
// scheme behind a # and writes the question itself.

import { cutter, podGlyph } from '../scene/glyph.ts';
import { podsUnder, type Scene } from '../scene/glyphs.ts';
import type { Item } from '../scene/item.ts';
import { escapeXml, markupOf } from '../scene/markup.ts';
import { podState } from '../scene/podState.ts';
import { SceneReader } from '../scene/scene.ts';
import type { Tape } from '../session/tape.ts';
import { TapedWorld } from '../session/tapedWorld.ts';
import { outlined } from './letterOutlines.ts';

const PODS_MAX = 6;
const POD_D = 58;
const CUTTER_D = 100;
const PITCH = 84;

export interface PosterInput {
  readonly tape: Tape;
  readonly question: string;
  /** tokens.css and scene.css. */
  readonly tokens: string;
  readonly rules: string;
}

export function drawPoster({ tape, question, tokens, rules }: PosterInput): string {
  const items = itemsOf(sceneAt(tape), tape.show.askMs);
  const picture = markupOf(items.map((item) => ({ ...item, marks: item.marks.map(outlined) })));
  const lines = splitIn(question, 44);
  const words = lines.map((line, i) => `<tspan x="0" dy="${i === 0 ? 0 : '1.35em'}">${escapeXml(line)}</tspan>`).join('');
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="100%" height="100%"><title>${escapeXml(question)}</title>`,
    `<style>${styleOf(picture, tokens, rules)}</style>`,
    '<g id="auto"><g id="light"><g id="dark"><rect class="ground" width="100%" height="100%"/>',
    `<svg x="50%" y="33%" overflow="visible"><g class="podglyph picture on-canvas">${picture}</g></svg>`,
    `<svg x="50%" y="62%" overflow="visible"><text class="words">${words}</text></svg></g></g></g></svg>`,
  ].join('');
}

function sceneAt(tape: Tape): Scene {
  const world = new TapedWorld(tape, () => {});
  world.runOn(tape.show.askMs);
  world.looks.read(world.cluster.changes);
  return new SceneReader().read({ snapshot: world.cluster.snapshot(), looks: world.looks });
}

/** The cutter on the left, its cookies on the right; without an owner, the pods alone. */
function itemsOf({ owners, pods }: Scene, atMs: number): Item[] {
  const owner = owners.find((each) => each.object !== undefined);
  const own = owner ? podsUnder(owner) : [];
  const shown = (own.length > 0 ? own : pods.list).slice(0, PODS_MAX);
  const gap = shown.length > 0 ? 72 : 0;
  const left = owner ? CUTTER_D + gap : 0;
  const width = left + Math.max(0, shown.length - 1) * PITCH + (shown.length > 0 ? POD_D : 0);
  const items = shown.map(
    (pod, i): Item => ({
      id: pod.key,
      layer: 'glyphs',
      x: left + POD_D / 2 + i * PITCH - width / 2,
      y: 0,
      marks: [podGlyph(pod.look, podState(pod.pod, pod.node, atMs, pod.record), POD_D, 'canvas')],
    }),
  );
  if (owner)
    items.push({ id: owner.key, layer: 'glyphs', x: CUTTER_D / 2 - width / 2, y: 0, marks: [cutter(owner.look, CUTTER_D, 'canvas')] });
  return items;
}

/** Only what this picture uses of the rules and colours. */
function styleOf(picture: string, tokens: string, rules: string): string {
  const used = new Set([...picture.matchAll(/look-(\w+)/g)].map(([, shape]) => shape?.toLowerCase()));
  const blockOf = (theme: string) => new RegExp(`data-theme="${theme}"\\][^{]*\\{([^}]*)\\}`).exec(tokens)?.[1] ?? '';
  const coloursOf = (theme: string) =>
    [...blockOf(theme).matchAll(/--([a-z0-9]+)(-\w+)?:[^;]*;/g)]
      .filter(([, name = '', part]) =>
        part === undefined ? ['canvas', 'panel', 'ink', 'ink2', 'ink3', 'edge', 'alarm'].includes(name) : used.has(name),
      )
      .map(([text]) => text.replaceAll(/\s+/g, ''))
      .join('');
  const looks = [...rules.matchAll(/([^{}]+)\{([^{}]*)\}/g)]
    .filter(
      ([, selector = '']) =>
        /^\s*\.(look-\w+|on-canvas)(,|\s*$)/.test(selector) &&
        (selector.includes(',') ||
          [...used].some((shape) => selector.toLowerCase().includes(`look-${shape}`)) ||
          selector.includes('on-canvas')),
    )
    .map(([text]) => text.replaceAll(/\s+/g, ' '))
    .join('');
  const light = `${coloursOf('light')}--letter-share:60%`;
  const dark = `${coloursOf('dark')}--letter-share:100%`;
  return [
    `svg{${light};--hatch:color-mix(in srgb,var(--edge) 68%,var(--canvas))}`,
    `@media(prefers-color-scheme:dark){svg{${dark}}}`,
    `#light:target{${light}}#dark:target{${dark}}`,
    looks,
    '.ground{fill:var(--canvas)}',
    '.words{font-family:"IBM Plex Sans",system-ui,sans-serif;font-size:19px;font-weight:600;fill:var(--ink);text-anchor:middle}',
    '#auto:target .words,#light:target .words,#dark:target .words{display:none}',
    '@media(max-width:559px){.picture{transform:scale(.62)}.words{font-size:15px}}',
  ].join('');
}

function splitIn(text: string, max: number): string[] {
  if (text.length <= max) return [text];
  const at = text.lastIndexOf(' ', Math.ceil(text.length / 2) + 6);
  return [text.slice(0, at), text.slice(at + 1)];
}
