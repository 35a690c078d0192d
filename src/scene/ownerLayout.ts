// The owners' cards. Left half: the cutter, and nothing is ever attached to it. Right half: the count, and a rail with one pip for
// each pod; threads leave from there. One owner gets a large card, a Deployment alone shows its ReplicaSets beside it, several
// owners share rows of compact cards, and on a phone each is a row.
import type { Key } from '../kube/meta.ts';
import { clock, fit, type SceneMessages, textWidth } from './captions.ts';
import type { Item, Rect } from './item.ts';
import type { Look } from './looks.ts';
import { caption, type Mark, mark, runs, type TextOptions } from './mark.ts';
import { deploymentOf, HAND_OWNER, type OwnerGlyph, type PodGlyph, podsUnder, readyCount } from './scene.ts';
import { round, shapePath } from './shapes.ts';

export interface PlacedCutter {
  readonly owner: OwnerGlyph;
  readonly look: Look;
  readonly x: number;
  readonly y: number;
  readonly d: number;
  /** The one whose shape bends when the template is edited; a ReplicaSet's copy never does. */
  readonly isMaster: boolean;
  /** Where it stood before its owner's first edit: it makes room for the ghost. */
  readonly homeX?: number;
  /** The cutter before this one, dashed, with an arrow from it to this. */
  readonly ghost?: { readonly look: Look; readonly x: number; readonly label: string };
}

export interface Pip {
  readonly pod: PodGlyph;
  readonly x: number;
  readonly y: number;
  readonly d: number;
  /** Where the rail ends and where the card ends: the thread is drawn over the card between them. */
  readonly railBottom: number;
  readonly cardBottom: number;
  /** Nothing is written between rail and card's edge, so the thread may be drawn there. */
  readonly hasRoomBelow: boolean;
}

export interface OwnerArea {
  readonly bottom: number;
  readonly items: readonly Item[];
  readonly cutters: readonly PlacedCutter[];
  readonly pips: readonly Pip[];
  readonly cards: readonly { readonly owner: OwnerGlyph; readonly rect: Rect }[];
  /** Words under the card that the lane must keep clear of. */
  readonly noteBottom: number;
}

export interface OwnerInput {
  readonly owners: readonly OwnerGlyph[];
  readonly area: Rect;
  readonly isPhone: boolean;
  /** Little height: low compact cards. */
  readonly isLow: boolean;
  /** So little that even a single owner gets a compact card. */
  readonly isCramped: boolean;
  /** Room for words between the cards and the lane. */
  readonly hasNotes: boolean;
  readonly messages: SceneMessages;
}

class Draft {
  readonly items: Item[] = [];
  readonly cutters: PlacedCutter[] = [];
  readonly pips: Pip[] = [];
  readonly cards: { owner: OwnerGlyph; rect: Rect }[] = [];
  bottom = 0;
  noteBottom = 0;

  card(owner: OwnerGlyph, rect: Rect, marks: readonly Mark[]): void {
    const isHand = owner.kind === HAND_OWNER;
    const border = { width: rect.width, height: rect.height, rx: 14, fill: 'var(--panel)', stroke: 'var(--edge)', 'stroke-width': 1.2 };
    const back = mark('rect', isHand ? { ...border, 'stroke-dasharray': '4 4' } : border);
    const key = owner.object && owner.key;
    this.items.push({ id: `card:${owner.key}`, layer: 'cards', x: rect.x, y: rect.y, marks: [back, ...marks], key });
    this.cards.push({ owner, rect });
    this.bottom = Math.max(this.bottom, rect.y + rect.height);
    this.noteBottom = Math.max(this.noteBottom, this.bottom);
  }

  cutter(owner: OwnerGlyph, x: number, y: number, d: number, more: Partial<PlacedCutter> = {}): void {
    this.cutters.push({ owner, look: owner.look, x, y, d, isMaster: true, ...more });
  }
}

export function layoutOwners(input: OwnerInput): OwnerArea {
  const { owners, area, isPhone, isCramped } = input;
  const draft = new Draft();
  draft.bottom = draft.noteBottom = area.y;
  const [only] = owners;
  if (isPhone) for (const owner of owners) phoneRow(draft, owner, input);
  else if (owners.length === 1 && only && deploymentOf(only) && area.width >= 640 && !isCramped) deploymentCards(draft, only, input);
  else if (owners.length === 1 && only && only.kind !== HAND_OWNER && area.width >= 600 && !isCramped) largeCard(draft, only, input);
  else compactCards(draft, input);
  return draft;
}

const DIM: TextOptions = { size: 12, fill: 'var(--ink3)' };
const MID: TextOptions = { size: 13, fill: 'var(--ink2)' };

// One owner, in full

function largeCard(draft: Draft, owner: OwnerGlyph, { area, hasNotes, messages }: OwnerInput): void {
  const width = Math.min(700, area.width);
  const rect = { x: area.x + (area.width - width) / 2, y: area.y + (hasNotes ? 10 : 0), width, height: 190 };
  const split = width >= 690 ? 318 : 272;
  const right = split + 24;
  const has = podsUnder(owner).length;
  const selector = selectorText(owner);
  const hasGhost = owner.previous !== undefined && owner.previous !== owner.look;
  const cutterX = hasGhost ? split - 110 : split / 2;
  const marks = [
    mark('path', { d: `M${split} 18V172`, stroke: 'var(--line)', 'stroke-width': 1.2 }),
    runs(22, 30, [
      { text: messages.cutter, ...DIM },
      { text: 'spec.template', ...DIM, isMono: true, dx: 8 },
    ]),
    title(owner, right, 38, 22, width - right - 20),
    caption(messages.wants, right, 70, MID),
    caption(messages.has(owner.wants, has, readyCount(owner)), right + 158, 70, MID),
    runs(right, 108, [
      { text: messages.ownsMatching(), ...DIM },
      { text: fit(selector, width - right - 190, { size: 12, isMono: true }), size: 12, isMono: true, dx: 6 },
    ]),
  ];
  if (owner.editedMs !== undefined && hasGhost)
    marks.push(caption(messages.editedAt(clock(owner.editedMs)), cutterX, 179, { size: 12, fill: 'var(--ink2)', anchor: 'middle' }));
  draft.card(owner, rect, marks);
  const previous = hasGhost ? owner.previous : undefined;
  draft.cutter(owner, rect.x + cutterX, rect.y + 104, 112, {
    homeX: rect.x + split / 2,
    ghost: previous && { look: previous, x: rect.x + 64, label: messages.was(previous.letter) },
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
  if (hasGhost && hasNotes) addNoThreadNote(draft, rect.x + cutterX, rect.y + rect.height, messages);
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

function title(owner: OwnerGlyph, x: number, y: number, size: number, width: number): Mark {
  const kindSize = size > 19 ? 13 : 12;
  const room = width - textWidth(owner.kind, { size: kindSize }) - 6;
  return runs(x, y, [
    { text: fit(owner.name, room, { size, isBold: true }), size, weight: 600 },
    { text: owner.kind, size: kindSize, fill: 'var(--ink3)', dx: 6 },
  ]);
}

export function selectorText({ object }: OwnerGlyph): string {
  const selector =
    (object?.spec as { selector?: { matchLabels?: Record<string, string> } & Record<string, unknown> } | undefined)?.selector ?? {};
  const labels = (selector.matchLabels ?? ('matchExpressions' in selector ? {} : selector)) as Record<string, string>;
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(',');
}

// A Deployment alone, with its ReplicaSets

function deploymentCards(draft: Draft, owner: OwnerGlyph, input: OwnerInput): void {
  const { area, messages } = input;
  const parts = owner.parts.slice(0, 3);
  const height = Math.max(206, parts.length * 92 + (parts.length - 1) * 22);
  const left = { x: area.x, y: area.y, width: Math.min(300, Math.max(272, area.width * 0.36)), height };
  const deployment = deploymentOf(owner);
  const revision = owner.object?.metadata.annotations?.['deployment.kubernetes.io/revision'];
  const texts = Math.min(150, left.width * 0.5);
  const bounds = rolloutBounds(owner);
  const lines: Mark[] = [title(owner, 20, 33, 22, left.width - 30)];
  lines.push(caption(messages.wants, texts, 75, { size: 13, weight: 600 }));
  if (bounds && deployment) {
    lines.push(caption(messages.atMost(bounds.most), texts, 100, MID), caption(messages.atLeast(bounds.least), texts, 119, MID));
  }
  if (revision) {
    lines.push(caption(messages.revision(Number(revision)), texts, 153, { size: 13, weight: 600 }));
    if (owner.previous && owner.previous !== owner.look)
      lines.push(
        caption(messages.wasRevision(owner.previous.letter, Number(revision) - 1), texts, 172, { size: 12.5, fill: 'var(--ink3)' }),
      );
  }
  lines.push(caption(messages.inTheHand, 76, 192, { ...DIM, anchor: 'middle' }));
  draft.card(owner, left, lines);
  draft.cutter(owner, left.x + 76, left.y + 118, Math.min(92, left.width * 0.32));
  addStepper(draft, owner, left.x + texts + textWidth(messages.wants, { size: 13, isBold: true }) + 10, left.y + 57);
  addParts(draft, owner, parts, { x: left.x + left.width + 52, y: area.y, width: area.width - left.width - 52, height }, messages);
}

function addParts(draft: Draft, owner: OwnerGlyph, parts: readonly OwnerGlyph[], area: Rect, messages: SceneMessages): void {
  const cardHeight = Math.min(92, (area.height - (parts.length - 1) * 14) / Math.max(1, parts.length));
  const gap = parts.length > 1 ? (area.height - parts.length * cardHeight) / (parts.length - 1) : 0;
  const middles: number[] = [];
  parts.forEach((part, i) => {
    const rect = {
      x: area.x,
      y: parts.length === 1 ? area.y + (area.height - cardHeight) / 2 : area.y + i * (cardHeight + gap),
      width: area.width,
      height: cardHeight,
    };
    middles.push(rect.y + rect.height / 2);
    partCard(draft, owner, part, rect, messages);
  });
  const [from, to] = [area.x - 52, area.x - 26];
  const middle = area.y + area.height / 2 - 8.5;
  const branches = middles.map((y) => `M${to} ${round(y)}H${area.x}`).join('');
  const trunk = middles.length ? `M${from} ${middle}H${to}M${to} ${Math.min(middle, ...middles)}V${Math.max(middle, ...middles)}` : '';
  draft.items.push({
    id: `bracket:${owner.key}`,
    layer: 'lane',
    x: 0,
    y: 0,
    marks: [mark('path', { d: trunk + branches, fill: 'none', stroke: 'var(--edge)', 'stroke-width': 1.2 })],
  });
}

function partCard(draft: Draft, owner: OwnerGlyph, part: OwnerGlyph, rect: Rect, messages: SceneMessages): void {
  const middle = rect.height / 2;
  const isCurrent = part.look === owner.look;
  const [pods, ready] = [part.pods.length, readyCount(part)];
  const isMoving = owner.parts.length > 1 && (isCurrent ? part.wants < owner.wants || ready < owner.wants : part.wants > 0 || pods > 0);
  const kind = !isMoving ? part.kind : isCurrent ? messages.growing(0, owner.wants) : messages.shrinking(owner.wants, 0);
  const textX = 94;
  const pitch = rect.width < 480 ? 28 : 34;
  const railX = Math.min(300, Math.max(rect.width * 0.5, rect.width - Math.min(12, Math.max(pods, part.wants)) * pitch - 24));
  draft.card(part, rect, [
    caption(fit(part.name, railX - textX - 10, { size: 15, isMono: true, isBold: true }), textX, middle - 15, {
      size: 15,
      isMono: true,
      weight: 600,
    }),
    caption(fit(kind, railX - textX - 6, { size: 13 }), textX, middle + 6, MID),
    caption(messages.wantsReady(part.wants, ready), textX, middle + 26, MID),
  ]);
  draft.cutter(part, rect.x + 48, rect.y + middle, 54, { isMaster: false });
  addRail(
    draft,
    part,
    part.pods,
    { x: rect.x + railX, y: rect.y + middle - 19, width: rect.width - railX - 16, height: 38, pitch, maxHeight: 72 },
    rect,
    true,
  );
}

/** How many pods a rolling update may have and must have available. Models pkg/controller/deployment/util ResolveFenceposts. */
export function rolloutBounds(owner: OwnerGlyph): { readonly most: number; readonly least: number } | undefined {
  const strategy = deploymentOf(owner)?.spec.strategy;
  if (strategy?.type !== 'RollingUpdate') return undefined;
  const surge = share(strategy.rollingUpdate?.maxSurge ?? '25%', owner.wants, Math.ceil);
  let unavailable = share(strategy.rollingUpdate?.maxUnavailable ?? '25%', owner.wants, Math.floor);
  if (surge === 0 && unavailable === 0) unavailable = 1;
  return { most: owner.wants + surge, least: Math.max(0, owner.wants - unavailable) };
}

function share(value: number | string, of: number, rounded: (n: number) => number): number {
  return typeof value === 'number' ? value : rounded((Number.parseFloat(value) * of) / 100);
}

// Several owners

const COMPACT_GAP = 20;
const COMPACT_MIN = 196;

function compactCards(draft: Draft, input: OwnerInput): void {
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
    caption(isHand ? messages.noOwner : owner.kind, x, nameY + (isShort ? 17 : 19), { size: 12.5, fill: 'var(--ink3)' }),
  ];
  const ready = readyCount(owner);
  const countY = nameY + (isShort ? 34 : 37);
  if (isHand) marks.push(caption(messages.noCutter, x, countY, { size: 12.5, fill: 'var(--ink2)' }));
  else {
    const isShortOf = ready < owner.wants && pods.some(({ pod }) => pod.status.phase !== 'Pending');
    marks.push(
      runs(x, countY, [
        { text: messages.wantsPart(owner.wants), size: 12.5, fill: 'var(--ink2)' },
        {
          text: messages.readyPart(ready),
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

// On a phone

function phoneRow(draft: Draft, owner: OwnerGlyph, { area, owners, messages }: OwnerInput): void {
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
    },
    rect,
    true,
  );
  if (hasStepper) addStepper(draft, owner, rect.x + rect.width - 112, rect.y + rect.height - 50, 40);
}

// The rail and the stepper

interface RailBox extends Rect {
  readonly pitch: number;
  readonly isNoted?: boolean;
  /** How high it may grow for rows of dots. */
  readonly maxHeight?: number;
}

/** Pips; from 13 on dots, from 61 on a bar of shares with numbers. */
function addRail(
  draft: Draft,
  owner: OwnerGlyph,
  pods: readonly PodGlyph[],
  box: RailBox,
  card: Rect,
  isPlain: boolean,
): { readonly right: number } {
  if (pods.length === 0) return { right: box.x };
  const rail = planRail(pods.length, box);
  if (!rail) return addShares(draft, owner, pods, box);
  const { d, pitch, rows, columns } = rail;
  const inset = d === 12 ? 14 : isPlain ? 18 : 20;
  const width = round((columns - 1) * pitch + 2 * inset);
  const height = Math.max(box.height, rows * 15 + 8);
  const y = box.y - (height - box.height) / 2;
  draft.items.push({
    id: `rail:${owner.key}`,
    layer: 'cards',
    x: box.x,
    y,
    marks: [mark('rect', { width, height, rx: Math.min(height / 2, 19), fill: 'var(--sunk)' })],
  });
  pods.forEach((pod, i) => {
    const row = Math.floor(i / columns);
    draft.pips.push({
      pod,
      x: box.x + inset + (i % columns) * pitch,
      y: y + height / 2 + (row - (rows - 1) / 2) * 15,
      d,
      railBottom: y + height,
      cardBottom: card.y + card.height,
      hasRoomBelow: !box.isNoted,
    });
  });
  return { right: box.x + width };
}

/** Tokens up to 12 pods, dots up to 60, where they fit; else undefined. */
function planRail(
  count: number,
  box: RailBox,
): { readonly d: number; readonly pitch: number; readonly rows: number; readonly columns: number } | undefined {
  const d = box.height >= 32 ? 24 : 22;
  const pitch = Math.min(box.pitch, (box.width - d - 12) / Math.max(1, count - 1));
  if (count <= 12 && pitch >= d + 1) return { d, pitch, rows: 1, columns: count };
  const perRow = Math.max(1, Math.floor((box.width - 13) / 15));
  const rows = Math.ceil(count / perRow);
  if (count > 60 || rows * 15 + 8 > Math.max(box.height, box.maxHeight ?? 0)) return undefined;
  return { d: 12, pitch: 15, rows, columns: Math.ceil(count / rows) };
}

function addShares(draft: Draft, owner: OwnerGlyph, pods: readonly PodGlyph[], box: RailBox): { readonly right: number } {
  const counts = new Map<Look, number>();
  for (const { look } of pods) counts.set(look, (counts.get(look) ?? 0) + 1);
  const height = Math.min(box.height, 20);
  const y = (box.height - height) / 2;
  let at = 0;
  const marks: Mark[] = [mark('rect', { y, width: box.width, height, rx: 3, fill: 'var(--sunk)' })];
  for (const [look, count] of counts) {
    const width = (box.width * count) / Math.max(pods.length, owner.wants);
    const piece = { x: round(at), y, width: round(width - 1), height, rx: 2 };
    const text = `${look.letter} ${count}`;
    const isRoomy = width > textWidth(text, { size: 12, isBold: true }) + 8;
    const children = [
      mark('rect', { ...piece, fill: 'var(--fill)', stroke: 'var(--crust)', 'stroke-width': 0.8 }),
      ...(look.shape === 'A' || look.shape === 'hand' ? [] : [mark('rect', { ...piece, fill: `@full-${look.shape}` })]),
    ];
    if (isRoomy) {
      const plate = textWidth(text, { size: 12, isBold: true }) + 8;
      children.push(
        mark('rect', { x: round(at + width / 2 - plate / 2), y, width: round(plate), height, fill: 'var(--fill)' }),
        caption(text, at + width / 2, y + height / 2 + 4.3, { size: 12, weight: 600, anchor: 'middle', fill: 'var(--on)' }),
      );
    }
    marks.push(mark('g', { class: `look-${look.shape}` }, children));
    at += width;
  }
  draft.items.push({ id: `rail:${owner.key}`, layer: 'cards', x: box.x, y: box.y, marks, key: owner.key });
  return { right: box.x + box.width };
}

export function isScalable({ kind, object }: OwnerGlyph): boolean {
  return (
    object !== undefined && (kind === 'Deployment' || kind === 'ReplicaSet' || kind === 'ReplicationController' || kind === 'StatefulSet')
  );
}

function addStepper(draft: Draft, owner: OwnerGlyph, x: number, y: number, height = 28): void {
  if (!isScalable(owner)) return;
  const third = height > 28 ? 34 : 28;
  const width = third * 2 + (height > 28 ? 36 : 40);
  const key: Key = owner.key;
  const middle = height / 2;
  const side = (id: string, act: string, at: number, icon: string, isOff: boolean): Item => ({
    id: `${id}:${key}`,
    layer: 'cards',
    x: x + at,
    y,
    key,
    act,
    marks: [
      mark('rect', { width: third, height, fill: 'transparent' }),
      mark('path', {
        d: icon,
        transform: `translate(${third / 2 - 7} ${middle - 7}) scale(0.875)`,
        fill: 'none',
        stroke: isOff ? 'var(--ink3)' : 'var(--ink)',
        'stroke-width': 1.5,
        'stroke-linecap': 'round',
      }),
    ],
  });
  draft.items.push(
    {
      id: `stepper:${key}`,
      layer: 'cards',
      x,
      y,
      marks: [
        mark('rect', { width, height, rx: 6, fill: 'var(--panel)', stroke: 'var(--edge)' }),
        mark('path', { d: `M${third} 0V${height}M${width - third} 0V${height}`, stroke: 'var(--line)' }),
        caption(String(owner.wants), width / 2, middle + 5, { size: 15, weight: 600, anchor: 'middle' }),
      ],
    },
    side('fewer', 'fewer', 0, 'M3 8H13', owner.wants === 0),
    side('more', 'more', width - third, 'M8 3V13M3 8H13', false),
  );
}
