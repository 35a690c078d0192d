// ComponentStatus, how the parts of the control plane do: read only, and of old. Models pkg/registry/core/componentstatus.
import type { Kind } from '../kind.ts';
import type { KubeObject } from '../meta.ts';
import { nameColumn } from './columns.ts';

interface ComponentStatus extends KubeObject {
  readonly kind: 'ComponentStatus';
  readonly conditions?: readonly { readonly type: string; readonly status: string; readonly message?: string; readonly error?: string }[];
}

const healthOf = ({ conditions }: ComponentStatus) => conditions?.find(({ type }) => type === 'Healthy');
const HEALTH: Readonly<Record<string, string>> = { True: 'Healthy', False: 'Unhealthy' };

export const componentStatusKind: Kind<ComponentStatus> = {
  kind: 'ComponentStatus',
  apiVersion: 'v1',
  plural: 'componentstatuses',
  singular: 'componentstatus',
  shortNames: ['cs'],
  namespaced: false,
  hasStatus: false,
  hasGeneration: false,
  isSimulated: true,
  verbs: ['get', 'list'],
  deprecation: 'v1 ComponentStatus is deprecated in v1.19+',
  columns: [
    nameColumn,
    { name: 'Status', value: (status) => HEALTH[healthOf(status)?.status ?? ''] ?? 'Unknown' },
    { name: 'Message', value: (status) => healthOf(status)?.message ?? '' },
    { name: 'Error', value: (status) => healthOf(status)?.error ?? '' },
  ],
};
