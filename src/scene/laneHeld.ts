// Pods that wait in the lane for a reason: each with its name and the reason why; more than three are dots with a number, and their
// reasons added up.
import { fit, fitPodName, type SceneMessages, textWidth } from './captions.ts';
import type { WaitingGlyph } from './glyphs.ts';
import { type LaneDraft, REASONS, SPOKEN_MAX } from './laneLayout.ts';
import { caption, mark } from './mark.ts';
import { round } from './shapes.ts';

export function drawHeld(draft: LaneDraft, held: readonly WaitingGlyph[], count: number): void {
  if (draft.rect.height === REASONS) reasons(draft, held, count);
  else if (held.length > SPOKEN_MAX) crowd(draft, held);
  else causesOnly(draft, held);
}

function twoLines({ marks, rect, messages }: LaneDraft, text: string, y = rect.height / 2): void {
  marks.push(
    caption(messages.queue, rect.x + 28, rect.y + y - 3, { size: 13, weight: 600 }),
    caption(text, rect.x + 28, rect.y + y + 14, { size: 12.5, fill: 'var(--ink3)' }),
  );
}

/** Where there is little room: how many, and the causes of the first. */
function causesOnly(draft: LaneDraft, held: readonly WaitingGlyph[]): void {
  const { rect, marks, messages, pods, isPhone } = draft;
  const middle = rect.y + rect.height / 2;
  const d = 24;
  const right = rect.x + rect.width - (isPhone ? 34 : 120);
  held.forEach(({ pod }, i) => {
    pods.push({ pod, x: right - i * (d + 10), y: middle, d });
  });
  const refusal = held.find((one) => one.refusal?.causes.length)?.refusal;
  const causes = byCount(refusal?.causes ?? []).map(({ count, cause }) => messages.lacks(count, cause));
  const room = right - rect.x - 40 - held.length * (d + 10);
  const text = `${messages.waiting(held.length)}: ${causes.join(', ') || messages.refused(held[0]?.refusal?.message ?? '')}`;
  marks.push(
    caption(isPhone ? messages.queueShort : messages.queue, rect.x + 28, middle - 3, { size: 13, weight: 600 }),
    caption(fit(text, room, { size: 12.5 }), rect.x + 28, middle + 14, { size: 12.5, fill: 'var(--alarm)' }),
  );
}

/** Up to three, each with its reason. */
function reasons(draft: LaneDraft, waiting: readonly WaitingGlyph[], count: number): void {
  const { rect, marks, messages, pods } = draft;
  twoLines(draft, messages.waiting(count), rect.height / 2 - 18);
  const left = rect.x + Math.min(166, rect.width * 0.2);
  const width = (rect.x + rect.width - 110 - left) / waiting.length;
  const middle = rect.y + rect.height / 2;
  waiting.forEach((one, i) => {
    const x = left + i * width;
    const textX = x + 86;
    const room = width - 96;
    marks.push(mark('path', { d: `M${round(x)} ${rect.y + 16}V${rect.y + rect.height - 16}`, stroke: 'var(--line)' }));
    pods.push({ pod: one.pod, x: x + 50, y: middle, d: Math.min(48, width / 3) });
    marks.push(caption(fitPodName(one.pod.name, room, { size: 13, isMono: true }), textX, middle - 7, { size: 13, isMono: true }));
    whyIn(one, room, messages).forEach(({ text, isCause }, line) => {
      const style = isCause ? { weight: 500, fill: 'var(--alarm)' } : { fill: 'var(--ink2)' };
      marks.push(caption(text, textX, middle + 12 + line * 18, { size: 12.5, ...style }));
    });
  });
}

interface Line {
  readonly text: string;
  readonly isCause: boolean;
}

const LINES_MAX = 2;

/** Why a pod waits, in two lines: that no node fits and the causes, or where these find no room on one line, a cause on each. */
function whyIn({ refusal }: WaitingGlyph, room: number, messages: SceneMessages): readonly Line[] {
  if (!refusal?.causes.length) return wrapped(messages.refused(refusal?.message ?? ''), room);
  const causes = byCount(refusal.causes).map(({ count, cause }) => messages.lacks(count, cause));
  const together = causes.join(', ');
  const face = { size: 12.5, isBold: true };
  if (causes.length === 1 || textWidth(together, face) <= room)
    return [
      { text: fit(messages.noNodeFits, room, { size: 12.5 }), isCause: false },
      { text: fit(together, room, face), isCause: true },
    ];
  const lines = [...causes.slice(0, LINES_MAX - 1), causes.slice(LINES_MAX - 1).join(', ')];
  return lines.map((line) => ({ text: fit(line, room, face), isCause: true }));
}

function wrapped(text: string, room: number): readonly Line[] {
  const words = text.split(' ');
  let first = words.shift() ?? '';
  while (words[0] !== undefined && textWidth(`${first} ${words[0]}`, { size: 12.5 }) <= room) first += ` ${words.shift()}`;
  return [first, words.join(' ')].filter(Boolean).map((line) => ({ text: fit(line, room, { size: 12.5 }), isCause: false }));
}

/** Many: dots, how many more, and the reasons added up. */
function crowd(draft: LaneDraft, waiting: readonly WaitingGlyph[]): void {
  const { rect, marks, messages, pods, isPhone } = draft;
  twoLines(draft, messages.waiting(waiting.length));
  const sum = addUp(waiting, messages);
  const sumWidth = isPhone ? 0 : Math.max(...sum.map((text) => textWidth(text, { size: 12.5, isBold: true })), 0);
  const left =
    rect.x +
    28 +
    Math.max(textWidth(messages.queue, { size: 13, isBold: true }), textWidth(messages.waiting(waiting.length), { size: 12.5 })) +
    16;
  const right = rect.x + rect.width - 30 - (sumWidth ? sumWidth + 24 : 0) - 48;
  const isToken = waiting.length <= Math.floor((right - left) / 34);
  const [d, pitch, rows] = isToken ? [26, 34, 1] : [11.5, 13.4, 2];
  const perRow = Math.max(1, Math.floor((right - left) / pitch));
  const shown = Math.min(waiting.length, perRow * rows);
  const middle = rect.y + rect.height / 2;
  const columns = isToken ? shown : Math.ceil(shown / rows);
  waiting.slice(0, shown).forEach(({ pod }, i) => {
    // The first stands nearest to the exit.
    const column = columns - 1 - (isToken ? i : Math.floor(i / rows));
    pods.push({ pod, x: left + pitch / 2 + column * pitch, y: middle + (isToken ? 0 : (i % rows) * 14 - 7), d });
  });
  if (shown < waiting.length)
    marks.push(caption(`+${waiting.length - shown}`, left + columns * pitch + 8, middle + 4.5, { size: 13, isMono: true }));
  sum.forEach((text, i) => {
    if (sumWidth)
      marks.push(
        caption(
          text,
          rect.x + rect.width - 30,
          middle - 3 + i * 17,
          i === 0 ? { size: 12.5, weight: 500, anchor: 'end', fill: 'var(--alarm)' } : { size: 12.5, anchor: 'end', fill: 'var(--ink2)' },
        ),
      );
  });
}

function byCount<T extends { readonly count: number }>(causes: readonly T[]): T[] {
  return [...causes].sort((a, b) => b.count - a.count);
}

function addUp(waiting: readonly WaitingGlyph[], messages: SceneMessages): string[] {
  const refused = waiting.flatMap(({ refusal }) => (refusal && refusal.causes.length ? [refusal] : []));
  const [first] = refused;
  if (!first) return [];
  const causes = new Map<string, number>();
  for (const { causes: list } of refused) for (const { count, cause } of list) causes.set(cause, Math.max(causes.get(cause) ?? 0, count));
  return [
    messages.nodesFit(first.fit, first.nodes),
    byCount([...causes].map(([cause, count]) => ({ cause, count })))
      .map(({ cause, count }) => messages.lacks(count, cause))
      .join(', '),
  ];
}
