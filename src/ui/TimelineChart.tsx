// The chart of the timeline: pods stacked per template, the ready line, markers, the playhead and the hatched future. What moves
// every frame (playhead, edge of the future) is moved outside React; the bands are drawn anew only when the counts change.
import { type KeyboardEvent, type PointerEvent, useId, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { Messages } from '../i18n/language.ts';
import { hasPattern } from '../scene/patterns.ts';
import type { Marker } from '../session/markers.ts';
import { formatMoment, selectSecond } from '../session/selectors.ts';
import { type PodSeries, type SeriesPoint, thinOut } from '../session/series.ts';
import type { Session } from '../session/session.ts';
import type { Story } from '../session/story.ts';
import { patternUrl } from './Glyph.tsx';
import { useMessages, useSession, useSessionHandle } from './hooks.tsx';
import { linear } from './linear.ts';
import { stepArea, stepLine } from './steps.ts';
import { MarkerFlags, MarkerLabels, placeMarkers } from './TimelineMarkers.tsx';
import { placeIn, sizeOf } from './zoom.ts';

interface ChartProps {
  readonly story: Story;
  /** Changes whenever the story has something new to tell. */
  readonly version: number;
}

interface Box {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const TICK_STEPS_S = [30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 14_400, 21_600, 43_200];
const TICKS_MAX = 8;
const HORIZON_MIN_MS = 150_000;
/** How far the axis reaches beyond the end; what a lesson asks about lies there. */
const BEYOND = { play: 1.15, lesson: 1.35 };

export function TimelineChart({ story, version }: ChartProps) {
  const session = useSessionHandle();
  const m = useMessages();
  const svg = useRef<SVGSVGElement>(null);
  const size = useSize(svg);
  const clip = useId();
  const endSecond = useSession(({ endMs }) => Math.ceil(endMs / 1000));
  const epoch = useSession((state) => state.epoch);
  const isLesson = useSession(({ lesson }) => lesson !== undefined);
  const horizon = useHorizon(endSecond * 1000, isLesson ? BEYOND.lesson : BEYOND.play, epoch);
  const isBar = size.height < 60;
  const box: Box = isBar
    ? { ...size, left: 10, right: size.width - 10, top: size.height / 2 - 1, bottom: size.height / 2 + 1 }
    : { ...size, left: 34, right: size.width - 2, top: size.height < 110 ? 40 : 44, bottom: size.height - 22 };
  const x = linear([0, horizon.endMs], [box.left, box.right]);
  // Where the playhead's handle stands, in steps that are worth moving a label for.
  const handleX = useSession(({ playheadMs }) => Math.round(x(playheadMs) / 8) * 8);
  const comes = useSession(({ lesson }) => lesson?.coming);
  const markers = useMemo(
    () =>
      placeMarkers(
        comes ? [...story.markers.list, { ...comes, type: 'comes', key: comes.owner, name: '', count: 1 }] : story.markers.list,
        { scale: linear([0, horizon.endMs], [box.left, box.right]), left: box.left, right: box.right, handleX },
        m,
      ),
    // The story changes in place: its version stands for it.
    // oxlint-disable-next-line react/exhaustive-deps
    [version, comes, horizon.endMs, box.left, box.right, handleX, m],
  );
  useMovingParts(session, svg, horizon.endMs, box);
  return (
    <svg
      ref={svg}
      className={isBar ? 'chart podglyph chart-bar' : 'chart podglyph'}
      width="100%"
      height="100%"
      role="group"
      aria-label={m.timeline.chart}
      onPointerDown={(event) => startDrag(event, session, (px) => x.invert(px))}
    >
      <clipPath id={clip}>
        <rect className="chart-lived" x={box.left} y={0} height={box.height} />
      </clipPath>
      {isBar ? (
        <Bar box={box} />
      ) : (
        <>
          <Bands series={story.series} version={version} x={x} box={box} horizonMs={horizon.endMs} clip={clip} />
          <TimeAxis box={box} x={x} horizon={horizon} />
        </>
      )}
      <MarkerFlags markers={markers} isBar={isBar} bottom={box.bottom} onGo={(marker) => goToMarker(session, marker)} />
      <Playhead box={box} isBar={isBar} m={m} />
      {!isBar && <MarkerLabels markers={markers} />}
    </svg>
  );
}

/** How far the axis reaches: beyond the end by a bit, in whole ticks, and never jumping back while time goes on. */
function useHorizon(endMs: number, beyond: number, epoch: number): { readonly endMs: number; readonly stepMs: number } {
  return useMemo(() => {
    // The epoch is named so that another world starts with its own axis.
    void epoch;
    const wanted = Math.max(HORIZON_MIN_MS, endMs * beyond);
    const stepS = TICK_STEPS_S.find((step) => wanted / (step * 1000) <= TICKS_MAX) ?? 86_400;
    return { endMs: Math.ceil(wanted / (stepS * 1000)) * stepS * 1000, stepMs: stepS * 1000 };
  }, [endMs, beyond, epoch]);
}

function useSize(ref: React.RefObject<SVGSVGElement | null>): { readonly width: number; readonly height: number } {
  const [size, setSize] = useState({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    const measure = () => {
      const { width, height } = sizeOf(element);
      setSize((last) => (last.width === width && last.height === height ? last : { width, height }));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref]);
  return size;
}

/** Moves the playhead and the edge of what has been lived, every time the store changes, without React. */
function useMovingParts(session: Session, svg: React.RefObject<SVGSVGElement | null>, horizonMs: number, box: Box): void {
  const { left, right } = box;
  useLayoutEffect(() => {
    const root = svg.current;
    if (!root || right <= left) return;
    const x = linear([0, horizonMs], [left, right]);
    const move = () => {
      const { playheadMs, endMs } = session.store.getState();
      const end = Math.round(x(endMs) * 10) / 10;
      root.querySelector('.chart-playhead')?.setAttribute('transform', `translate(${Math.round(x(playheadMs) * 10) / 10} 0)`);
      for (const lived of root.querySelectorAll('.chart-lived')) lived.setAttribute('width', String(Math.max(0, end - left)));
      const future = root.querySelector('.chart-future');
      future?.setAttribute('x', String(end));
      future?.setAttribute('width', String(Math.max(0, right - end)));
    };
    move();
    return session.store.subscribe(move);
  }, [session, svg, horizonMs, left, right]);
}

interface BandsProps {
  readonly series: PodSeries;
  readonly version: number;
  readonly x: (ms: number) => number;
  readonly box: Box;
  readonly horizonMs: number;
  readonly clip: string;
}

function Bands({ series, version, x, box, horizonMs, clip }: BandsProps) {
  const { left, right, top, bottom } = box;
  const drawn = useMemo(
    () => drawBands(series, linear([0, horizonMs], [left, right]), horizonMs, { left, right, top, bottom }),
    // The series grows in place: the version stands for it.
    // oxlint-disable-next-line react/exhaustive-deps
    [series, version, horizonMs, left, right, top, bottom],
  );
  return (
    <>
      {drawn.ticks.map(({ value, y }) => (
        <g key={value} className="chart-row">
          <path d={`M${left} ${y}H${right}`} />
          <text x={left - 7} y={y + 4} textAnchor="end">
            {value}
          </text>
        </g>
      ))}
      <g clipPath={`url(#${clip})`}>
        {drawn.bands.map(({ look, path }) => (
          <g key={look.letter} className={`look-${look.shape}`}>
            <path className="chart-band" d={path} />
            {hasPattern(look.shape) && <path d={path} fill={patternUrl(`full-${look.shape}`)} />}
          </g>
        ))}
        <path className="chart-ready-halo" d={drawn.ready} />
        <path className="chart-ready" d={drawn.ready} />
      </g>
      <rect className="chart-future" x={x(0)} y={top} height={Math.max(0, bottom - top)} fill={patternUrl('hatch')} />
      <path className="chart-base" d={`M${left} ${bottom}H${right}`} />
    </>
  );
}

function drawBands(
  series: PodSeries,
  x: (ms: number) => number,
  horizonMs: number,
  { left, right, top, bottom }: Pick<Box, 'left' | 'right' | 'top' | 'bottom'>,
) {
  const points = [...thinOut(series.points, horizonMs / Math.max(1, right - left))];
  // The last counts hold on; what lies in the future is clipped away.
  points.push({ ...(points.at(-1) as SeriesPoint), atMs: horizonMs });
  const most = Math.max(
    2,
    ...points.map(({ counts, ready }) =>
      Math.max(
        ready,
        counts.reduce((sum, count) => sum + count, 0),
      ),
    ),
  );
  const { max, values } = countAxis(most, bottom - top);
  const y = linear([0, max], [bottom, top]);
  const below = points.map(() => 0);
  const bands = series.bands.map((look, band) => {
    const from = [...below];
    points.forEach(({ counts }, i) => {
      below[i] = (below[i] as number) + (counts[band] ?? 0);
    });
    const at = (counts: readonly number[]) => points.map(({ atMs }, i) => ({ x: x(atMs), y: y(counts[i] as number) }));
    return { look, path: stepArea(at(below), at(from)) };
  });
  const ready = stepLine(points.map((point) => ({ x: x(point.atMs), y: y(point.ready) })));
  return { bands, ready, ticks: values.map((value) => ({ value, y: y(value) })) };
}

const ROW_STEPS = [1, 2, 3, 4, 5, 6, 8];

/** As many even rows as there is room for, five at most, in numbers that are read at a glance; rather fewer than empty room on top. */
function countAxis(most: number, height: number): { readonly max: number; readonly values: readonly number[] } {
  const rowsMax = Math.max(1, Math.min(5, Math.floor(height / 11)));
  let best = { step: rowStep(most, rowsMax), max: Number.POSITIVE_INFINITY };
  for (let rows = rowsMax; rows >= Math.min(2, rowsMax); rows--) {
    const step = rowStep(most, rows);
    const max = Math.ceil(most / step) * step;
    if (max < best.max) best = { step, max };
  }
  return { max: best.max, values: Array.from({ length: best.max / best.step + 1 }, (_, i) => i * best.step) };
}

function rowStep(most: number, rows: number): number {
  for (let i = 0; ; i++) {
    const step = (ROW_STEPS[i % ROW_STEPS.length] as number) * 10 ** Math.floor(i / ROW_STEPS.length);
    if (step * rows >= most) return step;
  }
}

function TimeAxis({
  box,
  x,
  horizon,
}: {
  readonly box: Box;
  readonly x: (ms: number) => number;
  readonly horizon: { endMs: number; stepMs: number };
}) {
  const endSecond = useSession(({ endMs }) => Math.floor(endMs / 1000));
  const ticks = Array.from({ length: Math.round(horizon.endMs / horizon.stepMs) + 1 }, (_, i) => i * horizon.stepMs);
  return (
    <g className="chart-time mono">
      {ticks.map((ms, i) => (
        <text
          key={ms}
          x={x(ms)}
          y={box.height - 6}
          textAnchor={i === ticks.length - 1 ? 'end' : 'middle'}
          className={ms / 1000 > endSecond ? 'chart-not-yet' : undefined}
        >
          {formatMoment(ms)}
        </text>
      ))}
    </g>
  );
}

/** The phone's timeline: a rail. */
function Bar({ box }: { readonly box: Box }) {
  const y = box.height - 16;
  return (
    <>
      <path className="chart-rail" d={`M${box.left} ${y}H${box.right}`} />
      <rect className="chart-lived chart-lived-rail" x={box.left} y={y - 1.5} height={3} rx={1.5} />
    </>
  );
}

function Playhead({ box, isBar, m }: { readonly box: Box; readonly isBar: boolean; readonly m: Messages }) {
  const session = useSessionHandle();
  const second = useSession(selectSecond);
  const endSecond = useSession(({ endMs }) => Math.floor(endMs / 1000));
  return (
    <g
      className="chart-playhead"
      role="slider"
      tabIndex={0}
      aria-label={m.timeline.playhead}
      aria-valuemin={0}
      aria-valuemax={endSecond}
      aria-valuenow={Math.min(second, endSecond)}
      aria-valuetext={m.timeline.ofTotal(formatMoment(second * 1000), formatMoment(endSecond * 1000))}
      onKeyDown={(event) => onPlayheadKey(event, session)}
    >
      {isBar ? (
        <circle className="chart-knob" cy={box.height - 16} r={8} />
      ) : (
        <>
          <rect className="chart-grip" x={-11} y={0} width={22} height={box.bottom} />
          <path className="chart-stem" d={`M0 8V${box.bottom}`} />
          <path className="chart-handle" d="M-6 6H6V12L0 18L-6 12Z" />
        </>
      )}
    </g>
  );
}

const KEY_STEP_MS: Readonly<Record<string, number>> = {
  ArrowLeft: -1000,
  ArrowRight: 1000,
  ArrowDown: -1000,
  ArrowUp: 1000,
  PageDown: -10_000,
  PageUp: 10_000,
};

function onPlayheadKey(event: KeyboardEvent, session: Session): void {
  const { playheadMs } = session.store.getState();
  const step = KEY_STEP_MS[event.key];
  if (step !== undefined) goTo(session, playheadMs + step * (event.shiftKey ? 10 : 1));
  else if (event.key === 'Home') goTo(session, 0);
  else if (event.key === 'End') goTo(session, Number.POSITIVE_INFINITY);
  else return;
  event.preventDefault();
  event.stopPropagation();
}

/** Going somewhere by hand means to stay there. */
function goTo(session: Session, atMs: number): void {
  session.pause();
  session.seek(atMs);
}

/** There one can ask why it happened. */
function goToMarker(session: Session, { atMs, key }: Marker): void {
  goTo(session, atMs);
  session.select([key], 'story');
}

function startDrag(event: PointerEvent<SVGSVGElement>, session: Session, msAt: (px: number) => number): void {
  if (event.button !== 0 || (event.target instanceof Element && event.target.closest('.chart-marker'))) return;
  const svg = event.currentTarget;
  const seek = (clientX: number) => goTo(session, msAt(placeIn(svg, clientX, 0)[0]));
  svg.setPointerCapture(event.pointerId);
  const onMove = (move: globalThis.PointerEvent) => seek(move.clientX);
  const onEnd = () => {
    svg.removeEventListener('pointermove', onMove);
    svg.removeEventListener('pointerup', onEnd);
    svg.removeEventListener('pointercancel', onEnd);
  };
  svg.addEventListener('pointermove', onMove);
  svg.addEventListener('pointerup', onEnd);
  svg.addEventListener('pointercancel', onEnd);
  seek(event.clientX);
}
