import { describe, expect, it } from 'vitest';
import { sceneEn } from '../i18n/sceneEn.ts';
import type { Pod } from '../kube/kinds/pod.ts';
import type { Change } from '../kube/meta.ts';
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

function said(before: Pod, after: Pod): string | undefined {
  const change = {
    seq: 1,
    atMs: 0,
    actor: 'kubelet',
    verb: 'update',
    table: 'Pod',
    key: 'Pod/default/web',
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
