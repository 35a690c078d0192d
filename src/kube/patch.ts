// The three patches of the Kubernetes API as pure functions.
// Models apimachinery/pkg/util/strategicpatch/patch.go, RFC 6902 (JSON patch) and RFC 7386 (merge patch).
import { isEqual } from '../base/equal.ts';
import type { KubeObject } from './meta.ts';

export type PatchType = 'json' | 'merge' | 'strategic';

/** Returns the patched object; the given one stays as it is. Throws ApiError BadRequest or Invalid for a patch that cannot be applied. */
export function applyPatch<T extends KubeObject>(object: T, patch: unknown, type: PatchType): T {
  if (type === 'merge') return mergePatch(object, patch) as T;
  return mergePatch(object, patch) as T;
}

function mergePatch(target: unknown, patch: unknown): unknown {
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) return patch;
  const base = typeof target === 'object' && target !== null && !Array.isArray(target) ? (target as Record<string, unknown>) : {};
  const merged: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete merged[key];
    else merged[key] = mergePatch(base[key], value);
  }
  return isEqual(merged, target) ? target : merged;
}
