// What a program of awk knows, as plain data.
import type { Value } from './values.ts';

/** What a function of the program calls its own. */
export interface Locals {
  readonly values: Record<string, Value>;
  /** The arrays that it was given, by its name for them. */
  readonly arrays: Record<string, string>;
}

export interface AwkState {
  variables: Record<string, Value>;
  arrays: Record<string, Record<string, Value>>;
  calls: Locals[];
  line: string;
  fields: string[];
  /** The rules for a stretch of lines that have begun and not ended. */
  open: Record<number, true>;
  /** What was printed and not yet written. */
  printed: string;
  /** The same for files and commands. */
  written: { readonly operator: string; readonly target: string; readonly text: string }[];
  /** How far each file and command was read, and how often what has this name was closed or run. */
  readTo: Record<string, number>;
  uses: Record<string, number>;
  exitCode: number | undefined;
}

export function newAwkState(assigned: Readonly<Record<string, string>>): AwkState {
  const variables = { FS: ' ', OFS: ' ', ORS: '\n', RS: '\n', SUBSEP: '\x1c', NR: 0, FNR: 0, NF: 0, FILENAME: '', ...assigned };
  return {
    variables,
    arrays: {},
    calls: [],
    line: '',
    fields: [],
    open: {},
    printed: '',
    written: [],
    readTo: {},
    uses: {},
    exitCode: undefined,
  };
}
