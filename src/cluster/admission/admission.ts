// What an admission plugin is.
import type { KubeObject } from '../../kube/meta.ts';

/** What an admission plugin may see of the server. */
export interface ObjectReader {
  readonly nowMs: number;
  get<T extends KubeObject>(kind: T['kind'], namespace: string | undefined, name: string): T | undefined;
  list<T extends KubeObject>(kind: T['kind'], namespace?: string): T[];
}

/** Changes or refuses (by throwing ApiError) what is about to be written. */
export interface Admission {
  readonly name: string;
  /** The kinds it wants to see; `*` for all. */
  readonly kinds: readonly string[];
  create?(object: KubeObject, api: ObjectReader): KubeObject;
  update?(object: KubeObject, old: KubeObject, api: ObjectReader): KubeObject;
  delete?(object: KubeObject, api: ObjectReader): void;
}
