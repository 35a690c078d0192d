// The scale of an object as an object of its own: what `--subresource=scale` reads, and what policies see of a request for it.
// Models k8s.io/api/autoscaling/v1/types.go and printScale of pkg/printers/internalversion/printers.go.
import type { Kind } from '../kind.ts';
import { formatSelector } from '../labels.ts';
import type { KubeObject, LabelSelector } from '../meta.ts';
import { numberAt } from '../scale.ts';
import { ageColumn, nameColumn } from './columns.ts';

export interface Scale extends KubeObject {
  readonly spec: { readonly replicas: number };
  readonly status: { readonly replicas: number; readonly selector?: string };
}

/** The scale of an object of a kind that has one. */
export function scaleOf(object: KubeObject, { scale: paths }: Kind): Scale | undefined {
  if (!paths) return undefined;
  const { name, namespace, uid, resourceVersion, creationTimestamp } = object.metadata;
  const { selector } = (object.spec ?? {}) as { readonly selector?: LabelSelector | Readonly<Record<string, string>> };
  const isPlain = selector !== undefined && !('matchLabels' in selector) && !('matchExpressions' in selector);
  const asSelector = (isPlain ? { matchLabels: selector } : selector) as LabelSelector | undefined;
  return {
    apiVersion: 'autoscaling/v1',
    kind: 'Scale',
    metadata: { name, ...(namespace ? { namespace } : {}), uid, resourceVersion, creationTimestamp } as KubeObject['metadata'],
    spec: { replicas: numberAt(object, paths.specReplicasPath) ?? 0 },
    status: {
      replicas: numberAt(object, paths.statusReplicasPath) ?? 0,
      ...(asSelector ? { selector: formatSelector(asSelector) } : {}),
    },
  };
}

/** A scale is only ever asked of another object: the kind is in no registry. */
export const scaleKind: Kind<Scale> = {
  kind: 'Scale',
  apiVersion: 'autoscaling/v1',
  plural: 'scales',
  singular: 'scale',
  shortNames: [],
  namespaced: true,
  hasStatus: true,
  hasGeneration: false,
  isSimulated: true,
  columns: [
    nameColumn,
    { name: 'Desired', value: ({ spec }) => String(spec.replicas) },
    { name: 'Available', value: ({ status }) => String(status.replicas) },
    ageColumn,
  ],
};
