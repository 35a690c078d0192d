import { describe, expect, it } from 'vitest';
import type { KubeObject, Snapshot } from '../kube/meta.ts';
import { fillPlaceholders } from './placeholders.ts';

const pod = (name: string, app: string, uid: string): KubeObject =>
  ({ apiVersion: 'v1', kind: 'Pod', metadata: { name, uid, labels: { app } } }) as KubeObject;
const pods = [pod('web-2', 'web', '2'), pod('web-1', 'web', '1'), pod('db', 'db', '3')];
const snapshot: Snapshot = { seq: 0, atMs: 0, get: () => undefined, list: () => pods, tables: ['Pod'] };

describe('fillPlaceholders', () => {
  it('puts names in the order of creation', () => {
    expect(fillPlaceholders('delete pod {{pod app=web 0}} {{pod app=web -1}}', snapshot)).toBe('delete pod web-1 web-2');
  });

  it('leaves what names nothing, unless somebody says what to do', () => {
    const line = 'delete pod {{pod app=none 0}}';
    expect(fillPlaceholders(line, snapshot)).toBe(line);
    expect(fillPlaceholders(line, snapshot, (_, count) => `none of ${count}`)).toBe('delete pod none of 0');
  });
});
