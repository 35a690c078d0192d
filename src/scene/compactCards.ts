// Several owners: rows of equal small cards, with the pods that nobody owns in a dashed one; on a phone, a row for each.
import { fit, type SceneMessages, textWidth } from './captions.ts';
import { HAND_OWNER, type OwnerGlyph, podsUnder } from './glyphs.ts';
import type { Rect } from './item.ts';
import { caption, type Mark, mark, runs } from './mark.ts';
import { type Draft, kindText, MID, type OwnerInput, title } from './ownerDraft.ts';
import { countText, countWords, noteFor } from './ownerWords.ts';
import { addRail, addStepper, isScalable } from './rail.ts';
import { shapePath } from './shapes.ts';

const COMPACT_GAP = 20;
const COMPACT_MIN = 196;

export function compactCards(draft: Draft, input: OwnerInput): void {
  const { owners, area, isLow, messages } = input;
  const least = isLow ? 12 : COMPACT_GAP;
  const most = Math.max(1, Math.floor((area.width + least) / (COMPACT_MIN + least)));
  const columns = Math.min(Math.max(owners.length, 1), most);
  const isShort = isLow || owners.length > most;
  const gap = isShort ? 12 : COMPACT_GAP;
  const width = Math.min(340, (area.width - (columns - 1) * gap) / columns);
  const height = isShort ? 100 : 150;
  const left = area.x + (columns * width + (columns - 1) * gap < area.width ? (area.width - columns * width - (columns - 1) * gap) / 2 : 0);
  owners.forEach((owner, i) => {
    const rect = { x: left + (i % columns) * (width + gap), y: area.y + Math.floor(i / columns) * (height + gap), width, height };
    compactCard(draft, owner, rect, isShort, messages);
  });
}

function compactCard(draft: Draft, owner: OwnerGlyph, rect: Rect, isShort: boolean, messages: SceneMessages): void {
  const pods = podsUnder(owner);
  const isHand = owner.kind === HAND_OWNER;
  const [cutterX, cutterY, d] = isShort ? [36, 36, 40] : [44, 46, 52];
  const x = isShort ? 68 : 84;
  const room = rect.width - x - 10;
  const nameY = isShort ? 29 : 35;
  const name = isHand && pods.length !== 1 ? messages.pods(pods.length) : isHand ? (pods[0]?.name ?? '') : owner.name;
  const marks: Mark[] = [
    caption(fit(name, room, { size: 17, isBold: true }), x, nameY, { size: 17, weight: 600 }),
    caption(isHand ? messages.noOwner : fit(kindText(owner), room, { size: 12.5 }), x, nameY + (isShort ? 17 : 19), {
      size: 12.5,
      fill: 'var(--ink3)',
    }),
  ];
  const countY = nameY + (isShort ? 34 : 37);
  if (isHand) marks.push(caption(messages.noCutter, x, countY, { size: 12.5, fill: 'var(--ink2)' }));
  else marks.push(countLine(owner, x, countY, room, isShort, messages));
  if (isHand)
    marks.push(
      mark('path', {
        d: shapePath('hand', d),
        transform: `translate(${cutterX} ${cutterY})`,
        fill: 'none',
        stroke: 'var(--edge)',
        'stroke-width': 1.4,
        'stroke-dasharray': '4 3.5',
      }),
    );
  const note = isShort ? undefined : noteFor(owner, messages);
  const budget = isShort || owner.mayLose === undefined ? '' : messages.mayLose(owner.mayLose);
  const noteRoom = rect.width - 36 - (budget ? textWidth(budget, SMALL) + 10 : 0);
  if (note) marks.push(caption(fit(note, noteRoom, { size: 12.5, isBold: true }), 20, 139, { size: 12.5, weight: 500 }));
  if (budget) marks.push(caption(budget, rect.width - 16, 139, { ...SMALL, fill: 'var(--ink2)', anchor: 'end' }));
  draft.card(owner, rect, marks);
  if (!isHand) draft.cutter(owner, rect.x + cutterX, rect.y + cutterY, d);
  const railBox = isShort
    ? { x: rect.x + 14, y: rect.y + 70, width: rect.width - 28, height: 24, pitch: 26 }
    : { x: rect.x + 16, y: rect.y + 87, width: rect.width - 26, height: 32, pitch: 26, isNoted: note !== undefined || budget !== '' };
  addRail(draft, owner, pods, railBox, rect, true);
}

const SMALL = { size: 12.5 };

/** What is wanted, what is ready and, on a low card where there is room for it, what may be lost. */
function countLine(owner: OwnerGlyph, x: number, y: number, room: number, isShort: boolean, messages: SceneMessages): Mark {
  const { first, second, isAlarm } = countWords(owner, messages);
  const left = room + 4 - textWidth(`${first} ${second}`, SMALL);
  const budget = isShort && owner.mayLose !== undefined ? `, ${messages.mayLose(owner.mayLose)}` : '';
  const isWhole = second !== '' && left >= 0;
  return runs(x, y, [
    { text: fit(isWhole ? first : first.replace(/,$/, ''), room + 4, SMALL), ...SMALL, fill: 'var(--ink2)' },
    ...(isWhole ? [{ text: second, ...SMALL, dx: 4, ...(isAlarm ? { fill: 'var(--alarm)', weight: 600 } : { fill: 'var(--ink2)' }) }] : []),
    ...(budget && textWidth(budget, SMALL) < left ? [{ text: budget, ...SMALL, fill: 'var(--ink2)' }] : []),
  ]);
}

export function phoneRow(draft: Draft, owner: OwnerGlyph, { area, owners, messages }: OwnerInput): void {
  const isOnly = owners.length === 1;
  const rect = { x: area.x, y: draft.bottom + (draft.cards.length ? 9 : 0), width: area.width, height: isOnly ? 112 : 92 };
  const pods = podsUnder(owner);
  const isHand = owner.kind === HAND_OWNER;
  // On the narrowest page four pips still have room for their letters.
  const [cutterX, d, x] = !isOnly ? [46, 52, 86] : area.width < 350 ? [50, 66, 98] : [60, 72, 116];
  const name =
    isHand && pods.length === 1
      ? { ...owner, name: pods[0]?.name ?? '', kind: messages.noOwner }
      : isHand
        ? { ...owner, name: messages.pods(pods.length), kind: messages.noOwner }
        : owner;
  const hasGhost = owner.previous !== undefined && owner.previous !== owner.look;
  const second = isHand
    ? messages.noCutter
    : hasGhost
      ? messages.becameFrom(owner.previous?.letter ?? '', owner.look.letter)
      : phoneCount(owner, messages);
  const [nameY, secondY] = isOnly ? [30, 51] : [27, 45];
  const marks = [title(name, x, nameY, 18, rect.width - x - 12), caption(fit(second, rect.width - x - 12, { size: 13 }), x, secondY, MID)];
  if (isHand)
    marks.push(
      mark('path', {
        d: shapePath('hand', d),
        transform: `translate(${cutterX} ${rect.height / 2 + 2})`,
        fill: 'none',
        stroke: 'var(--edge)',
        'stroke-width': 1.4,
        'stroke-dasharray': '4 3.5',
      }),
    );
  draft.card(owner, rect, marks);
  if (!isHand) draft.cutter(owner, rect.x + cutterX, rect.y + rect.height / 2 + 2, d);
  const hasStepper = isOnly && isScalable(owner);
  addRail(
    draft,
    owner,
    pods,
    {
      x: rect.x + x - 5,
      y: rect.y + rect.height - (isOnly ? 46 : 36),
      width: rect.width - x - 4 - (hasStepper ? 116 : 0),
      height: isOnly ? 34 : 28,
      pitch: 27,
      maxHeight: 40,
    },
    rect,
    true,
  );
  if (hasStepper) addStepper(draft, owner, rect.x + rect.width - 112, rect.y + rect.height - 50, 40);
}

function phoneCount(owner: OwnerGlyph, messages: SceneMessages): string {
  const parts = [countText(owner, messages), owner.mayLose === undefined ? undefined : messages.mayLose(owner.mayLose)];
  return [...parts, owner.kind === 'Job' ? noteFor(owner, messages) : undefined].filter(Boolean).join(', ');
}
