// Pan and zoom by wheel, pinch and drag, by d3-zoom. Loaded after the first picture, and only where a stage may be moved.
import { type D3ZoomEvent, select, type ZoomTransform, zoom, zoomIdentity } from 'd3';
import type { Gestures, Transform, WatchGestures } from './camera.ts';

const STEP_MS = 160;

export const watchGestures: WatchGestures = (svg, { onMove, mayBegin }): Gestures => {
  let isPlacing = false;
  const behaviour = zoom<SVGSVGElement, unknown>()
    .filter((event: Event) => mayBegin(event))
    .on('zoom', ({ transform, sourceEvent }: D3ZoomEvent<SVGSVGElement, unknown>) => {
      if (!isPlacing) onMove(transform, (sourceEvent as Event | null) ?? undefined);
    });
  const root = select(svg).call(behaviour).on('dblclick.zoom', null);
  const toZoom = ({ x, y, k }: Transform): ZoomTransform => zoomIdentity.translate(x, y).scale(k);
  return {
    place(transform) {
      isPlacing = true;
      root.call(behaviour.transform, toZoom(transform));
      isPlacing = false;
    },
    limit({ width, height }, [least, most], [from, to]) {
      behaviour
        .extent([
          [0, 0],
          [width, height],
        ])
        .scaleExtent([least, most])
        .translateExtent([[...from], [...to]]);
    },
    zoomBy: (factor) => root.transition().duration(STEP_MS).call(behaviour.scaleBy, factor),
    panBy: (x, y) => root.call(behaviour.translateBy, x, y),
    dispose: () => root.on('.zoom', null),
  };
};
