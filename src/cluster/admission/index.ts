// The admission plugins, in the order in which the API server calls them. Adding one is a file and a line here.
import type { KubeObject } from '../../kube/meta.ts';
import type { ApiServer } from '../apiServer.ts';
import { defaultTolerations } from './defaultTolerations.ts';
import { namespaceLifecycle } from './namespaceLifecycle.ts';

/** Changes or refuses (by throwing ApiError) what is about to be written. */
export interface Admission {
  readonly name: string;
  /** The kinds it wants to see; `*` for all. */
  readonly kinds: readonly string[];
  create?(object: KubeObject, api: ApiServer): KubeObject;
  update?(object: KubeObject, old: KubeObject, api: ApiServer): KubeObject;
  delete?(object: KubeObject, api: ApiServer): void;
}

export const admissions: readonly Admission[] = [namespaceLifecycle, defaultTolerations];
