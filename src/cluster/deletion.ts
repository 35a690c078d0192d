// What a request to delete makes of an object that grace or finalizers hold.
// Models staging/src/k8s.io/apiserver/pkg/registry/rest/delete.go BeforeDelete and registry/generic/registry/store.go.
import { isEqual } from '../base/equal.ts';
import type { Kind } from '../kube/kind.ts';
import { fromTimestamp, type KubeObject, toTimestamp } from '../kube/meta.ts';

export type DeletionPropagation = 'Background' | 'Foreground' | 'Orphan';

export interface DeleteOptions {
  readonly gracePeriodSeconds?: number;
  readonly propagationPolicy?: DeletionPropagation;
  readonly preconditions?: { readonly uid?: string; readonly resourceVersion?: string };
  readonly dryRun?: boolean;
}

/** The object as it waits for its end; itself when it waits already; undefined when nothing holds it. */
export function markDeleted<T extends KubeObject>(old: T, kind: Kind, options: DeleteOptions, nowMs: number): T | undefined {
  const { metadata } = old;
  const isMarked = metadata.deletionTimestamp !== undefined;
  const oldGraceSeconds = metadata.deletionGracePeriodSeconds ?? 0;
  const graceSeconds = kind.graceSeconds?.(old, options.gracePeriodSeconds) ?? 0;
  const added = isMarked ? [] : (kind.deletionFinalizers ?? []);
  const finalizers = [...finalizersFor(old, options.propagationPolicy, kind.defaultPropagation ?? 'Background'), ...added];
  const held = kind.holdDeletion?.(old) as T | undefined;
  if (graceSeconds === 0 && finalizers.length === 0 && !held) return undefined;
  const isKept = isMarked && graceSeconds >= oldGraceSeconds;
  if (isKept && isEqual(finalizers, metadata.finalizers ?? [])) return old;
  // A second, shorter grace counts from the first request.
  const askedMs = isMarked ? fromTimestamp(metadata.deletionTimestamp) - oldGraceSeconds * 1000 : nowMs;
  return {
    ...(held ?? old),
    metadata: {
      ...metadata,
      ...(finalizers.length > 0 ? { finalizers } : {}),
      ...(isKept ? {} : { deletionTimestamp: toTimestamp(askedMs + graceSeconds * 1000) }),
      ...(isKept || held ? {} : { deletionGracePeriodSeconds: graceSeconds }),
      ...(!isMarked && kind.hasGeneration ? { generation: (metadata.generation ?? 0) + 1 } : {}),
    },
  };
}

/** Models registry/generic/registry/store.go deletionFinalizersForGarbageCollection: what nobody asks to change stays. */
function finalizersFor(object: KubeObject, asked: DeletionPropagation | undefined, usual: DeletionPropagation): readonly string[] {
  const given = object.metadata.finalizers ?? [];
  const own = given.filter((finalizer) => finalizer !== 'orphan' && finalizer !== 'foregroundDeletion');
  if (asked === undefined && own.length < given.length) return given;
  const policy = asked ?? usual;
  if (policy === 'Orphan') return [...own, 'orphan'];
  if (policy === 'Foreground') return [...own, 'foregroundDeletion'];
  return own;
}
