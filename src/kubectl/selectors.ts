// The texts of -l and --field-selector as filters.
import type { Kind } from '../kube/kind.ts';
import type { KubeObject } from '../kube/meta.ts';

/** Whether an object's labels match `text`; everything matches an empty one. */
export function labelFilter(text: string): (object: KubeObject) => boolean {
  const terms = text.split(',').filter(Boolean);
  return ({ metadata }) =>
    terms.every((term) => {
      const [key = '', value] = term.split(/==?/);
      return value === undefined ? metadata.labels?.[key] !== undefined : metadata.labels?.[key] === value;
    });
}

/** Whether an object's fields match `text`; everything matches an empty one. */
export function fieldFilter(text: string, _kind: Kind): (object: KubeObject) => boolean {
  const terms = text.split(',').filter(Boolean);
  return (object) =>
    terms.every((term) => {
      const [path = '', value = ''] = term.split(/==?/);
      return String(valueAt(object, path) ?? '') === value;
    });
}

function valueAt(object: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], object);
}
