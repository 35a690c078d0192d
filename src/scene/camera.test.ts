import { describe, expect, test } from 'vitest';
import { createCamera } from './camera.ts';

/** A camera on a view of 400 by 300 that shows a stage of the same size; its svg is asked for nothing before gestures are attached. */
function still() {
  const moves: [x: number, y: number, k: number][] = [];
  const camera = createCamera({} as SVGSVGElement, { onMove: (x, y, k) => moves.push([x, y, k]), mayBegin: () => true });
  camera.frame({ width: 400, height: 300 }, { width: 400, height: 300 }, false);
  return { camera, moves };
}

describe('a camera that no hands move yet', () => {
  test('shows the whole stage, and enlarges it about its middle', () => {
    const { camera, moves } = still();
    expect(moves.at(-1)).toEqual([0, 0, 1]);
    camera.zoomBy(2);
    expect(moves.at(-1)).toEqual([-200, -150, 2]);
    expect(camera.toStage(200, 150)).toEqual([200, 150]);
  });

  test('keeps within its least and most', () => {
    const { camera } = still();
    camera.zoomBy(100);
    expect(camera.zoom).toBe(4);
    camera.zoomBy(0.001);
    expect(camera.zoom).toBe(1);
  });

  test('is panned, and stays where it was put until the whole is asked for', () => {
    const { camera, moves } = still();
    camera.panBy(10, -20);
    camera.frame({ width: 500, height: 300 }, { width: 400, height: 300 }, false);
    expect(moves.at(-1)).toEqual([10, -20, 1]);
    camera.fit();
    expect(moves.at(-1)).toEqual([50, 0, 1]);
  });
});
