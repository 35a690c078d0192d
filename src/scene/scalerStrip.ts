// A HorizontalPodAutoscaler on the picture: a strip under the card of the owner it scales, with its range, where the owner stands in
// it, what is measured beside what is wanted, and the load that a person turns up and down.
import { fit, type SceneMessages, textWidth } from './captions.ts';
import type { OwnerGlyph } from './glyphs.ts';
import type { Rect } from './item.ts';
import { caption, group, type Mark, mark, REFERENCE, runs } from './mark.ts';
import { DIM, type Draft, MID } from './ownerDraft.ts';
import { stepper, stepperWidth } from './rail.ts';
import { loadText, measureText, type Scaler } from './scalers.ts';
import { round } from './shapes.ts';

const HEIGHT = 44;
const PHONE_HEIGHT = 66;
const GAP = 14;
const ROOM = 58;
const NAME = { size: 12.5, isMono: true };

/** Under what stands there so far; nothing where nothing scales the owner. */
export function addScalerStrip(draft: Draft, owner: OwnerGlyph, area: Rect, messages: SceneMessages, isPhone: boolean): void {
  const { scaler } = owner;
  if (!scaler) return;
  const rect = { x: area.x, y: draft.bottom + GAP, width: area.width, height: isPhone ? PHONE_HEIGHT : HEIGHT };
  const steps = { height: isPhone ? 40 : 28, room: ROOM };
  const right = rect.width - stepperWidth(steps) - 14;
  const loadWidth = textWidth(messages.scaler.load, MID) + 10;
  const words = isPhone ? phoneWords(scaler, right, messages) : wideWords(owner, scaler, right - loadWidth - 20, messages);
  const marks = isPhone ? words : [...words, caption(messages.scaler.load, right - loadWidth, 26.5, MID)];
  addScalerCard(draft, scaler, rect, marks, { ...steps, x: right, y: (rect.height - steps.height) / 2 }, messages);
  draft.bottom = rect.y + rect.height;
  draft.noteBottom = Math.max(draft.noteBottom, draft.bottom);
}

/** A card with these words, and the load at its place on it, which a reader turns up and down. */
export function addScalerCard(
  draft: Draft,
  scaler: Scaler,
  rect: Rect,
  words: readonly Mark[],
  load: { readonly x: number; readonly y: number; readonly height: number; readonly room: number },
  messages: SceneMessages,
): void {
  const { key, loadMilli } = scaler;
  const { width, height } = rect;
  draft.items.push(
    {
      id: `scaler:${key}`,
      key,
      layer: 'cards',
      x: rect.x,
      y: rect.y,
      marks: [mark('rect', { width, height, rx: 14, fill: 'var(--panel)', stroke: 'var(--edge)', 'stroke-width': 1.2 }), ...words],
    },
    ...stepper({
      ...load,
      key,
      x: rect.x + load.x,
      y: rect.y + load.y,
      text: loadText(loadMilli, messages),
      size: 13,
      isLeast: !loadMilli,
      acts: ['lighter', 'heavier'],
    }),
  );
  draft.scalers.push({ scaler, rect });
}

function wideWords(owner: OwnerGlyph, scaler: Scaler, end: number, messages: SceneMessages): Mark[] {
  const name = fit(scaler.name, 120, NAME);
  const from = 26 + textWidth('HPA', { size: 13, isBold: true }) + 6 + textWidth(name, NAME) + 30;
  const measured = fit(measureText(scaler, messages), (end - from) * 0.6, MID);
  const to = end - textWidth(measured, MID) - 34;
  const isOver = scaler.measures.some((one) => one.isOver);
  return [
    runs(20, 26.5, [
      { text: 'HPA', size: 13, weight: 600 },
      { text: name, ...NAME, fill: 'var(--ink2)', dx: 6 },
    ]),
    ...(to - from >= 60 ? range(owner, scaler, from, to) : []),
    caption(measured, end, 26.5, { ...MID, anchor: 'end', ...(isOver ? { weight: 600, fill: 'var(--ink)' } : {}) }),
  ];
}

function phoneWords(scaler: Scaler, end: number, messages: SceneMessages): Mark[] {
  const words = messages.scaler;
  const room = end - 26;
  return [
    runs(16, 28, [
      { text: 'HPA', size: 13, weight: 600 },
      { text: fit(`${words.range(scaler.min, scaler.max)}, ${words.now(scaler.now)}`, room - 34, MID), ...MID, dx: 6 },
    ]),
    caption(fit(measureText(scaler, messages), room, MID), 16, 48, MID),
  ];
}

/** From the fewest to the most, filled as far as the owner stands, in the colour of its template. */
function range(owner: OwnerGlyph, { min, max, now, wants }: Scaler, from: number, to: number): Mark[] {
  const [left, right] = [from + 22, to - 22];
  const at = (count: number) => round(left + ((right - left) * (Math.max(min, Math.min(max, count)) - min)) / Math.max(1, max - min));
  const y = HEIGHT / 2;
  const filled = { x: left, y: y - 3.5, width: Math.max(0, at(now) - left), height: 7, rx: 2 };
  const { shape } = owner.look;
  const number = (count: number, x: number, anchor: 'start' | 'end') =>
    caption(String(count), x, y + 4.5, { ...DIM, isMono: true, anchor, size: 12 });
  return [
    number(min, left - 16, 'end'),
    mark('rect', { x: left, y: y - 3.5, width: right - left, height: 7, rx: 3, fill: 'var(--sunk)' }),
    group({ class: `look-${shape}` }, [
      mark('rect', { ...filled, fill: 'var(--fill)' }),
      ...(shape === 'A' || shape === 'hand' ? [] : [mark('rect', { ...filled, fill: `${REFERENCE}full-${shape}` })]),
    ]),
    ...(wants === now
      ? []
      : [
          mark('circle', {
            cx: at(wants),
            cy: y,
            r: 9.5,
            fill: 'none',
            stroke: 'var(--ink2)',
            'stroke-width': 1.2,
            'stroke-dasharray': '3 2.6',
          }),
        ]),
    mark('circle', { cx: at(now), cy: y, r: 10.5, fill: 'var(--panel)', stroke: 'var(--ink)', 'stroke-width': 1.4 }),
    caption(String(now), at(now), y + 4.2, { size: 12, weight: 600, anchor: 'middle' }),
    number(max, right + 16, 'start'),
  ];
}
