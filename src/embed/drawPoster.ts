// The poster of a scenario: the moment that asks its question, drawn by the stage's own painters. It is made when the site is built, as the
// picture that the element puts under its own words, and as one SVG of a few kB with the question in it, which needs no script and follows
// the system's scheme.

import { cutter, podGlyph } from '../scene/glyph.ts';
import { podsUnder, type Scene } from '../scene/glyphs.ts';
import type { Item } from '../scene/item.ts';
import { escapeXml, markupOf } from '../scene/markup.ts';
import { podState } from '../scene/podState.ts';
import { SceneReader } from '../scene/scene.ts';
import type { Tape } from '../session/tape.ts';
import { TapedWorld } from '../session/tapedWorld.ts';
import { outlined } from './letterOutlines.ts';
import { sign } from './sign.ts';

/** Of the poster as a file, which is shown whole at any size. */
const WIDTH = 720;
const HEIGHT = 420;
const PODS_MAX = 6;
const POD_D = 58;
const CUTTER_D = 100;
const PITCH = 84;
/** What a picture may take of the width of a phone and of a narrow page, and how large it is on a phone at most. */
const NARROW_WIDTH = 270;
const MIDDLE_WIDTH = 520;
const NARROW_SCALE = 0.62;

export interface Picture {
  /** The inside of an svg of any size. */
  readonly drawn: string;
  /** Its colours in each scheme, and the rules of its looks and of how small it is on a narrow page. */
  readonly light: string;
  readonly dark: string;
  readonly looks: string;
}

/** `tokens` is tokens.css, `rules` scene.css. */
export function drawPicture(tape: Tape, tokens: string, rules: string): Picture {
  const { items, width } = itemsOf(sceneAt(tape), tape.show.askMs);
  const narrow = Math.min(NARROW_SCALE, NARROW_WIDTH / width).toFixed(2);
  const middle = Math.min(1, MIDDLE_WIDTH / width).toFixed(2);
  const picture = markupOf(items.map((item) => ({ ...item, marks: item.marks.map(outlined) })));
  const { looks, ...colours } = coloursOf(picture, tokens, rules);
  return {
    drawn: `<svg x="50%" y="33%" overflow="visible"><g class="podglyph drawn on-canvas">${picture}</g></svg>`,
    ...colours,
    looks: `${looks}.drawn{--narrow:${narrow};--middle:${middle}}`,
  };
}

/** `face` is a rule for the typeface `P`, where the question needs one that the reader may not have. */
export function drawPoster({ drawn, light, dark, looks }: Picture, question: string, face: string): string {
  const lines = splitIn(question, 44);
  const words = lines.map((line, i) => `<tspan x="0" dy="${i === 0 ? 0 : '1.35em'}">${escapeXml(line)}</tspan>`).join('');
  const style = [
    face,
    `svg{${light}}@media(prefers-color-scheme:dark){svg{${dark}}}`,
    looks,
    '.ground{fill:var(--canvas)}',
    'text{font:600 19px "IBM Plex Sans",P,system-ui,sans-serif;fill:var(--ink);text-anchor:middle}',
  ].join('');
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}"><title>${escapeXml(question)}</title>`,
    `<style>${style}</style>`,
    `<rect class="ground" width="100%" height="100%"/>${drawn}${sign('var(--ink)')}`,
    `<svg x="50%" y="62%" overflow="visible"><text>${words}</text></svg></svg>`,
  ].join('');
}

function sceneAt(tape: Tape): Scene {
  const world = new TapedWorld(tape, () => {});
  world.runOn(tape.show.askMs);
  world.looks.read(world.cluster.changes);
  return new SceneReader().read({ snapshot: world.cluster.snapshot(), looks: world.looks });
}

/** The cutter on the left, its cookies on the right; without an owner, the pods alone. */
function itemsOf({ owners, pods }: Scene, atMs: number): { readonly items: readonly Item[]; readonly width: number } {
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
  return { items, width };
}

/** Only what this picture uses of the rules and colours. */
function coloursOf(picture: string, tokens: string, rules: string): Omit<Picture, 'drawn'> {
  const used = new Set([...picture.matchAll(/look-(\w+)/g)].map(([, shape]) => shape?.toLowerCase()));
  const blockOf = (theme: string) => new RegExp(`data-theme="${theme}"\\][^{]*\\{([^}]*)\\}`).exec(tokens)?.[1] ?? '';
  const tokensOf = (theme: string) =>
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
  return {
    light: `${tokensOf('light')}--letter-share:60%;--hatch:color-mix(in srgb,var(--edge) 68%,var(--canvas))`,
    dark: `${tokensOf('dark')}--letter-share:100%`,
    looks,
  };
}

function splitIn(text: string, max: number): string[] {
  if (text.length <= max) return [text];
  const at = text.lastIndexOf(' ', Math.ceil(text.length / 2) + 6);
  return [text.slice(0, at), text.slice(at + 1)];
}
