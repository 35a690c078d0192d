// The classroom enlarges the page by CSS zoom. What the browser measures and where events happen is in units of the screen; styles and
// drawings are in the element's own. Here one becomes the other.

interface Zoomed {
  /** Missing in browsers in which the page is not enlarged: then one unit is the other. */
  readonly currentCSSZoom?: number;
}

/** Whether zoom is what the standard says: older browsers measure in the element's own units, and do not divide those of the window. */
export const canZoom = (): boolean => 'currentCSSZoom' in Element.prototype;

export function zoomOf(element: Element): number {
  return (element as Zoomed).currentCSSZoom ?? 1;
}

/** The element's size in its own units. */
export function sizeOf(element: Element): { readonly width: number; readonly height: number } {
  const { width, height } = element.getBoundingClientRect();
  const zoom = zoomOf(element);
  return { width: width / zoom, height: height / zoom };
}

/** A place of the screen, from the element's corner, in its own units. */
export function placeIn(element: Element, clientX: number, clientY: number): readonly [number, number] {
  const { left, top } = element.getBoundingClientRect();
  const zoom = zoomOf(element);
  return [(clientX - left) / zoom, (clientY - top) / zoom];
}

/** And back: where on the screen a place of the element is. */
export function onScreen(element: Element, x: number, y: number): readonly [number, number] {
  const { left, top } = element.getBoundingClientRect();
  const zoom = zoomOf(element);
  return [left + x * zoom, top + y * zoom];
}
