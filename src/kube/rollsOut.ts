// Whether editing an owner's template reaches its pods: some owners replace them by and by, others only cut new ones from it.
import type { KubeObject } from './meta.ts';

export function rollsOut({ kind, spec }: KubeObject): boolean {
  if (kind === 'Deployment') return true;
  if (kind !== 'StatefulSet' && kind !== 'DaemonSet') return false;
  return (spec as { readonly updateStrategy?: { readonly type?: string } }).updateStrategy?.type !== 'OnDelete';
}
