// The markers over the chart: an icon or the cutter it is about, a word beside it, a dotted line down to its moment. Where they
// would overlap, the word goes first, then several become one with a number.
import { type KeyboardEvent, useRef, useState } from 'react';
import type { Messages } from '../i18n/language.ts';
import { textWidth } from '../scene/captions.ts';
import { cutter, podGlyph } from '../scene/glyph.ts';
import type { PodState } from '../scene/podState.ts';
import type { Marker, MarkerType } from '../session/markers.ts';
import { formatMoment } from '../session/selectors.ts';
import { elementOf } from './Glyph.tsx';
import { useMessages } from './hooks.tsx';
import { type IconName, iconPath } from './icons.tsx';

export interface PlacedMarker {
  readonly id: string;
  readonly marker: Marker;
  readonly x: number;
  /** Where its moment is, from there. */
  readonly dx: number;
  /** From the moment to the far end of the words. */
  readonly width: number;
  readonly label: string;
  readonly labelSide: 'left' | 'right' | undefined;
}

const ICONS: Partial<Readonly<Record<MarkerType, IconName>>> = {
  rolloutFinished: 'check',
  scaled: 'plus',
  deleted: 'close',
  nodeSilent: 'power',
  nodeBack: 'power',
  nodeAdded: 'plus',
  notReady: 'warn',
  ready: 'check',
  cordoned: 'tape',
  uncordoned: 'tape',
  evicted: 'clock',
  apiEvicted: 'drain',
  preempted: 'chevronUp',
  jobComplete: 'check',
  jobFailed: 'close',
  crashed: 'close',
};
const ALARMS: ReadonlySet<MarkerType> = new Set(['nodeSilent', 'notReady', 'crashed', 'jobFailed']);
const WITH_CUTTER: ReadonlySet<MarkerType> = new Set(['comes', 'cut', 'templateEdited', 'rolloutStarts']);

const MARK_WIDTH = 20;
/** From the playhead to the mark of what comes next, which comes so soon that the handle would hide it. */
const ASIDE = 24;
const GAP = 5;

export function labelOf({ type, name, count }: Marker, m: Messages): string {
  const words = m.markers[type];
  return typeof words === 'string'
    ? words
    : (words as (value: string | number) => string)(type === 'cut' || type === 'scaled' ? count : name);
}

interface MarkerGroup {
  marker: Marker;
  readonly x: number;
  count: number;
  /** Pods cut by all of them, while they are all of that kind. */
  cut: number | undefined;
}

interface Placing {
  readonly scale: (ms: number) => number;
  /** Where the chart begins and ends, and where the playhead's handle would hide a label. */
  readonly left: number;
  readonly right: number;
  readonly handleX: number;
}

/** From left to right; a label goes to the right of its mark, or to the left, or is left out. */
export function placeMarkers(markers: readonly Marker[], { scale, left, right, handleX }: Placing, m: Messages): readonly PlacedMarker[] {
  const placeOf = ({ atMs, type }: Marker): number => (type === 'comes' ? Math.max(scale(atMs), handleX + ASIDE) : scale(atMs));
  const groups = groupMarkers(markers, placeOf);
  let taken = Number.NEGATIVE_INFINITY;
  return groups.map(({ marker, x, count, cut }, i) => {
    const label = cut === undefined ? `${labelOf(marker, m)}${count > 1 ? ` +${count - 1}` : ''}` : m.markers.cut(cut);
    const width = textWidth(label, { size: 12 }) + MARK_WIDTH / 2 + GAP;
    const next = groups[i + 1]?.x ?? Number.POSITIVE_INFINITY;
    const isLeftFree = marker.type !== 'comes' && x - width > Math.max(taken + GAP, left);
    const isUnderHandle = handleX >= x && handleX < x + width + GAP;
    const isRightFree = x + width < Math.min(next - MARK_WIDTH / 2 - GAP, right) && !(isUnderHandle && isLeftFree);
    const labelSide = isRightFree ? 'right' : isLeftFree ? 'left' : undefined;
    taken = labelSide === 'right' ? x + width : x + MARK_WIDTH / 2;
    const dx = marker.type === 'comes' ? scale(marker.atMs) - x : 0;
    return { id: `${marker.atMs} ${marker.type} ${marker.key}`, marker, x, dx, width, label, labelSide };
  });
}

function groupMarkers(markers: readonly Marker[], placeOf: (marker: Marker) => number): readonly MarkerGroup[] {
  const groups: MarkerGroup[] = [];
  for (const marker of markers) {
    const x = Math.round(placeOf(marker) * 10) / 10;
    const last = groups.at(-1);
    if (last && x - last.x < MARK_WIDTH) {
      last.count++;
      last.cut = last.cut !== undefined && marker.type === 'cut' ? last.cut + marker.count : undefined;
      // Among cookies, one that a cutter cut stands for the rest.
      if (last.cut !== undefined && !last.marker.look?.letter) last.marker = marker;
    } else groups.push({ marker, x, count: 1, cut: marker.type === 'cut' ? marker.count : undefined });
  }
  return groups;
}

interface FlagsProps {
  readonly markers: readonly PlacedMarker[];
  readonly isBar: boolean;
  readonly bottom: number;
  readonly onGo: (marker: Marker) => void;
}

/** One stop for the keyboard; arrows go from mark to mark. */
export function MarkerFlags({ markers, isBar, bottom, onGo }: FlagsProps) {
  const m = useMessages();
  const [current, setCurrent] = useState(0);
  const group = useRef<SVGGElement>(null);
  // Where time has not come to yet nobody can go; there is one such mark at most, the last.
  const last = markers.findLastIndex(({ marker }) => marker.type !== 'comes');
  const stop = Math.min(current, last);
  const onKeyDown = (event: KeyboardEvent, marker: Marker): void => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (by !== undefined) {
      const next = Math.max(0, Math.min(last, stop + by));
      setCurrent(next);
      group.current?.querySelectorAll<SVGGElement>('[role="button"]')[next]?.focus();
    } else if (event.key === 'Enter' || event.key === ' ') onGo(marker);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <g ref={group} role="group" aria-label={m.timeline.markers}>
      {markers.map((placed, i) => (
        <MarkerFlag
          key={placed.id}
          marker={placed}
          isBar={isBar}
          bottom={bottom}
          isStop={i === stop}
          isComing={i > last}
          onGo={() => onGo(placed.marker)}
          onKeyDown={(event) => onKeyDown(event, placed.marker)}
        />
      ))}
    </g>
  );
}

interface FlagProps {
  readonly marker: PlacedMarker;
  readonly isBar: boolean;
  readonly bottom: number;
  readonly isStop: boolean;
  readonly isComing: boolean;
  readonly onGo: () => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

function MarkerFlag({ marker: placed, isBar, bottom, isStop, isComing, onGo, onKeyDown }: FlagProps) {
  const m = useMessages();
  const { marker, x, dx, width, label, labelSide } = placed;
  const y = isBar ? 14 : 20;
  const side = isBar ? undefined : labelSide;
  const half = MARK_WIDTH / 2 + 1;
  return (
    <g className={classOf(marker)} transform={`translate(${x} 0)`}>
      {!isBar && <path className="chart-marker-line" d={`M0 30L${dx} 44V${bottom}`} />}
      <g
        {...(isComing
          ? { role: 'img', 'aria-label': label }
          : {
              role: 'button',
              tabIndex: isStop ? 0 : -1,
              'aria-label': m.timeline.goTo(label, formatMoment(marker.atMs)),
              onClick: onGo,
              onKeyDown,
            })}
      >
        <title>{`${label}, ${formatMoment(marker.atMs)}`}</title>
        <rect className="chart-grip" x={side === 'left' ? -width : -half} y={y - 12} width={side ? width + half : 2 * half} height={24} />
        <g transform={`translate(0 ${y})`}>
          <MarkerMark marker={marker} />
        </g>
      </g>
    </g>
  );
}

/** The words beside the marks, before the playhead: they stay readable while it passes. */
export function MarkerLabels({ markers }: { readonly markers: readonly PlacedMarker[] }) {
  return (
    <g className="chart-labels" aria-hidden="true">
      {markers.map(({ id, marker, x, label, labelSide: side }) =>
        side ? (
          <g key={id} className={classOf(marker)}>
            <text className="chart-label" x={side === 'right' ? x + 13 : x - 13} y={24} textAnchor={side === 'right' ? 'start' : 'end'}>
              {label}
            </text>
          </g>
        ) : null,
      )}
    </g>
  );
}

function classOf({ type }: Marker): string {
  return ALARMS.has(type) ? 'chart-marker chart-marker-alarm' : 'chart-marker';
}

const READY: PodState = { name: 'ready' };

function MarkerMark({ marker: { type, look, count } }: { readonly marker: Marker }) {
  if (look && WITH_CUTTER.has(type)) return elementOf(look.letter ? cutter(look, 17) : podGlyph(look, READY, 17, 'panel'), 0);
  const icon = type === 'scaled' && count === 0 ? 'minus' : (ICONS[type] ?? 'more');
  return (
    <>
      <circle className="chart-marker-disc" r={8.5} />
      <path className="chart-marker-icon" d={iconPath(icon)} transform="translate(-5.5 -5.5) scale(0.6875)" />
    </>
  );
}
