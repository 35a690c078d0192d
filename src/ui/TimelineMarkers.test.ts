import { describe, expect, it } from 'vitest';
import { pageEn } from '../i18n/en/page.ts';
import type { Marker, MarkerType } from '../session/markers.ts';
import { placeMarkers } from './TimelineMarkers.tsx';

const marker = (atMs: number, type: MarkerType, count = 1): Marker => ({ atMs, type, key: 'ReplicaSet/default/web', name: 'web', count });
const place = (markers: readonly Marker[], handleX = -100) =>
  placeMarkers(markers, { scale: (ms) => ms, left: 0, right: 900, handleX }, pageEn).map(({ x, label, labelSide }) => [
    x,
    label,
    labelSide,
  ]);

describe('placeMarkers', () => {
  it('puts words to the right where there is room, else to the left', () => {
    expect(place([marker(100, 'templateEdited'), marker(860, 'scaled', 4)])).toEqual([
      [100, 'Template edited', 'right'],
      [860, 'Scaled to 4', 'left'],
    ]);
  });

  it('leaves words out between close neighbours', () => {
    expect(place([marker(20, 'templateEdited'), marker(50, 'scaled', 4), marker(80, 'scaled', 5)]).map(([, , side]) => side)).toEqual([
      undefined,
      undefined,
      'right',
    ]);
  });

  it('makes one of what would overlap: cuts are added up, others counted', () => {
    expect(place([marker(100, 'cut', 3), marker(105, 'cut', 2)])).toEqual([[100, '5 pods cut', 'right']]);
    expect(place([marker(100, 'cordoned'), marker(105, 'deleted')])).toEqual([[100, 'web cordoned +1', 'right']]);
  });

  it('puts what comes next beside the handle, with a line to its moment', () => {
    const [mark] = placeMarkers([marker(301, 'comes')], { scale: (ms) => ms, left: 0, right: 900, handleX: 300 }, pageEn);
    expect(mark).toMatchObject({ x: 324, dx: -23, label: 'the change comes here', labelSide: 'right' });
  });

  it('keeps words clear of the handle of the playhead', () => {
    expect(place([marker(300, 'templateEdited')], 340)).toEqual([[300, 'Template edited', 'left']]);
  });
});
