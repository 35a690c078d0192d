// JSON patch: add, remove, replace, move, copy, test on paths. Models RFC 6902 as github.com/evanphx/json-patch does it.
import { copyOf, isEqual } from '../base/equal.ts';
import { ApiError } from './errors.ts';

interface Operation {
  readonly op?: unknown;
  readonly path?: unknown;
  readonly from?: unknown;
  readonly value?: unknown;
}

/** An API server answers every patch that does not fit with this one sentence. */
function refuse(): never {
  throw new ApiError('Invalid', 'the server rejected our request due to an error in our request');
}

/** The patched value; `target` stays as it is. */
export function jsonPatch(target: unknown, patch: unknown): unknown {
  if (!Array.isArray(patch)) {
    const type = patch === null ? 'null' : typeof patch === 'object' ? 'object' : typeof patch;
    throw new ApiError('BadRequest', `error decoding patch: json: cannot unmarshal ${type} into Go value of type jsonpatch.Patch`);
  }
  let root = copyOf(target);
  for (const operation of patch as readonly Operation[]) root = applied(root, operation);
  return root;
}

function applied(root: unknown, { op, path, from, value }: Operation): unknown {
  if (typeof path !== 'string') return refuse();
  switch (op) {
    case 'add':
      return put(root, stepsOf(path), value, true);
    case 'replace':
      valueAt(root, stepsOf(path));
      return put(root, stepsOf(path), value, false);
    case 'remove':
      return without(root, stepsOf(path));
    case 'test':
      // A path that leads nowhere equals null.
      return isEqual(valueAt(root, stepsOf(path), value === null) ?? null, value ?? null) ? root : refuse();
    case 'copy':
    case 'move': {
      if (typeof from !== 'string') return refuse();
      const moved = copyOf(valueAt(root, stepsOf(from)));
      return put(op === 'move' ? without(root, stepsOf(from)) : root, stepsOf(path), moved, true);
    }
    default:
      throw new ApiError('BadRequest', `error decoding patch: Unexpected kind: ${String(op)}`);
  }
}

function stepsOf(path: string): readonly string[] {
  if (path === '') return [];
  if (!path.startsWith('/')) return refuse();
  return path
    .slice(1)
    .split('/')
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

type Container = Record<string, unknown> | unknown[];

const isContainer = (value: unknown): value is Container => typeof value === 'object' && value !== null;

function indexIn(list: readonly unknown[], step: string, length = list.length): number {
  if (!/^-?\d+$/.test(step)) return refuse();
  const index = Number(step) < 0 ? Number(step) + length : Number(step);
  return index < 0 || index >= length ? refuse() : index;
}

function valueAt(root: unknown, steps: readonly string[], isMissingAllowed = false): unknown {
  let value = root;
  for (const step of steps) {
    if (Array.isArray(value)) value = value[indexIn(value, step)];
    else if (isContainer(value) && Object.hasOwn(value, step)) value = (value as Record<string, unknown>)[step];
    else return isMissingAllowed ? undefined : refuse();
  }
  return value;
}

/** The container that holds the last step; every step up to it must be there. */
function holderOf(root: unknown, steps: readonly string[]): { holder: Container; last: string } {
  const holder = valueAt(root, steps.slice(0, -1));
  return isContainer(holder) ? { holder, last: steps.at(-1) as string } : refuse();
}

function put(root: unknown, steps: readonly string[], value: unknown, isInsert: boolean): unknown {
  if (steps.length === 0) return copyOf(value);
  const { holder, last } = holderOf(root, steps);
  if (!Array.isArray(holder)) holder[last] = copyOf(value);
  else if (isInsert) holder.splice(last === '-' ? holder.length : indexIn(holder, last, holder.length + 1), 0, copyOf(value));
  else holder[indexIn(holder, last)] = copyOf(value);
  return root;
}

function without(root: unknown, steps: readonly string[]): unknown {
  if (steps.length === 0) return refuse();
  const { holder, last } = holderOf(root, steps);
  if (Array.isArray(holder)) holder.splice(indexIn(holder, last), 1);
  else if (Object.hasOwn(holder, last)) delete holder[last];
  else return refuse();
  return root;
}
