// The three patches of the Kubernetes API as pure functions.
// Models staging/src/k8s.io/apiserver/pkg/endpoints/handlers/patch.go; RFC 7386 (merge patch) is here, the others have files of their own.
import { isEqual } from '../base/equal.ts';
import { decode } from './decode.ts';
import { ApiError } from './errors.ts';
import { jsonPatch } from './jsonPatch.ts';
import type { KubeObject } from './meta.ts';
import { goMap, isMap, strategicMerge } from './strategicMerge.ts';

export type PatchType = 'json' | 'merge' | 'strategic';

/** Returns the patched object; the given one stays as it is. Throws ApiError BadRequest or Invalid for a patch that cannot be applied. */
export function applyPatch<T extends KubeObject>(object: T, patch: unknown, type: PatchType): T {
  const patched = patchedValue(object, patch, type);
  const { metadata } = object;
  const given = (isMap(patched) && isMap(patched.metadata) ? patched.metadata : {}) as { name?: string; namespace?: string };
  if (given.name !== metadata.name) {
    throw new ApiError('BadRequest', `the name of the object (${given.name ?? ''}) does not match the name on the URL (${metadata.name})`);
  }
  if (given.namespace !== metadata.namespace) {
    throw new ApiError(
      'BadRequest',
      `the namespace of the object (${given.namespace ?? ''}) does not match the namespace on the URL (${metadata.namespace})`,
    );
  }
  return decodedPatch(patched as T, patch, type);
}

/** What a patch makes of an object must be an object of its kind; the mistake is then in the patch. */
function decodedPatch<T extends KubeObject>(patched: T, patch: unknown, type: PatchType): T {
  try {
    return decode(patched).object;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const reason = error.message.slice(error.message.indexOf(': ') + 2);
    const shown = type === 'strategic' ? goMap(patch) : JSON.stringify(patched);
    const text = `Invalid value: ${JSON.stringify(shown)}: ${reason}`;
    throw new ApiError('Invalid', ` "" is invalid: patch: ${text}`, { causes: [{ type: 'Invalid value', field: 'patch', text }] });
  }
}

function patchedValue(object: KubeObject, patch: unknown, type: PatchType): unknown {
  if (type === 'json') return jsonPatch(object, patch);
  if (!isMap(patch)) {
    const found = patch === null ? 'null' : Array.isArray(patch) ? 'array' : typeof patch;
    throw new ApiError('BadRequest', `error decoding patch: json: cannot unmarshal ${found} into Go value of type map[string]interface {}`);
  }
  return type === 'merge' ? mergePatch(object, patch) : strategicMerge(object, patch, object.kind);
}

/** RFC 7386: maps are merged, null deletes, everything else replaces. */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isMap(patch)) return patch;
  const base = isMap(target) ? target : {};
  const merged: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete merged[key];
    else merged[key] = mergePatch(base[key], value);
  }
  return isEqual(merged, target) ? target : merged;
}
