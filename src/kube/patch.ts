// The three patches of the Kubernetes API as pure functions.
// Models staging/src/k8s.io/apiserver/pkg/endpoints/handlers/patch.go; RFC 7386 (merge patch) is here, the others have files of their own.
import { isEqual } from '../base/equal.ts';
import { decode } from './decode.ts';
import { ApiError } from './errors.ts';
import { goText, isMap } from './goText.ts';
import { type Decoded, isCustom, type Kind } from './kind.ts';
import type { KindTable } from './kindTable.ts';
import { jsonPatches } from './late.ts';
import { applyMerging, patchMerging } from './mergeKeys.ts';
import { type KubeObject, tableOf } from './meta.ts';
import { strategicMerge } from './strategicMerge.ts';

export type PatchType = 'json' | 'merge' | 'strategic';

export interface PatchOptions {
  readonly strict?: boolean;
  /** The kinds of the world, where objects of custom ones are patched. */
  readonly kinds?: KindTable;
}

/**
 * Returns the patched object; the given one stays as it is. Throws ApiError BadRequest or Invalid for a patch that cannot be applied.
 * Unknown fields are dropped; `strict` refuses them.
 */
export function applyPatch<T extends KubeObject>(
  object: T,
  patch: unknown,
  type: PatchType,
  { strict = false, kinds }: PatchOptions = {},
): T {
  const { object: decoded, unknownFields } = decodedPatch(patchedObject(object, patch, type), patch, type, kinds);
  if (!strict || unknownFields.length === 0) return decoded;
  throw invalidPatch(patchText(decoded, patch, type), `strict decoding error: ${unknownFields.map(unknownField).join(', ')}`);
}

/** The fields of a patch that the kind does not have, as a server warns of them. */
export function unknownFieldsOf(object: KubeObject, patch: unknown, type: PatchType, kinds: KindTable): readonly string[] {
  return decodedPatch(patchedObject(object, patch, type), patch, type, kinds).unknownFields.map(unknownField);
}

const unknownField = (field: string): string => `unknown field ${JSON.stringify(field)}`;

export function patchedObject<T extends KubeObject>(object: T, patch: unknown, type: PatchType): T {
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
  return patched as T;
}

/** What a patch makes of an object must be an object of its kind; the mistake is then in the patch. */
function decodedPatch<T extends KubeObject>(patched: T, patch: unknown, type: PatchType, kinds?: KindTable): Decoded<T> {
  try {
    return decode(patched, kinds);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const reason = error.message.slice(error.message.indexOf(': ') + 2);
    throw invalidPatch(patchText(patched, patch, type), type === 'strategic' ? converterReason(reason) : reason);
  }
}

/** Strategic patches are shown themselves, the others by what they made. */
function patchText(patched: KubeObject, patch: unknown, type: PatchType): string {
  return type === 'strategic' ? goText(patch) : JSON.stringify(patched);
}

function invalidPatch(shown: string, reason: string): ApiError {
  const text = `Invalid value: ${JSON.stringify(shown)}: ${reason}`;
  return new ApiError('Invalid', ` "" is invalid: patch: ${text}`, { causes: [{ type: 'Invalid value', field: 'patch', text }] });
}

/** A strategic merge is read by another decoder with words of its own. Models apimachinery/pkg/runtime/converter.go. */
function converterReason(reason: string): string {
  const found = /^json: cannot unmarshal (\w+)(?: \S+)? into Go .* of type (\S+)$/.exec(reason);
  if (!found) return reason;
  const [, given = '', wanted = ''] = found;
  const kind = { number: 'int64', object: 'map', array: 'slice' }[given] ?? given;
  if (wanted.startsWith('[]')) return `cannot restore slice from ${kind}`;
  if (wanted.startsWith('map[')) return `cannot restore map from ${kind}`;
  if (/^(string|bool|u?int\d*|float\d+)$/.test(wanted)) {
    return wanted === 'string' && kind === 'int64' ? 'cannot convert int64 to string' : `unrecognized type: ${wanted}`;
  }
  return `cannot restore struct from: ${kind}`;
}

function patchedValue(object: KubeObject, patch: unknown, type: PatchType): unknown {
  if (type === 'json') return jsonPatches.get().jsonPatch(object, patch);
  if (!isMap(patch)) {
    const found = patch === null ? 'null' : Array.isArray(patch) ? 'array' : typeof patch;
    throw new ApiError('BadRequest', `error decoding patch: json: cannot unmarshal ${found} into Go value of type map[string]interface {}`);
  }
  return type === 'merge' ? mergePatch(object, patch) : strategicMerge(object, patch, patchMerging(tableOf(object)));
}

/** An object with what was given of it: lists are merged by their keys where the kind has any, which custom ones do not. */
export function mergeGiven<T extends KubeObject>(object: T, given: unknown, kind: Kind): T {
  return (isCustom(kind) ? mergePatch(object, given) : strategicMerge(object, given, applyMerging(tableOf(kind)))) as T;
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
