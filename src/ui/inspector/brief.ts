// What differs between cutter and cookie in a few rows, for a narrow page: a field, and what each side says of it.
import type { ComparedLine } from './compare.ts';

export interface BriefRow {
  readonly path: string;
  /** `image`, `memory`, `readinessProbe`. */
  readonly field: string;
  /** Undefined where this side says nothing. */
  readonly cutter: string | undefined;
  readonly cookie: string | undefined;
}

export function briefOf(lines: readonly ComparedLine[]): readonly BriefRow[] {
  const rows = new Map<string, ComparedLine[]>();
  for (const line of lines.filter(({ isDifferent }) => isDifferent)) rows.set(line.path, [...(rows.get(line.path) ?? []), line]);
  return [...rows].map(([path, own]) => {
    const field = /([^.[\]]+)\]?$/.exec(path)?.[1] ?? '';
    return { path, field, cutter: valueOf(own.map(({ cutter }) => cutter)), cookie: valueOf(own.map(({ cookie }) => cookie)) };
  });
}

/** `256Mi` of `memory: 256Mi`; of several lines what stands at their ends: `path: /, port: 80`. */
function valueOf(texts: readonly (string | undefined)[]): string | undefined {
  const said = texts.filter((text) => text !== undefined).map((text) => text.trim());
  if (said.length === 0) return undefined;
  const [only] = said;
  if (said.length === 1 && only !== undefined) return only.slice(only.indexOf(': ') < 0 ? 0 : only.indexOf(': ') + 2);
  return said.filter((text) => !text.endsWith(':')).join(', ');
}
