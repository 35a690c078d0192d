// Pan and zoom of one stage, by d3-zoom on its svg element. Until a person moves it, the camera shows the whole stage: at its own size
// where that fits, smaller where it does not.
import { type D3ZoomEvent, select, type ZoomTransform, zoom, zoomIdentity } from 'd3';
import type { Size } from './layout.ts';

export interface Camera {
  readonly zoom: number;
  /** Where a point of the stage is on the element. */
  toScreen(x: number, y: number): readonly [number, number];
  toStage(x: number, y: number): readonly [number, number];
  /** The element's size and the stage's: keeps the camera inside, and follows while nobody has moved it. */
  frame(view: Size, content: Size, isPhone: boolean, most?: number): void;
  zoomBy(factor: number): void;
  fit(): void;
  panBy(dx: number, dy: number): void;
  dispose(): void;
}

export interface CameraOptions {
  /** With the event of the hand that moved it, if one did. */
  onMove(x: number, y: number, zoom: number, source: Event | undefined): void;
  /** Whether this event may begin a pan or a zoom. */
  mayBegin(event: Event): boolean;
  /** Never shown smaller than this of its own accord. */
  readonly leastFit?: number;
  /** How much farther than the whole a person may zoom out. */
  readonly slack?: number;
}

/** Smaller than this, nothing can be told apart: the stage is panned instead. */
const LEAST_FIT = 0.4;
const MOST = 4;
const STEP_MS = 160;

export function createCamera(svg: SVGSVGElement, { onMove, mayBegin, leastFit = LEAST_FIT, slack = 1 }: CameraOptions): Camera {
  let transform: ZoomTransform = zoomIdentity;
  let view: Size = { width: 1, height: 1 };
  let content: Size = view;
  let isPhone = false;
  let isMoved = false;
  let most = MOST;
  const behaviour = zoom<SVGSVGElement, unknown>()
    .filter((event: Event) => mayBegin(event))
    .on('zoom', (event: D3ZoomEvent<SVGSVGElement, unknown>) => {
      transform = event.transform;
      if (event.sourceEvent) isMoved = true;
      onMove(transform.x, transform.y, transform.k, (event.sourceEvent as Event | null) ?? undefined);
    });
  const root = select(svg).call(behaviour).on('dblclick.zoom', null);

  const whole = (): ZoomTransform => {
    const k = isPhone ? 1 : Math.max(leastFit, Math.min(1, view.height / content.height));
    return zoomIdentity.translate((view.width - content.width * k) / 2, 0).scale(k);
  };
  const go = (to: ZoomTransform) => root.call(behaviour.transform, to);

  return {
    get zoom() {
      return transform.k;
    },
    toScreen: (x, y) => transform.apply([x, y]),
    toStage: (x, y) => transform.invert([x, y]),
    frame(nextView, nextContent, nextIsPhone, nextMost = MOST) {
      const isSame =
        nextView.width === view.width &&
        nextView.height === view.height &&
        nextContent.height === content.height &&
        nextContent.width === content.width &&
        nextMost === most;
      [view, content, isPhone, most] = [nextView, nextContent, nextIsPhone, nextMost];
      if (isSame) return;
      const least = whole().k;
      const spare = 60;
      behaviour
        .extent([
          [0, 0],
          [view.width, view.height],
        ])
        .scaleExtent([Math.min(least, 1) * slack, most])
        .translateExtent([
          [-spare, -spare],
          [Math.max(content.width, view.width / least - spare) + spare, Math.max(content.height, view.height / least - spare) + spare],
        ]);
      if (!isMoved) go(whole());
    },
    zoomBy(factor) {
      isMoved = true;
      root.transition().duration(STEP_MS).call(behaviour.scaleBy, factor);
    },
    fit() {
      isMoved = false;
      go(whole());
    },
    panBy(dx, dy) {
      isMoved = true;
      root.call(behaviour.translateBy, dx / transform.k, dy / transform.k);
    },
    dispose() {
      root.on('.zoom', null);
    },
  };
}
