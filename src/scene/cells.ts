// A node small on the screen and what runs on it: its pods as cells, or as dots where there is room. For a mark of the heat-map that is
// looked at closely, and for the lens.
import { podGlyph } from './glyph.ts';
import type { TrayGlyph } from './glyphs.ts';
import { DRAWN_AT } from './level.ts';
import { caption, group, type Mark, mark } from './mark.ts';
import { podState } from './podState.ts';
import { round } from './shapes.ts';

interface Box {
  readonly width: number;
  readonly height: number;
}

/** The pods in their order, as large as they fit. `scale` is how much larger than its own units the box is shown. */
export function cellMarks(tray: TrayGlyph, { width, height }: Box, scale: number, atMs: number): Mark[] {
  const count = Math.max(1, tray.pods.length);
  let columns = Math.ceil(Math.sqrt((count * width) / height));
  while (Math.ceil(count / columns) > Math.floor((height * columns) / width) && columns < count) columns++;
  const pitch = Math.min(width / columns, height / Math.ceil(count / columns));
  const drawn = pitch * scale >= 13 ? DRAWN_AT.dot : DRAWN_AT.cell;
  return tray.pods.map(({ pod, node, look, record }, i) => {
    const x = round((i % columns) * pitch + pitch / 2);
    const y = round(Math.floor(i / columns) * pitch + pitch / 2);
    const glyph = podGlyph(look, podState(pod, node, atMs, record), drawn, tray.state === 'notReady' ? 'lost' : 'tray');
    return group(
      {
        transform: `translate(${x} ${y}) scale(${Math.round((pitch * 0.8 * 1000) / drawn) / 1000})`,
        'data-key': `Pod/${pod.metadata.namespace}/${pod.metadata.name}`,
      },
      [glyph],
    );
  });
}

const NAMED_FROM = 90;

/** In place of a mark of the heat-map: a bed with the node's pods. */
export function closeMarks(tray: TrayGlyph, { width, height }: Box, scale: number, atMs: number): Mark[] {
  const isDark = tray.state === 'notReady';
  const rim = { width, height, rx: 1.5, fill: 'var(--tray)', stroke: isDark ? 'var(--alarm)' : 'var(--edge)', 'stroke-width': 0.4 };
  const inset = 1.5;
  // Where there is room for it, the name.
  const name = width * scale >= NAMED_FROM ? 14 / scale : 0;
  return [
    mark('rect', isDark ? { ...rim, 'stroke-dasharray': '1.5 1' } : rim),
    ...(name > 0
      ? [caption(tray.name, inset, round(name * 0.9), { size: round((11 / scale) * 10) / 10, isMono: true, fill: 'var(--ink2)' })]
      : []),
    group(
      { transform: `translate(${inset} ${round(inset + name)})` },
      cellMarks(tray, { width: width - 2 * inset, height: height - 2 * inset - name }, scale, atMs),
    ),
    ...(tray.isCordoned ? [mark('path', { d: `M0 ${height}L${width} 0`, stroke: 'var(--ink)', 'stroke-width': 0.5 })] : []),
  ];
}
