import { describe, expect, it } from 'vitest';
import { sceneEn } from '../i18n/en/scene.ts';
import type { Pod } from '../kube/kinds/pod.ts';
import { type Change, type KubeObject, keyOf } from '../kube/meta.ts';
import { sentenceFor } from './happenings.ts';
import { Looks } from './looks.ts';

const pod = (image: string, restartCount: number, phase = 'Running') =>
  ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web', namespace: 'default' },
    spec: { nodeName: 'node-a', containers: [{ name: 'web', image }] },
    status: { phase, containerStatuses: [{ name: 'web', restartCount, state: {}, lastState: {} }] },
  }) as unknown as Pod;

function said(before: KubeObject, after: KubeObject): string | undefined {
  const change = {
    seq: 1,
    atMs: 0,
    actor: 'kubelet',
    verb: 'update',
    table: after.kind,
    key: keyOf(after),
    before,
    after,
    cause: undefined,
  };
  return sentenceFor(change as unknown as Change, new Looks(), sceneEn)?.text;
}

describe('sentenceFor', () => {
  it('tells that a pod got another image, and that its container starts again', () => {
    expect(said(pod('nginx:1.25', 0), pod('nginx:1.26', 0))).toBe('web has another image now.');
    expect(said(pod('nginx:1.26', 0), pod('nginx:1.26', 1))).toBe('A container of web starts again.');
  });

  it('tells a crash when it happens, once, and not what a deletion kills', () => {
    const ended = (exitCode: number, metadata = {}) => {
      const { status, ...rest } = pod('busybox', 1);
      const state = { terminated: { exitCode } };
      return {
        ...rest,
        metadata: { ...rest.metadata, ...metadata },
        status: { ...status, containerStatuses: [{ restartCount: 1, state, lastState: {} }] },
      };
    };
    const waiting = pod('busybox', 1);
    const backOff = { state: { waiting: { reason: 'CrashLoopBackOff' } }, lastState: { terminated: { exitCode: 1 } } };
    Object.assign(waiting.status.containerStatuses?.[0] ?? {}, backOff);
    expect(said(pod('busybox', 1), ended(1) as unknown as Pod)).toBe('web crashed.');
    expect(said(ended(1) as unknown as Pod, waiting)).toBeUndefined();
    expect(said(pod('busybox', 1), ended(0) as unknown as Pod)).toBeUndefined();
    const deleted = { deletionTimestamp: 'now' };
    expect(said({ ...pod('busybox', 1), metadata: { name: 'web', ...deleted } }, ended(137, deleted) as unknown as Pod)).toBeUndefined();
  });

  it('tells that a node is closed to new pods, and opened again', () => {
    const node = (spec: object): KubeObject => ({ apiVersion: 'v1', kind: 'Node', metadata: { name: 'node-a' }, spec }) as KubeObject;
    expect(said(node({}), node({ unschedulable: true }))).toBe('node-a is cordoned: no new pods land there.');
    expect(said(node({ unschedulable: true }), node({}))).toBe('node-a takes new pods again.');
  });

  it('tells how a pod ends by itself', () => {
    expect(said(pod('busybox', 0), pod('busybox', 0, 'Succeeded'))).toBe('web has completed.');
    expect(said(pod('busybox', 0), pod('busybox', 0, 'Failed'))).toBe('web has failed.');
  });

  it('does not take for its own end what a deletion brings', () => {
    const deleted = (phase: string) =>
      ({ ...pod('nginx', 0, phase), metadata: { name: 'web', deletionTimestamp: 'now' } }) as unknown as Pod;
    expect(said(deleted('Running'), deleted('Succeeded'))).toBeUndefined();
  });

  it('says nothing of what need not be said', () => expect(said(pod('nginx', 1), pod('nginx', 1))).toBeUndefined());
});
