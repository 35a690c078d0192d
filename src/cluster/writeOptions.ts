// How something is written.
import type { Kind } from '../kube/kind.ts';

export interface WriteOptions {
  /** The writer made the object from parts that were checked before (a pod from a checked template): validation is skipped. */
  readonly trusted?: boolean;
  readonly dryRun?: boolean;
  /** The object says itself whose its fields are; otherwise what it says of that is not heard. */
  readonly isApply?: boolean;
  /** By which name whoever writes is written down; that of the actor unless said. */
  readonly fieldManager?: string;
  /** The kind in the version that whoever writes speaks of, whose rules count. */
  readonly asked?: Kind | undefined;
  /** The part of the object that the request is for. */
  readonly subresource?: string;
}
