// The texts of -l and --field-selector as filters, and the server's refusals.
import { ApiError } from '../kube/errors.ts';
import { fieldOf, groupOf, type Kind } from '../kube/kind.ts';
import { matchesRequirements } from '../kube/labels.ts';
import type { KubeObject } from '../kube/meta.ts';
import { matchesFields, parseFieldSelector, parseSelector, SelectorError } from '../kube/selectorText.ts';

/** A filter of objects of `kind` by both selectors. Throws the server's BadRequest for texts that are none. */
export function filterBy(kind: Kind, labels: string, fields: string): (object: KubeObject) => boolean {
  return askedAs(kind, labels, fields, () => {
    const requirements = parseSelector(labels);
    const fieldRequirements = parseFieldSelector(fields);
    // A field that objects of this kind do not have is refused even where there are no objects.
    const blank = {
      apiVersion: '',
      kind: kind.kind,
      metadata: { name: '' },
      spec: {},
      status: {},
      involvedObject: {},
      source: {},
    } as KubeObject;
    matchesAll(fieldRequirements, kind, blank);
    return (object) => matchesRequirements(requirements, object.metadata.labels) && matchesAll(fieldRequirements, kind, object);
  });
}

function matchesAll(requirements: ReturnType<typeof parseFieldSelector>, kind: Kind, object: KubeObject): boolean {
  return requirements.map((requirement) => matchesFields([requirement], (field) => fieldOf(kind, object, field))).every(Boolean);
}

function askedAs<T>(kind: Kind, labels: string, fields: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof SelectorError)) throw error;
    const resource = `${groupOf(kind.apiVersion) ? '' : '/'}${kind.apiVersion}, Resource=${kind.plural}`;
    throw new ApiError(
      'BadRequest',
      `Unable to find "${resource}" that match label selector ${JSON.stringify(labels)}, field selector ${JSON.stringify(fields)}: ${error.message}`,
    );
  }
}
