import { expect, it } from 'vitest';
import type { Event } from '../../kube/kinds/event.ts';
import type { Node } from '../../kube/kinds/node.ts';
import type { Pod } from '../../kube/kinds/pod.ts';
import { keyOf } from '../../kube/meta.ts';
import { NO_BUDGET } from '../../session/playback.ts';
import { World } from '../../session/world.ts';
import { memoryPressure } from './memoryPressure.ts';

it('evicts who takes most beyond the request, then who matters less, and leaves all others where they are', () => {
  const world = new World({ scenario: memoryPressure, seed: 1, onTerminal: () => {}, onEdit: () => {} });
  world.runOn(70_000, NO_BUDGET);
  const { api } = world.cluster;
  const evicted = api.list<Event>('Event').filter(({ reason }) => reason === 'Evicted');
  expect(evicted.map(({ involvedObject: { name } }) => name?.replace(/-.*/, ''))).toEqual(['hog', 'batch']);
  const pods = api
    .list<Pod>('Pod')
    .map(({ metadata, status, spec }) => `${metadata.name.replace(/batch-.*/, 'batch')} ${status.phase} ${spec.nodeName}`);
  expect(pods.toSorted()).toEqual([
    'batch Failed node-a',
    'batch Running node-b',
    'guaranteed Running node-a',
    'hog Failed node-a',
    'important Running node-a',
    'modest Running node-a',
  ]);
  expect(memoryPressure.select?.(world.cluster.snapshot())).toBe(keyOf(api.list<Node>('Node')[0] as Node));
});
