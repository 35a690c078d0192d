// The card of a container, and of an init container: who it is, how it is, its probes, what it uses, what it said last.

import { milliValueOf, valueOf } from '../../kube/quantity.ts';
import { badge } from '../badge.ts';
import { fit, textWidth } from '../captions.ts';
import { caption, group, type Mark, mark } from '../mark.ts';
import type { PodState } from '../podState.ts';
import { clamp } from '../podState.ts';
import { LOG_LINES, MESSAGE_LINES, NAME, PAD, tailOf } from './cards.ts';
import { type Bar, levelBar, probeSign, wrap } from './drawParts.ts';
import type { ContainerBox, ContainerState, ProbeBox, Role, Stage } from './model.ts';
import type { PlacedContainer, PlacedInit } from './placed.ts';
import type { InsideWords } from './words.ts';

const MONO = { size: 12.5, isMono: true };
const WORDS = { size: 12.5 };
const SMALL = { size: 12 };

/** Runs, or is about to. */
const LIVE: ReadonlySet<Stage> = new Set(['running', 'starting', 'notReady', 'stopping']);
const TROUBLE: ReadonlySet<Stage> = new Set(['backOff', 'failed', 'refused']);

const OUTLINE: Readonly<Record<Role, { readonly width: number; readonly dash?: string }>> = {
  main: { width: 2.4 },
  sidecar: { width: 1.6 },
  ephemeral: { width: 1.6, dash: '2 3.4' },
  init: { width: 1.4, dash: '5 4' },
};

export function containerMarks({ box, rect, lines }: PlacedContainer, words: InsideWords, atMs: number): readonly Mark[] {
  const { width, height } = rect;
  const room = width - 2 * PAD;
  const { state } = box;
  const isLive = LIVE.has(state.stage) && state.ending !== 'over';
  const colour = isInTrouble(state) ? 'var(--alarm)' : 'var(--ink2)';
  const marks: Mark[] = [
    shell(width, height, box.role, isLive),
    caption(fit(box.name, room - 16, NAME), PAD, 26, { ...NAME, weight: 600, fill: isLive ? 'var(--ink)' : 'var(--ink2)' }),
    caption(fit(words.role(box.role), room, WORDS), PAD, 45, { ...WORDS, fill: 'var(--ink3)' }),
    caption(fitImage(box.image, room), PAD, 70, { ...MONO, fill: 'var(--ink2)' }),
    caption(fit(words.state(state, box.restarts, atMs), room, WORDS), PAD, 90, { ...WORDS, fill: colour }),
  ];
  if (lines.last !== undefined && box.last)
    marks.push(
      caption(fit(words.lastRun(box.last.exitCode, box.last.reason), room, WORDS), PAD, lines.last + 12, { ...WORDS, fill: 'var(--ink2)' }),
    );
  if (lines.probes !== undefined) marks.push(...probeMarks(box, lines.probeCount, lines.probes, room, words));
  if (lines.bars !== undefined) marks.push(...barMarks(box, lines.bars + 10, room, words));
  if (lines.message !== undefined) marks.push(...messageMarks(state, lines.message, room));
  if (lines.log !== undefined) marks.push(...logMarks(box, lines.log + 4, room));
  const mountsLeft = box.mounts.length - lines.windows.length;
  if (mountsLeft > 0)
    marks.push(caption(words.moreMounts(mountsLeft), PAD, height - (lines.windows[0] ?? 0) - 8, { ...SMALL, fill: 'var(--ink2)' }));
  marks.push(...badgeMarks(box, width, atMs));
  return marks;
}

/** Init containers stand in a column, or on a phone in a row each. */
export function initMarks({ box, rect, isRow }: PlacedInit, words: InsideWords, atMs: number): readonly Mark[] {
  const { width, height } = rect;
  const room = width - 2 * PAD;
  const state = words.state(box.state, box.restarts, atMs);
  const colour = isInTrouble(box.state) ? 'var(--alarm)' : 'var(--ink2)';
  const name = caption(fit(box.name, room - 10, NAME), PAD, isRow ? 24 : 26, {
    ...NAME,
    weight: 600,
    fill: 'var(--ink2)',
  });
  const role = caption(fit(words.role('init'), room, WORDS), PAD, isRow ? 42 : 45, { ...WORDS, fill: 'var(--ink3)' });
  const said = isRow
    ? [
        caption(fit(state, room - textWidth(words.role('init'), WORDS) - 14, WORDS), width - PAD, 42, {
          ...WORDS,
          fill: colour,
          anchor: 'end' as const,
        }),
      ]
    : wrap(state, room, WORDS.size, Math.max(1, Math.floor((height - 62) / 18))).map((line, i) =>
        caption(fit(line, room, WORDS), PAD, 70 + i * 18, { ...WORDS, fill: colour }),
      );
  return [shell(width, height, 'init', false), name, role, ...said, ...badgeMarks(box, width, atMs)];
}

function shell(width: number, height: number, role: Role, isLive: boolean): Mark {
  const { width: stroke, dash } = OUTLINE[role];
  return mark('rect', {
    width,
    height,
    rx: 10,
    fill: isLive ? 'var(--canvas)' : 'var(--panel)',
    stroke: role === 'init' ? 'var(--edge)' : 'var(--ink)',
    'stroke-width': stroke,
    ...(dash ? { 'stroke-dasharray': dash } : {}),
  });
}

/** A run that ended well and is started again is no trouble. */
function isInTrouble({ stage, exitCode }: ContainerState): boolean {
  return TROUBLE.has(stage) && exitCode !== 0;
}

/** The end of an image's name tells more than its registry. */
function fitImage(image: string, room: number): string {
  if (textWidth(image, MONO) <= room) return image;
  return fit(image.slice(image.lastIndexOf('/') + 1), room, MONO);
}

// Lines

function probeMarks({ probes }: ContainerBox, count: number, y: number, room: number, words: InsideWords): Mark[] {
  if (count < probes.length) {
    const worst = probes.find(({ result }) => result === 'fails') ?? probes.find(({ result }) => result === 'waits') ?? probes[0];
    return [
      probeSign(worst?.result ?? 'unknown', PAD + 5, y + 8),
      caption(fit(words.probesShort(probes), room - 16, WORDS), PAD + 16, y + 12, { ...WORDS, fill: 'var(--ink2)' }),
    ];
  }
  return probes.flatMap((probe, i) => probeLine(probe, y + i * 18, room, words));
}

/** What is probed at the left; the result, and where there is room how often, at the right. */
function probeLine(probe: ProbeBox, y: number, room: number, words: InsideWords): Mark[] {
  const what = words.probe(probe);
  const long = words.probeResult(probe, true);
  const fits = textWidth(what, WORDS) + textWidth(long, SMALL) + 26 <= room;
  const result = fits ? long : words.probeResult(probe, false);
  const left = fit(what, room - 26 - textWidth(result, SMALL), WORDS);
  const colour = probe.result === 'fails' ? 'var(--alarm)' : 'var(--ink3)';
  return [
    probeSign(probe.result, PAD + 5, y + 8),
    caption(left, PAD + 16, y + 12, { ...WORDS, fill: 'var(--ink2)' }),
    caption(result, PAD + room, y + 12, { ...SMALL, anchor: 'end', fill: colour }),
  ];
}

const MI = 1024 * 1024;

function barMarks(box: ContainerBox, y: number, room: number, words: InsideWords): Mark[] {
  const half = (room - 14) / 2;
  return [...levelBar(cpuBar(box, words), PAD, y, half), ...levelBar(memoryBar(box, words), PAD + half + 14, y, half)];
}

/** What is asked for stands in the place of what is used while that is not known. */
const isMeasured = ({ inside, state }: ContainerBox): boolean => inside !== undefined && LIVE.has(state.stage);

const amount = (value: number, text: string, isKnown: boolean) => (value > 0 || isKnown ? text : '–');

/** Whole processors from ten on: `64`, not `64000m`. */
const cpuText = (milli: number) => (milli >= 10_000 ? String(Math.round(milli / 1000)) : `${milli}m`);

/** The same for memory: from ten of the next unit on. */
function memoryText(mi: number): string {
  const [unit, size] = UNITS.find(([, each]) => mi >= 10 * each) ?? ['Mi', 1];
  return `${Math.round(mi / size)}${unit}`;
}

const UNITS: readonly (readonly [unit: string, mi: number])[] = [
  ['Ti', 1024 * 1024],
  ['Gi', 1024],
];

function cpuBar(box: ContainerBox, { cpu }: InsideWords): Bar {
  const { inside, resources } = box;
  const used = isMeasured(box) ? (inside?.cpuMilli ?? 0) : 0;
  const request = milliValueOf(resources.requests?.['cpu']);
  const limit = milliValueOf(resources.limits?.['cpu']);
  const shown = isMeasured(box) ? used : request || limit;
  return {
    label: cpu,
    value: amount(shown, cpuText(shown), isMeasured(box)),
    ...scaled(used, request, limit, 100),
  };
}

function memoryBar(box: ContainerBox, { memory }: InsideWords): Bar {
  const { inside, resources } = box;
  const used = isMeasured(box) ? (inside?.memoryBytes ?? 0) : 0;
  const request = valueOf(resources.requests?.['memory']);
  const limit = valueOf(resources.limits?.['memory']);
  const bar = scaled(used, request, limit, 64 * MI);
  const shown = Math.round((isMeasured(box) ? used : request || limit) / MI);
  return {
    label: memory,
    value: amount(shown, memoryText(shown), isMeasured(box)),
    ...bar,
    isTight: limit > 0 && used > 0.92 * limit,
  };
}

/** The limit is the whole bar; without one there is room beyond the request. */
function scaled(used: number, request: number, limit: number, least: number): Pick<Bar, 'used' | 'requested' | 'isTight'> {
  const whole = limit || Math.max(least, 2 * request, 1.25 * used);
  return { used: used / whole, requested: request > 0 ? request / whole : undefined, isTight: false };
}

/** The cause is at the end of what programs tell one another: `failed to make it: failed to find it: no such file`. */
function messageMarks({ message = '' }: ContainerState, y: number, room: number): Mark[] {
  const clauses = message.trim().split(': ');
  const told = clauses.map((_, i) => `${i > 0 ? '… ' : ''}${clauses.slice(i).join(': ')}`);
  const wrapped = told.map((text) => wrap(text, room, SMALL.size, MESSAGE_LINES + 1));
  const lines = wrapped.find(({ length }) => length <= MESSAGE_LINES) ?? wrapped.at(-1) ?? [];
  return lines
    .slice(0, MESSAGE_LINES)
    .map((line, i) => caption(fit(line, room, SMALL), PAD, y + 13 + i * 17, { ...SMALL, fill: 'var(--ink2)' }));
}

function logMarks(box: ContainerBox, y: number, room: number): Mark[] {
  const face = { size: 12, isMono: true };
  const lines = tailOf(box);
  return [
    mark('rect', { x: PAD - 4, y, width: room + 8, height: LOG_LINES * 17 + 10, rx: 5, fill: 'var(--sunk)' }),
    ...lines.map((line, i) => caption(fit(line, room - 8, face), PAD + 4, y + 17 + i * 17, { ...face, fill: 'var(--ink2)' })),
  ];
}

// The badge on the upper right corner

function badgeMarks(box: ContainerBox, width: number, atMs: number): Mark[] {
  const { stage, untilMs, waitMs, ending } = box.state;
  const share = untilMs !== undefined && waitMs ? clamp((untilMs - atMs) / waitMs) : 0;
  if (ending === 'over') return [];
  if (stage === 'stopping')
    return [
      group({ transform: `translate(${width - 8} 8)`, class: 'on-panel' }, [
        mark('circle', { r: 15, fill: 'var(--panel)' }),
        ...badge({ name: 'terminating', level: share }, 22, 'cookie'),
      ]),
    ];
  const state = badgeState(box, 1 - share);
  if (!state) return [];
  // The badge stands at 0.34 of the diameter of the glyph that it is made for.
  const back = -0.34 * BADGE_D;
  return [group({ transform: `translate(${width - 6 + back} ${6 + back})`, class: 'on-panel' }, badge(state, BADGE_D, 'cookie'))];
}

const BADGE_D = 62;

function badgeState({ state, restarts }: ContainerBox, level: number): PodState | undefined {
  switch (state.stage) {
    case 'done':
      return { name: 'succeeded' };
    case 'failed':
    case 'refused':
      return { name: 'failed' };
    case 'backOff':
      return state.exitCode === 0 ? { name: 'succeeded' } : { name: 'crashed', count: restarts, level };
    case 'notReady':
    case 'starting':
      return { name: 'notReady' };
    case 'lost':
      return { name: 'lost' };
    default:
      return undefined;
  }
}
