// Why a plugin says no to a node, or to all of them.

export interface Rejection {
  readonly plugin: string;
  /** Kubernetes' own sentences. */
  readonly reasons: readonly string[];
  /** No pod that leaves the node could help: preemption need not look here. */
  readonly isFinal: boolean;
}
