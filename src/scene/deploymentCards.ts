// A Deployment alone: the cutter it wants and how far a rollout may go on the left, its ReplicaSets with their own copies on the right.
// A CronJob alone stands the same way: its schedule on the left, its last Jobs on the right.
import type { CronJob } from '../kube/kinds/job.ts';
import { clock, fit, type SceneMessages, textWidth } from './captions.ts';
import { deploymentOf, type OwnerGlyph, readyCount } from './glyphs.ts';
import type { Rect } from './item.ts';
import { caption, type Mark, mark } from './mark.ts';
import { DIM, type Draft, MID, type OwnerInput, title } from './ownerDraft.ts';
import { countText, noteFor } from './ownerWords.ts';
import { addRail, addStepper, isScalable } from './rail.ts';
import { round } from './shapes.ts';

/** For the stepper, and from there to the rim. */
const STEPPER_ROOM = 110;

export function deploymentCards(draft: Draft, owner: OwnerGlyph, input: OwnerInput): void {
  const { area, messages } = input;
  const parts = owner.parts.slice(0, 3);
  const height = Math.max(206, parts.length * 92 + (parts.length - 1) * 22);
  const left = { x: area.x, y: area.y, width: Math.min(300, Math.max(288, area.width * 0.36)), height };
  const wantsWidth = textWidth(messages.wants, { size: 13, isBold: true }) + 10;
  const texts = Math.min(150, left.width - wantsWidth - STEPPER_ROOM);
  const lines: Mark[] = [title(owner, 20, 33, 22, left.width - 30)];
  lines.push(...(owner.kind === 'CronJob' ? scheduleLines(owner, texts, left.width, messages) : rolloutLines(owner, texts, messages)));
  lines.push(caption(messages.inTheHand, 76, 192, { ...DIM, anchor: 'middle' }));
  draft.card(owner, left, lines);
  draft.cutter(owner, left.x + 76, left.y + 118, Math.min(92, left.width * 0.32));
  if (isScalable(owner)) addStepper(draft, owner, left.x + texts + wantsWidth, left.y + 57);
  addParts(draft, owner, parts, { x: left.x + left.width + 52, y: area.y, width: area.width - left.width - 52, height }, messages);
}

function rolloutLines(owner: OwnerGlyph, x: number, messages: SceneMessages): Mark[] {
  const bounds = rolloutBounds(owner);
  const revision = owner.object?.metadata.annotations?.['deployment.kubernetes.io/revision'];
  const lines = [caption(messages.wants, x, 75, { size: 13, weight: 600 })];
  if (bounds) lines.push(caption(messages.atMost(bounds.most), x, 100, MID), caption(messages.atLeast(bounds.least), x, 119, MID));
  if (owner.mayLose !== undefined) lines.push(caption(messages.mayLose(owner.mayLose), x, 138, MID));
  if (!revision) return lines;
  lines.push(caption(messages.revision(Number(revision)), x, 160, { size: 13, weight: 600 }));
  if (owner.previous && owner.previous !== owner.look)
    lines.push(caption(messages.wasRevision(owner.previous.letter, Number(revision) - 1), x, 178, { size: 12.5, fill: 'var(--ink3)' }));
  return lines;
}

/** As the spec words it, and when it is due. */
function scheduleLines(owner: OwnerGlyph, x: number, width: number, messages: SceneMessages): Mark[] {
  const { schedule, timeZone, concurrencyPolicy, suspend } = (owner.object as CronJob).spec;
  const room = width - x - 14;
  const lines = [caption(fit(schedule, room, { size: 15, isMono: true }), x, 80, { size: 15, isMono: true, weight: 600 })];
  if (timeZone) lines.push(caption(fit(timeZone, room, MID), x, 100, MID));
  const next = suspend ? messages.suspended : owner.nextMs === undefined ? '' : messages.nextRun(clock(owner.nextMs));
  if (next) lines.push(caption(next, x, timeZone ? 124 : 106, { size: 13, weight: 600 }));
  if (concurrencyPolicy && concurrencyPolicy !== 'Allow') lines.push(caption(concurrencyPolicy, x, timeZone ? 143 : 126, MID));
  return lines;
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
  const middle = round(middles.length ? ((middles[0] as number) + (middles.at(-1) as number)) / 2 : area.y + area.height / 2);
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
  const isRollout = owner.kind === 'Deployment';
  const isMoving =
    isRollout && owner.parts.length > 1 && (isCurrent ? part.wants < owner.wants || ready < owner.wants : part.wants > 0 || pods > 0);
  const kind = !isMoving ? part.kind : isCurrent ? messages.growing(0, owner.wants) : messages.shrinking(owner.wants, 0);
  const textX = 94;
  const pitch = rect.width < 480 ? 28 : 34;
  const railX = Math.min(300, Math.max(rect.width * 0.5, rect.width - Math.min(12, Math.max(pods, part.wants)) * pitch - 24));
  draft.card(part, rect, [
    partName(part.name, textX, middle - 15, railX - textX - 10),
    caption(fit(kind, railX - textX - 6, { size: 13 }), textX, middle + 6, MID),
    caption(
      fit(isRollout ? messages.wantsReady(part.wants, ready) : said(part, messages), railX - textX - 6, MID),
      textX,
      middle + 26,
      MID,
    ),
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

function said(part: OwnerGlyph, messages: SceneMessages): string {
  return [countText(part, messages), noteFor(part, messages)].filter(Boolean).join(', ');
}

function partName(name: string, x: number, y: number, room: number): Mark {
  const size = textWidth(name, { size: 15, isMono: true }) <= room ? 15 : 13;
  return caption(fit(name, room, { size, isMono: true }), x, y, { size, isMono: true, weight: 600 });
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
