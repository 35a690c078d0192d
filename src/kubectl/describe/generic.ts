// kubectl describe of a kind that has no describer of its own: every field by a label made from its name.
// Models kubectl/pkg/describe/describe.go GenericDescriber, smartLabelFor.

import { goText } from '../../kube/goText.ts';
import type { KubeObject } from '../../kube/meta.ts';
import { describeEvents } from './events.ts';
import type { Page, Surroundings } from './page.ts';

const SAID_BEFORE = ['.metadata.managedFields', '.metadata.name', '.metadata.namespace', '.metadata.labels', '.metadata.annotations'];

export function describeGeneric(object: KubeObject, page: Page, around: Surroundings): void {
  const { metadata } = object;
  page.field(0, 'Name', metadata.name);
  page.field(0, 'Namespace', metadata.namespace ?? '');
  page.labels('Labels', metadata.labels);
  page.annotations('Annotations', metadata.annotations);
  describeFields(object as unknown as Fields, page, 0, '');
  describeEvents(object, page, around);
}

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);

function describeFields(fields: Fields, page: Page, level: number, path: string): void {
  for (const name of Object.keys(fields).sort()) {
    const value = fields[name];
    const here = `${path}.${name}`;
    if (value === undefined || SAID_BEFORE.includes(here)) continue;
    if (isFields(value)) {
      page.line(level, `${labelFor(name)}:`);
      describeFields(value, page, level + 1, here);
    } else if (Array.isArray(value)) {
      page.line(level, `${labelFor(name)}:`);
      for (const item of value) {
        if (isFields(item)) describeFields(item, page, level + 1, here);
        else page.line(level + 1, goText(item));
      }
    } else page.field(level, labelFor(name), goText(value));
  }
}

const ACRONYMS = ['API', 'URL', 'UID', 'GUID'];

/** `creationTimestamp` becomes `Creation Timestamp`, `apiVersion` `API Version`; names with other letters stay as they are. */
export function labelFor(name: string): string {
  if (/[^\p{L}-]/u.test(name)) return name;
  const parts = name.match(/\p{Lu}+(?!\p{Ll})|\p{Lu}\p{Ll}*|\p{Ll}+|-+/gu) ?? [name];
  return parts
    .map((part) => {
      if (ACRONYMS.includes(part.toUpperCase())) return part.toUpperCase();
      return part === part.toLowerCase() ? part.charAt(0).toUpperCase() + part.slice(1) : part;
    })
    .join(' ');
}
