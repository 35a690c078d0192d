// The markers over the chart: an icon or the cutter it is about, a word beside it, a dotted line down to its moment. Where they
// would overlap, the word goes first, then several become one with a number.
import type { Messages } from '../i18n/index.ts';
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
const WITH_CUTTER: ReadonlySet<MarkerType> = new Set(['cut', 'templateEdited', 'rolloutStarts']);

const MARK_WIDTH = 20;
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
  const groups = groupMarkers(markers, scale);
  let taken = Number.NEGATIVE_INFINITY;
  return groups.map(({ marker, x, count, cut }, i) => {
    const label = cut === undefined ? `${labelOf(marker, m)}${count > 1 ? ` +${count - 1}` : ''}` : m.markers.cut(cut);
    const width = textWidth(label, { size: 12 }) + MARK_WIDTH / 2 + GAP;
    const next = groups[i + 1]?.x ?? Number.POSITIVE_INFINITY;
    const isLeftFree = x - width > Math.max(taken + GAP, left);
    const isUnderHandle = handleX >= x && handleX < x + width + GAP;
    const isRightFree = x + width < Math.min(next - MARK_WIDTH / 2 - GAP, right) && !(isUnderHandle && isLeftFree);
    const labelSide = isRightFree ? 'right' : isLeftFree ? 'left' : undefined;
    taken = labelSide === 'right' ? x + width : x + MARK_WIDTH / 2;
    return { id: `${marker.atMs} ${marker.type} ${marker.key}`, marker, x, width, label, labelSide };
  });
}

function groupMarkers(markers: readonly Marker[], scale: (ms: number) => number): readonly MarkerGroup[] {
  const groups: MarkerGroup[] = [];
  for (const marker of markers) {
    const x = Math.round(scale(marker.atMs) * 10) / 10;
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

interface FlagProps {
  readonly marker: PlacedMarker;
  readonly isBar: boolean;
  readonly bottom: number;
  readonly onGo: (atMs: number) => void;
}

export function MarkerFlag({ marker: placed, isBar, bottom, onGo }: FlagProps) {
  const m = useMessages();
  const { marker, x, width, label, labelSide } = placed;
  const isAlarm = ALARMS.has(marker.type);
  const y = isBar ? 14 : 20;
  const side = isBar ? undefined : labelSide;
  const half = MARK_WIDTH / 2 + 1;
  return (
    <g className={isAlarm ? 'chart-marker chart-marker-alarm' : 'chart-marker'} transform={`translate(${x} 0)`}>
      {!isBar && <path className="chart-marker-line" d={`M0 30V${bottom}`} />}
      <g role="button" tabIndex={-1} aria-label={m.timeline.goTo(label, formatMoment(marker.atMs))} onClick={() => onGo(marker.atMs)}>
        <title>{`${label}, ${formatMoment(marker.atMs)}`}</title>
        <rect className="chart-grip" x={side === 'left' ? -width : -half} y={y - 12} width={side ? width + half : 2 * half} height={24} />
        <g transform={`translate(0 ${y})`}>
          <MarkerMark marker={marker} />
        </g>
        {side && (
          <text className="chart-label" x={side === 'right' ? 13 : -13} y={24} textAnchor={side === 'right' ? 'start' : 'end'}>
            {label}
          </text>
        )}
      </g>
    </g>
  );
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
