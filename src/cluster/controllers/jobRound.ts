// A Job and its pods as one reconcile sees them, and what it works out on the way. The status is a draft until it is written.
import type { Job, JobStatus } from '../../kube/kinds/job.ts';
import type { Pod } from '../../kube/kinds/pod.ts';
import type { Condition } from '../../kube/meta.ts';
import type { BackoffRecord } from './jobBackoff.ts';
import type { Indexes } from './jobIndexes.ts';

export interface StatusDraft extends Omit<{ -readonly [Field in keyof JobStatus]: JobStatus[Field] }, 'uncountedTerminatedPods'> {
  uncountedTerminatedPods: { succeeded: readonly string[]; failed: readonly string[] };
}

export interface Round {
  readonly job: Job;
  readonly status: StatusDraft;
  readonly pods: readonly Pod[];
  readonly active: readonly Pod[];
  /** Pods succeeded and failed so far, the ones that are not counted yet included. */
  succeeded: number;
  readonly failed: number;
  /** Of the active pods, after what this round deletes. */
  ready: number;
  /** Pods that are being deleted and have not ended. */
  terminating: number;
  /** The indexes that had succeeded before this round, and those that have now. */
  readonly indexesBefore: Indexes;
  readonly succeededIndexes: Indexes;
  /** The indexes that are lost; only with a back-off limit per index. */
  readonly failedIndexes: Indexes | undefined;
  /** Failed pods that stay until their index has a new one, which is told how often it has failed. */
  readonly awaitingReplacement: ReadonlyMap<number, Pod>;
  readonly backoff: BackoffRecord | undefined;
  /** The condition with which the Job ends, once it is clear that it does. */
  end: Condition | undefined;
}

export function draftOf({ status }: Job): StatusDraft {
  const { succeeded = [], failed = [] } = status.uncountedTerminatedPods ?? {};
  return { ...status, uncountedTerminatedPods: { succeeded, failed } };
}

/** The draft as it is stored: what is zero or empty is left out, as Go does. */
export function statusOf({ status }: Round): JobStatus {
  const { active, succeeded, failed, completedIndexes, conditions, uncountedTerminatedPods: uncounted, ...rest } = status;
  return {
    ...rest,
    ...(conditions && conditions.length > 0 ? { conditions } : {}),
    ...(active ? { active } : {}),
    ...(succeeded ? { succeeded } : {}),
    ...(failed ? { failed } : {}),
    ...(completedIndexes ? { completedIndexes } : {}),
    uncountedTerminatedPods: {
      ...(uncounted.succeeded.length > 0 ? { succeeded: uncounted.succeeded } : {}),
      ...(uncounted.failed.length > 0 ? { failed: uncounted.failed } : {}),
    },
  };
}
