// What an admission plugin is.
import type { KindTable } from '../../kube/kindTable.ts';
import type { KubeObject } from '../../kube/meta.ts';
import type { WriteOptions } from '../writeOptions.ts';

/** What an admission plugin may see of the server. */
export interface ObjectReader {
  readonly nowMs: number;
  readonly kinds: KindTable;
  /** Who writes. */
  readonly actor: string;
  get<T extends KubeObject>(kind: T['kind'], namespace: string | undefined, name: string): T | undefined;
  list<T extends KubeObject>(kind: T['kind'], namespace?: string): T[];
  count(kind: string): number;
  /** Tells whoever asked something beside the answer. */
  warn(text: string): void;
}

/** Changes or refuses (by throwing ApiError) what is about to be written. */
export interface Admission {
  readonly name: string;
  /** The kinds it wants to see; `*` for all. */
  readonly kinds: readonly string[];
  create?(object: KubeObject, api: ObjectReader): KubeObject;
  update?(object: KubeObject, old: KubeObject, api: ObjectReader): KubeObject;
  /** Whether what it changes must be checked even where the parts of the object were checked before. */
  readonly mayInvalidate?: boolean;
  /**
   * Refuses what has passed validation; `old` is missing for what is new. Returns the objects whose status has to be written
   * down with it.
   */
  validate?(object: KubeObject, old: KubeObject | undefined, api: ObjectReader, options: WriteOptions): readonly KubeObject[] | void;
  delete?(object: KubeObject, api: ObjectReader): void;
}

/** Those of the plugins that want to see the objects of a table. */
export function pluginsFor(table: string, plugins: readonly Admission[]): readonly Admission[] {
  return plugins.filter(({ kinds }) => kinds.includes(table) || kinds.includes('*'));
}
