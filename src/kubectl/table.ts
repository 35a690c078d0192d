// The tables of `kubectl get`. Models cli-runtime/pkg/printers/tableprinter.go.

import type { Kind } from '../kube/kind.ts';
import { formatLabels } from '../kube/labels.ts';
import type { KubeObject } from '../kube/meta.ts';
import { nameOf } from './resources.ts';
import { align, TABLE } from './tabwriter.ts';

export interface TableOptions {
  readonly isWide?: boolean;
  readonly isWithNamespace?: boolean;
  /** `deployment.apps/web` in the first column: several kinds are on the screen. */
  readonly isWithKind?: boolean;
  readonly isWithLabels?: boolean;
  readonly labelColumns?: readonly string[];
  readonly isWithoutHeaders?: boolean;
}

/** The lines of a table, cells ended by tabs. */
export function tableLines(kind: Kind, objects: readonly KubeObject[], nowMs: number, options: TableOptions): string[] {
  const columns = kind.columns.filter((column) => options.isWide || !column.wide);
  const labels = options.labelColumns ?? [];
  const headers = [
    ...(options.isWithNamespace ? ['NAMESPACE'] : []),
    ...columns.map(({ name }) => name.toUpperCase()),
    ...labels.map((label) => (label.split('/').at(-1) as string).toUpperCase()),
    ...(options.isWithLabels ? ['LABELS'] : []),
  ];
  const rows = objects.map((object) => {
    const { metadata } = object;
    const cells = columns.map((column) => firstLine(column.value(object, nowMs)));
    if (options.isWithKind) cells[0] = nameOf(kind, metadata.name);
    return [
      ...(options.isWithNamespace ? [metadata.namespace ?? ''] : []),
      ...cells,
      ...labels.map((label) => metadata.labels?.[label] ?? '<none>'),
      ...(options.isWithLabels ? [formatLabels(metadata.labels)] : []),
    ].join('\t');
  });
  return options.isWithoutHeaders ? rows : [headers.join('\t'), ...rows];
}

/** Rows under headers, aligned and ended with a line end; nothing for no lines. */
export function alignTable(lines: readonly string[], remembered?: number[]): string {
  return lines.length === 0 ? '' : `${align(lines.join('\n'), TABLE, remembered)}\n`;
}

/** A cell is one line: what follows a line end is cut, and said to be. */
function firstLine(cell: string): string {
  const at = cell.search(/[\f\n\r]/);
  return at < 0 ? cell : `${cell.slice(0, at)}...`;
}
