// Columns of `kubectl get` that many kinds share. Models pkg/printers/internalversion/printers.go.
import { humanAge } from '../duration.ts';
import type { Column } from '../kind.ts';
import type { KubeObject } from '../meta.ts';
import type { PodTemplateSpec } from './pod.ts';

type AnyColumn = Column<KubeObject>;

export const nameColumn: AnyColumn = { name: 'Name', value: ({ metadata }) => metadata.name };
export const ageColumn: AnyColumn = { name: 'Age', value: ({ metadata }, nowMs) => humanAge(metadata.creationTimestamp, nowMs) };

/** Undefined, null and empty text as kubectl shows them. */
export const orNone = (value: unknown): string => (value === undefined || value === null || value === '' ? '<none>' : String(value));

/** Names and images of a template's containers, and the selector: the wide columns of everything that makes pods. */
export function templateColumns<T extends KubeObject>(
  templateOf: (object: T) => PodTemplateSpec | undefined,
  selectorOf?: (object: T) => string,
): readonly Column<T>[] {
  const containersOf = (object: T) => templateOf(object)?.spec?.containers ?? [];
  const columns: Column<T>[] = [
    {
      name: 'Containers',
      wide: true,
      value: (object) =>
        containersOf(object)
          .map(({ name }) => name)
          .join(','),
    },
    {
      name: 'Images',
      wide: true,
      value: (object) =>
        containersOf(object)
          .map(({ image }) => image ?? '')
          .join(','),
    },
  ];
  if (selectorOf) columns.push({ name: 'Selector', wide: true, value: selectorOf });
  return columns;
}
