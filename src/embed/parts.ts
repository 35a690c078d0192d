// What a player is made of on the page: the header, the stage and the bar, with their styles.
import sceneStyle from '../scene/scene.css?inline';
import tokens from '../scene/tokens.css?inline';
import stageStyle from '../ui/stage/stage.css?inline';
import { iconOf } from './icons.ts';
import playerStyle from './player.css?inline';
import type { EmbedWords } from './texts.ts';
import type { EmbedOptions } from './words.ts';

export interface Parts {
  readonly root: HTMLElement;
  readonly svg: SVGSVGElement;
  readonly list: HTMLElement;
  readonly live: HTMLElement;
  readonly full: HTMLAnchorElement;
  readonly status: HTMLElement;
  readonly play: HTMLButtonElement | undefined;
  readonly replay: HTMLButtonElement | undefined;
  readonly time: HTMLInputElement | undefined;
  readonly marks: HTMLElement | undefined;
  readonly clock: HTMLElement | undefined;
  readonly speed: HTMLButtonElement | undefined;
  readonly actions: HTMLElement | undefined;
}

export function buildParts(frame: HTMLElement, words: EmbedWords, { controls }: EmbedOptions): Parts {
  const header = element('header', '');
  const full = element('a', 'full');
  full.target = '_blank';
  full.rel = 'noopener';
  full.append(iconOf('expand'), element('span', '', words.openFull));
  const title = words.step?.title ?? words.title;
  header.append(iconOf('mark'), element('b', '', title ?? 'Podarium'), full);
  const root = element('div', 'stage');
  root.dataset['stage'] = '';
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('aria-hidden', 'true');
  const list = element('section', 'stage-objects');
  list.setAttribute('aria-label', words.scene.stage);
  const live = element('div', 'stage-objects');
  live.setAttribute('aria-live', 'polite');
  const status = element('div', 'status');
  status.setAttribute('role', 'status');
  root.append(svg, list, live, status);
  frame.append(header, ...(words.step ? [element('p', 'step', words.step.text)] : []), root);
  const bare = { root, svg, list, live, full, status };
  if (controls === 'none')
    return {
      ...bare,
      play: undefined,
      replay: undefined,
      time: undefined,
      marks: undefined,
      clock: undefined,
      speed: undefined,
      actions: undefined,
    };
  const footer = element('footer', '');
  const play = element('button', 'play');
  const replay = element('button', 'square replay');
  const time = element('input', '');
  const actions = element('div', 'actions');
  play.type = replay.type = 'button';
  replay.setAttribute('aria-label', words.replay);
  replay.append(iconOf('replay'));
  time.type = 'range';
  time.step = '100';
  time.setAttribute('aria-label', words.time);
  const bar = element('div', 'bar');
  const marks = element('div', 'marks');
  marks.setAttribute('aria-hidden', 'true');
  bar.append(time, marks);
  footer.append(play, replay, bar);
  frame.append(footer);
  const clock = controls === 'full' ? element('span', 'clock') : undefined;
  const speed = controls === 'full' ? element('button', 'square speed') : undefined;
  if (clock) footer.append(clock);
  if (speed) {
    speed.type = 'button';
    speed.title = words.speed;
    footer.append(speed);
  }
  footer.append(actions);
  return { ...bare, play, replay, time, marks, clock, speed, actions };
}

export function element<Tag extends keyof HTMLElementTagNameMap>(tag: Tag, className: string, text = ''): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

let sheet: CSSStyleSheet | undefined;

export function adopt(root: ShadowRoot): void {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync([tokens, sceneStyle, stageStyle, playerStyle].join('\n'));
  }
  if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets.push(sheet);
}
