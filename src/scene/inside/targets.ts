// What can have the focus inside a pod, and what each is called in full for those who listen.

import type { Rect } from '../item.ts';
import type { PartId } from './model.ts';
import type { InsideLayout } from './placed.ts';
import type { InsideWords } from './words.ts';

export type InsideRegion = 'network' | 'containers' | 'storage';

export interface InsideTarget {
  readonly key: PartId;
  readonly region: InsideRegion;
  readonly x: number;
  readonly y: number;
  readonly rect: Rect;
  readonly name: string;
}

/** In reading order: door, plugs, then each container with its mounts, then each volume with its files. */
export function insideTargets(
  { model, door, inits, containers, mounts, volumes }: InsideLayout,
  words: InsideWords,
  atMs: number,
): readonly InsideTarget[] {
  const targets: InsideTarget[] = [];
  const add = (key: PartId, region: InsideRegion, rect: Rect, name: string) =>
    targets.push({ key, region, x: rect.x + rect.width / 2, y: rect.y + rect.height / 2, rect, name });
  add('door', 'network', door, words.doorName(model));
  for (const { box, plugs } of containers)
    for (const { plug, x, y, width } of plugs)
      add(plug.id, 'network', { x: x - width / 2, y: y - 11, width, height: 22 }, words.plugName(plug, box.name));
  for (const { box, rect } of [...inits, ...containers]) {
    add(box.id, 'containers', rect, words.containerName(box, words.state(box.state, box.restarts, atMs)));
    for (const { mount, window, container } of mounts)
      if (container === box.name)
        add(mount.id, 'containers', window, words.mountName(mount.path, mount.volume, container, mount.isReadOnly));
  }
  for (const { box, rect, files } of volumes) {
    add(box.id, 'storage', rect, words.volumeName(box, words.volumeType(box, true)));
    for (const { file, x, y, width, isLarge } of files)
      add(
        file.id,
        'storage',
        { x: x - 4, y: y - 4, width, height: isLarge ? 52 : 36 },
        words.fileName(file, box.name, file.atMs === undefined ? undefined : atMs - file.atMs),
      );
  }
  return targets;
}
