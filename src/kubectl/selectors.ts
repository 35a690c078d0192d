// The texts of -l and --field-selector as filters. What reads them comes later, with what apply prunes by them.
import { Late } from '../base/late.ts';
import type { Kind } from '../kube/kind.ts';
import type { KubeObject } from '../kube/meta.ts';
import type * as selecting from './selecting.ts';

export const selectors = new Late<typeof selecting>('selectors');

/** A filter of objects of `kind` by both selectors. Throws the server's BadRequest for texts that are none. */
export function selectorFilter(kind: Kind, labels: string, fields: string): (object: KubeObject) => boolean {
  return labels === '' && fields === '' ? () => true : selectors.get().filterBy(kind, labels, fields);
}
