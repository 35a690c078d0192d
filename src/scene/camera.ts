// Where a person looks at one stage from. Until somebody moves it, the camera shows the whole stage: at its own size where that fits,
// smaller where it does not. Gestures (gestures.ts) are attached where pan and zoom are wanted.
import type { Size } from './layout.ts';

export interface Transform {
  readonly x: number;
  readonly y: number;
  readonly k: number;
}

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
  /** Lets a person move it. */
  attach(watch: WatchGestures): void;
  /** Brings a point of the stage into the middle, at this zoom. */
  goTo(x: number, y: number, zoom: number): void;
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

/** What a camera knows of the hands that move it. */
export interface Gestures {
  /** The camera was moved by other means. */
  place(transform: Transform): void;
  limit(view: Size, scales: readonly [number, number], edges: readonly [readonly [number, number], readonly [number, number]]): void;
  zoomBy(factor: number): void;
  panBy(dx: number, dy: number): void;
  dispose(): void;
}

export type WatchGestures = (
  svg: SVGSVGElement,
  options: { onMove(transform: Transform, source: Event | undefined): void; mayBegin(event: Event): boolean },
) => Gestures;

/** Smaller than this, nothing can be told apart: the stage is panned instead. */
const LEAST_FIT = 0.4;
const MOST = 4;

export function createCamera(svg: SVGSVGElement, { onMove, mayBegin, leastFit = LEAST_FIT, slack = 1 }: CameraOptions): Camera {
  let transform: Transform = { x: 0, y: 0, k: 1 };
  let view: Size = { width: 1, height: 1 };
  let content: Size = view;
  let isPhone = false;
  let isMoved = false;
  let most = MOST;
  let gestures: Gestures | undefined;

  const whole = (): Transform => {
    const k = isPhone ? 1 : Math.max(leastFit, Math.min(1, view.height / content.height));
    return { x: (view.width - content.width * k) / 2, y: 0, k };
  };
  const move = (to: Transform, source?: Event): void => {
    transform = to;
    onMove(to.x, to.y, to.k, source);
  };
  const go = (to: Transform): void => {
    move(to);
    gestures?.place(to);
  };
  const least = (): number => Math.min(whole().k, 1) * slack;
  const limit = (): void => {
    const { k } = whole();
    const spare = 60;
    gestures?.limit(
      view,
      [least(), most],
      [
        [-spare, -spare],
        [Math.max(content.width, view.width / k - spare) + spare, Math.max(content.height, view.height / k - spare) + spare],
      ],
    );
  };

  return {
    get zoom() {
      return transform.k;
    },
    toScreen: (x, y) => [x * transform.k + transform.x, y * transform.k + transform.y],
    toStage: (x, y) => [(x - transform.x) / transform.k, (y - transform.y) / transform.k],
    frame(nextView, nextContent, nextIsPhone, nextMost = MOST) {
      const isSame =
        nextView.width === view.width &&
        nextView.height === view.height &&
        nextContent.height === content.height &&
        nextContent.width === content.width &&
        nextMost === most;
      [view, content, isPhone, most] = [nextView, nextContent, nextIsPhone, nextMost];
      if (isSame) return;
      limit();
      if (!isMoved) go(whole());
    },
    zoomBy(factor) {
      isMoved = true;
      if (gestures) gestures.zoomBy(factor);
      else {
        const k = Math.min(most, Math.max(least(), transform.k * factor));
        const about = (middle: number, from: number): number => middle - ((middle - from) * k) / transform.k;
        move({ x: about(view.width / 2, transform.x), y: about(view.height / 2, transform.y), k });
      }
    },
    fit() {
      isMoved = false;
      go(whole());
    },
    panBy(dx, dy) {
      isMoved = true;
      if (gestures) gestures.panBy(dx / transform.k, dy / transform.k);
      else move({ ...transform, x: transform.x + dx, y: transform.y + dy });
    },
    goTo(x, y, k) {
      isMoved = true;
      const near = Math.min(most, k);
      go({ x: view.width / 2 - x * near, y: view.height / 2 - y * near, k: near });
    },
    attach(watch) {
      gestures = watch(svg, {
        mayBegin,
        onMove(to, source) {
          if (source) isMoved = true;
          move(to, source);
        },
      });
      limit();
      gestures.place(transform);
    },
    dispose: () => gestures?.dispose(),
  };
}
