// What a lesson may ask to show (lessons/tabs.ts) is what the inspector has.
import { describe, expect, it } from 'vitest';
import { pageEn } from '../../i18n/en/page.ts';
import type { KubeObject } from '../../kube/meta.ts';
import { tabsOf as tabsInLessons } from '../../lessons/tabs.ts';
import { tabsOf } from './Inspector.tsx';

const ofOwners = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'ReplicationController', 'Job']);
const KINDS = ['Pod', 'Node', 'CronJob', 'Service', ...ofOwners];

describe('the tabs of a kind', () => {
  it.each(KINDS)('are those that a lesson may show: %s', (kind) => {
    const shown = ['node-a', undefined].flatMap((nodeName) =>
      [true, false].flatMap((isInside) => tabsOf(thing(kind, nodeName), { list: () => [] }, pageEn, isInside).map(({ id }) => id)),
    );
    expect(tabsInLessons(kind).toSorted()).toEqual([...new Set(shown)].toSorted());
  });
});

function thing(kind: string, nodeName: string | undefined): KubeObject {
  const metadata = { name: 'web', namespace: 'default', uid: 'u1', resourceVersion: '1', creationTimestamp: '2026-01-01T00:00:00Z' };
  return {
    apiVersion: 'v1',
    kind,
    metadata,
    spec: { nodeName, containers: [], ...(ofOwners.has(kind) ? { template: { spec: { containers: [] } } } : {}) },
  } as unknown as KubeObject;
}
