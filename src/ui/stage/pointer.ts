// Mouse and touch on the stage, told as what they mean: hover, select, open, lasso, an attempt to carry a pod away.
// Pan and zoom are the camera's; this file only says which gestures are left to it. Menus are the page's: data-key tells it the object.
import type { Key } from '../../kube/meta.ts';
import type { Camera } from '../../scene/camera.ts';
import type { Layout } from '../../scene/layout.ts';
import { podsIn } from '../../scene/pick.ts';
import { placeIn } from '../zoom.ts';

export interface PointerOptions {
  layout(): Layout | undefined;
  readonly camera: Camera;
  /** With the place of the glyph on the page. */
  onHover(key: Key | undefined, box?: DOMRect): void;
  onPress(key: Key | undefined, isAdding: boolean): void;
  onOpen(key: Key): void;
  onAct(act: string, key: Key): void;
  onLasso(keys: readonly Key[]): void;
  /** The way a pod was pulled so far; undefined when it is let go. */
  onDrag(drag: { readonly key: Key; readonly dx: number; readonly dy: number } | undefined): void;
}

export interface Pointer {
  mayPan(event: Event): boolean;
  dispose(): void;
}

const HOVER_AFTER_MS = 120;
const DRAG_FROM_PX = 6;

interface Press {
  readonly x: number;
  readonly y: number;
  readonly key: Key | undefined;
  readonly kind: 'lasso' | 'pod' | 'other';
  isDragging: boolean;
}

export function watchPointer(svg: SVGSVGElement, options: PointerOptions): Pointer {
  const abort = new AbortController();
  const { signal } = abort;
  let press: Press | undefined;
  let hoverTimer = 0;
  let isSwallowing = false;
  let lasso: SVGRectElement | undefined;

  const at = (event: MouseEvent) => placeIn(svg, event.clientX, event.clientY);

  const end = () => {
    if (!press) return;
    if (press.kind === 'pod' && press.isDragging) options.onDrag(undefined);
    if (lasso) {
      options.onLasso(caught(lasso, options));
      lasso.remove();
      lasso = undefined;
    }
    if (press.isDragging) isSwallowing = true;
    press = undefined;
  };

  svg.addEventListener(
    'pointerdown',
    (event) => {
      isSwallowing = false;
      window.clearTimeout(hoverTimer);
      options.onHover(undefined);
      const [x, y] = at(event);
      const key = keyAt(event.target);
      const kind = event.shiftKey && !key ? 'lasso' : isPod(key) && event.pointerType === 'mouse' && event.button === 0 ? 'pod' : 'other';
      press = { x, y, key, kind, isDragging: false };
    },
    { signal },
  );

  window.addEventListener(
    'pointermove',
    (event) => {
      if (!press) return;
      const [x, y] = at(event);
      const [dx, dy] = [x - press.x, y - press.y];
      if (Math.hypot(dx, dy) > DRAG_FROM_PX) {
        press.isDragging = true;
      }
      if (!press.isDragging) return;
      if (press.kind === 'pod' && press.key) options.onDrag({ key: press.key, dx: dx / options.camera.zoom, dy: dy / options.camera.zoom });
      if (press.kind === 'lasso') lasso = drawLasso(svg, lasso, press, x, y);
    },
    { signal },
  );
  window.addEventListener('pointerup', end, { signal });
  window.addEventListener('pointercancel', end, { signal });

  svg.addEventListener(
    'pointerover',
    (event) => {
      if (event.pointerType !== 'mouse' || press) return;
      window.clearTimeout(hoverTimer);
      const element = closest(event.target, '[data-key]');
      const key = keyAt(event.target);
      hoverTimer = window.setTimeout(() => options.onHover(key, element?.getBoundingClientRect()), HOVER_AFTER_MS);
    },
    { signal },
  );
  svg.addEventListener(
    'pointerleave',
    () => {
      window.clearTimeout(hoverTimer);
      options.onHover(undefined);
    },
    { signal },
  );

  svg.addEventListener(
    'click',
    (event) => {
      if (isSwallowing) {
        isSwallowing = false;
        return;
      }
      const key = keyAt(event.target);
      const act = closest(event.target, '[data-act]')?.getAttribute('data-act');
      if (act && key) options.onAct(act, key);
      else options.onPress(key, event.shiftKey);
    },
    { signal },
  );
  svg.addEventListener(
    'dblclick',
    (event) => {
      const key = keyAt(event.target);
      if (key && !closest(event.target, '[data-act]')) options.onOpen(key);
    },
    { signal },
  );

  return {
    mayPan(event) {
      if (event.type === 'wheel') return true;
      const { shiftKey, button, target } = event as MouseEvent;
      const isTouch = event.type.startsWith('touch');
      return isTouch || (!shiftKey && (button ?? 0) === 0 && !isPod(keyAt(target)) && !closest(target, '[data-act]'));
    },
    dispose() {
      window.clearTimeout(hoverTimer);
      abort.abort();
    },
  };
}

function closest(target: EventTarget | null, selector: string): Element | undefined {
  return (target instanceof Element && target.closest(selector)) || undefined;
}

function keyAt(target: EventTarget | null): Key | undefined {
  return closest(target, '[data-key]')?.getAttribute('data-key') ?? undefined;
}

function isPod(key: Key | undefined): boolean {
  return key?.startsWith('Pod/') ?? false;
}

function drawLasso(
  svg: SVGSVGElement,
  known: SVGRectElement | undefined,
  { x: fromX, y: fromY }: Press,
  x: number,
  y: number,
): SVGRectElement {
  const rect = known ?? document.createElementNS('http://www.w3.org/2000/svg', 'rect');
  rect.setAttribute('class', 'lasso');
  rect.setAttribute('x', String(Math.min(x, fromX)));
  rect.setAttribute('y', String(Math.min(y, fromY)));
  rect.setAttribute('width', String(Math.abs(x - fromX)));
  rect.setAttribute('height', String(Math.abs(y - fromY)));
  if (!known) svg.append(rect);
  return rect;
}

function caught(lasso: SVGRectElement, { layout, camera }: PointerOptions): readonly Key[] {
  const stage = layout();
  const [left, top, width, height] = ['x', 'y', 'width', 'height'].map((name) => Number(lasso.getAttribute(name))) as [
    number,
    number,
    number,
    number,
  ];
  const [x, y] = camera.toStage(left, top);
  return stage ? podsIn(stage, { x, y, width: width / camera.zoom, height: height / camera.zoom }) : [];
}
