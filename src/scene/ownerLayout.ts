// The owners' cards. Left half: the cutter, and nothing is ever attached to it. Right half: the count, and a rail with one pip for
// each pod; threads leave from there. One owner gets a large card, a Deployment or CronJob alone shows what it owns beside it, several
// owners share rows of compact cards, and on a phone each is a row.
import { rollsOut } from '../kube/rollsOut.ts';
import { clock, fit, type SceneMessages, textWidth } from './captions.ts';
import { compactCards, phoneRow } from './compactCards.ts';
import { deploymentCards } from './deploymentCards.ts';
import { HAND_OWNER, type OwnerGlyph, podsUnder, readyCount } from './glyphs.ts';
import { caption, mark, runs } from './mark.ts';
import { DIM, Draft, MID, type OwnerArea, type OwnerInput, title } from './ownerDraft.ts';
import { countText, noteFor } from './ownerWords.ts';
import { addRail, addStepper, isScalable } from './rail.ts';
import { addScalerStrip } from './scalerStrip.ts';

export function layoutOwners(input: OwnerInput): OwnerArea {
  const { owners, area, isPhone, isLow, isCramped } = input;
  const draft = new Draft(input.messages);
  draft.bottom = draft.noteBottom = area.y;
  const [only] = owners;
  // An empty world keeps the owners' place free: for words, and so that nothing jumps when the first owner comes.
  if (owners.length === 0) draft.bottom = draft.noteBottom = area.y + (isPhone ? 132 : isLow ? 130 : 190);
  else if (isPhone) for (const owner of owners) phoneRow(draft, owner, input);
  else if (owners.length === 1 && only && hasPartCards(only) && area.width >= 640 && !isCramped) deploymentCards(draft, only, input);
  else if (owners.length === 1 && only && only.kind !== HAND_OWNER && area.width >= 600 && !isCramped) largeCard(draft, only, input);
  else compactCards(draft, input);
  // With several owners what scales each is said on its card.
  if (only && owners.length === 1) addScalerStrip(draft, only, area, input.messages, isPhone);
  return draft;
}

/** Owners of owners stand on the left, what they own on the right. */
function hasPartCards({ kind }: OwnerGlyph): boolean {
  return kind === 'Deployment' || kind === 'CronJob';
}

// One owner, in full

function largeCard(draft: Draft, owner: OwnerGlyph, { area, hasNotes, messages }: OwnerInput): void {
  const width = Math.min(700, area.width);
  const rect = { x: area.x + (area.width - width) / 2, y: area.y + (hasNotes ? 10 : 0), width, height: 190 };
  const split = width >= 690 ? 318 : 272;
  const right = split + 24;
  const has = podsUnder(owner).length;
  const selector = selectorText(owner);
  const hasGhost = owner.previous !== undefined && owner.previous !== owner.look;
  // On a narrow card both move apart, for the arrow between them.
  const [ghostX, besideX] = split < 300 ? [48, split - 82] : [64, split - 110];
  const cutterX = hasGhost ? besideX : split / 2;
  // Beside the stepper, which stands between the lines.
  const asideX = isScalable(owner) ? right + 158 : right;
  const marks = [
    mark('path', { d: `M${split} 18V172`, stroke: 'var(--line)', 'stroke-width': 1.2 }),
    runs(22, 30, [
      { text: messages.cutter, ...DIM },
      { text: 'spec.template', ...DIM, isMono: true, dx: 8 },
    ]),
    title(owner, right, 38, 22, width - right - 20),
    ...(isScalable(owner)
      ? [caption(messages.wants, right, 70, MID), caption(messages.has(owner.wants, has, readyCount(owner)), right + 158, 70, MID)]
      : [caption(fit(countText(owner, messages), width - right - 20, MID), right, 66, MID)]),
    caption(fit(asides(owner, messages), width - asideX - 20, { size: 13, isBold: true }), asideX, 89, { size: 13, weight: 500 }),
    ...(owner.kind === 'Job'
      ? []
      : [
          runs(right, 110, [
            { text: messages.ownsMatching(), ...DIM },
            { text: fit(selector, width - right - 190, { size: 12, isMono: true }), size: 12, isMono: true, dx: 6 },
          ]),
        ]),
  ];
  if (owner.editedMs !== undefined && hasGhost)
    marks.push(caption(messages.editedAt(clock(owner.editedMs)), cutterX, 179, { size: 12, fill: 'var(--ink2)', anchor: 'middle' }));
  draft.card(owner, rect, marks);
  const previous = hasGhost ? owner.previous : undefined;
  draft.cutter(owner, rect.x + cutterX, rect.y + 104, 112, {
    homeX: rect.x + split / 2,
    ghost: previous && { look: previous, x: rect.x + ghostX, label: messages.was(previous.letter) },
  });
  const rail = addRail(
    draft,
    owner,
    podsUnder(owner),
    { x: rect.x + right, y: rect.y + 120, width: width - right - 20, height: 36, pitch: 32, maxHeight: 72 },
    rect,
    false,
  );
  const note = rail.right + 14;
  if (has > 0 && has <= 12 && note + textWidth(messages.onePerThread, { size: 12 }) < rect.x + width - 8) {
    draft.items.push({
      id: `thread-note:${owner.key}`,
      layer: 'cards',
      x: 0,
      y: 0,
      marks: [caption(messages.onePerThread, note, rect.y + 142, DIM)],
    });
  }
  addStepper(draft, owner, rect.x + right + 46, rect.y + 52);
  if (hasNotes) draft.noteBottom = rect.y + rect.height + 56;
  if (hasGhost && hasNotes && !owner.scaler && !(owner.object && rollsOut(owner.object)))
    addNoThreadNote(draft, rect.x + cutterX, rect.y + rect.height, messages);
}

/** What it is doing about what is missing, and what its budget allows. */
function asides(owner: OwnerGlyph, messages: SceneMessages): string {
  return [noteFor(owner, messages), owner.mayLose === undefined ? undefined : messages.mayLose(owner.mayLose)].filter(Boolean).join(', ');
}

function addNoThreadNote(draft: Draft, x: number, y: number, { noThreadLeaves }: SceneMessages): void {
  const line = (text: string, at: number) => caption(text, 0, at, { size: 13.5, weight: 500, anchor: 'middle' });
  draft.items.push({
    id: 'no-thread',
    layer: 'cards',
    x,
    y,
    marks: [
      mark('path', { d: 'M0 0V12', stroke: 'var(--ink)', 'stroke-width': 1.2 }),
      mark('circle', { r: 2.6, fill: 'var(--ink)' }),
      line(noThreadLeaves[0], 29),
      line(noThreadLeaves[1], 48),
    ],
  });
}

export function selectorText({ object }: OwnerGlyph): string {
  const selector =
    (object?.spec as { selector?: { matchLabels?: Record<string, string> } & Record<string, unknown> } | undefined)?.selector ?? {};
  const labels = (selector.matchLabels ?? ('matchExpressions' in selector ? {} : selector)) as Record<string, string>;
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(',');
}
