// Several owners: rows of equal small cards, with the pods that nobody owns in a dashed one; on a phone, a row for each.
import { fit, type SceneMessages } from './captions.ts';
import type { Rect } from './item.ts';
import { caption, type Mark, mark, runs } from './mark.ts';
import { type Draft, kindText, MID, type OwnerInput, perNodeText, title } from './ownerDraft.ts';
import { addRail, addStepper, isScalable } from './rail.ts';
import { HAND_OWNER, type OwnerGlyph, type PodGlyph, podsUnder, readyCount } from './scene.ts';
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
  const ready = readyCount(owner);
  const countY = nameY + (isShort ? 34 : 37);
  if (isHand) marks.push(caption(messages.noCutter, x, countY, { size: 12.5, fill: 'var(--ink2)' }));
  else {
    const isShortOf = ready < owner.wants && pods.some(({ pod }) => pod.status.phase !== 'Pending');
    const [wants, readyPart] =
      owner.kind === 'DaemonSet'
        ? perNodeText(owner, ready, room + 6, 12.5, messages)
        : [messages.wantsPart(owner.wants), messages.readyPart(ready)];
    marks.push(
      runs(x, countY, [
        { text: wants, size: 12.5, fill: 'var(--ink2)' },
        {
          text: readyPart,
          size: 12.5,
          dx: 4,
          ...(isShortOf && hasTrouble(pods) ? { fill: 'var(--alarm)', weight: 600 } : { fill: 'var(--ink2)' }),
        },
      ]),
    );
  }
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
  const note = isShort ? undefined : noteFor(owner, pods, messages);
  if (note) marks.push(caption(fit(note, rect.width - 36, { size: 12.5, isBold: true }), 20, 138, { size: 12.5, weight: 500 }));
  draft.card(owner, rect, marks);
  if (!isHand) draft.cutter(owner, rect.x + cutterX, rect.y + cutterY, d);
  const railBox = isShort
    ? { x: rect.x + 14, y: rect.y + 70, width: rect.width - 28, height: 24, pitch: 26 }
    : { x: rect.x + 16, y: rect.y + 87, width: rect.width - 26, height: 32, pitch: 26, isNoted: note !== undefined };
  addRail(draft, owner, pods, railBox, rect, true);
}

function hasTrouble(pods: readonly PodGlyph[]): boolean {
  return pods.some(
    ({ pod, node }) =>
      pod.status.phase === 'Failed' ||
      (pod.spec.nodeName !== undefined && node?.status.conditions?.some(({ type, status }) => type === 'Ready' && status === 'Unknown')) ||
      (pod.status.containerStatuses ?? []).some(({ state }) => state.waiting?.reason === 'CrashLoopBackOff'),
  );
}

/** What the owner does about the pods it lost, in words. */
function noteFor(owner: OwnerGlyph, pods: readonly PodGlyph[], messages: SceneMessages): string | undefined {
  if (owner.kind === HAND_OWNER) return messages.nobodyReplacesIt;
  const going = pods.filter(
    ({ pod, node }) =>
      pod.metadata.deletionTimestamp !== undefined &&
      pod.spec.nodeName &&
      node?.status.conditions?.some(({ type, status }) => type === 'Ready' && status === 'Unknown'),
  );
  if (going.length === 0) return undefined;
  const cut = pods.length - owner.wants;
  return cut > 0 ? messages.replacementsCut(Math.min(cut, going.length)) : undefined;
}

export function phoneRow(draft: Draft, owner: OwnerGlyph, { area, owners, messages }: OwnerInput): void {
  const isOnly = owners.length === 1;
  const rect = { x: area.x, y: draft.bottom + (draft.cards.length ? 9 : 0), width: area.width, height: isOnly ? 112 : 92 };
  const pods = podsUnder(owner);
  const isHand = owner.kind === HAND_OWNER;
  const [cutterX, d] = isOnly ? [60, 72] : [46, 52];
  const x = isOnly ? 116 : 86;
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
      : owner.kind === 'DaemonSet'
        ? perNodeText(owner, readyCount(owner), rect.width - x - 12, 13, messages)
            .join(' ')
            .trimEnd()
        : messages.wantsReady(owner.wants, readyCount(owner));
  const marks = [title(name, x, 30, 18, rect.width - x - 12), caption(fit(second, rect.width - x - 12, { size: 13 }), x, 51, MID)];
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
