// What the policies of a Job make of the end of a pod. Models pkg/controller/job/{pod_failure_policy,success_policy}.go.
import type { JobSpec, PodFailurePolicyRule } from '../../kube/kinds/job.ts';
import type { ContainerStatus, Pod } from '../../kube/kinds/pod.ts';
import { countCommon, countOf, type Indexes, parseIndexes } from './jobIndexes.ts';

export interface FailureVerdict {
  /** Whether the failure counts towards the back-off limits. */
  readonly isCounted: boolean;
  readonly isIndexLost: boolean;
  /** Why the whole Job fails with this pod; undefined where it does not. */
  readonly jobFailure: string | undefined;
}

const COUNTED: FailureVerdict = { isCounted: true, isIndexLost: false, jobFailure: undefined };

/** What the first rule that fits says of a failed pod; without one the failure counts. */
export function verdictOn(pod: Pod, policy: JobSpec['podFailurePolicy']): FailureVerdict {
  for (const [i, rule] of (policy?.rules ?? []).entries()) {
    const evidence = evidenceFor(pod, rule);
    if (!evidence) continue;
    switch (rule.action) {
      case 'Ignore':
        return { ...COUNTED, isCounted: false };
      case 'FailIndex':
        return { ...COUNTED, isIndexLost: true };
      case 'FailJob':
        return { ...COUNTED, jobFailure: `${evidence} matching ${rule.action} rule at index ${i}` };
      case 'Count':
        return COUNTED;
    }
  }
  return COUNTED;
}

/** What makes the rule fit, in the words of a failure message; undefined where it does not. */
function evidenceFor({ metadata, status }: Pod, { onExitCodes, onPodConditions }: PodFailurePolicyRule): string | undefined {
  const name = `${metadata.namespace}/${metadata.name}`;
  if (onExitCodes) {
    const containers = [...(status.containerStatuses ?? []), ...(status.initContainerStatuses ?? [])];
    const container = containers.find((one) => isExitCodeMet(one, onExitCodes));
    return container && `Container ${container.name} for pod ${name} failed with exit code ${container.state.terminated?.exitCode}`;
  }
  const condition = status.conditions?.find((one) =>
    onPodConditions?.some((pattern) => pattern.type === one.type && pattern.status === one.status),
  );
  return condition && `Pod ${name} has condition ${condition.type}`;
}

function isExitCodeMet(
  { name, state }: ContainerStatus,
  { containerName, operator, values = [] }: NonNullable<PodFailurePolicyRule['onExitCodes']>,
): boolean {
  const code = state.terminated?.exitCode;
  if (!code || (containerName !== undefined && containerName !== name)) return false;
  return values.includes(code) === (operator === 'In');
}

/** Which rule of the success policy the succeeded indexes meet, in the words of the condition; undefined where none is met. */
export function successOf({ successPolicy, completions = 0 }: JobSpec, succeeded: Indexes): string | undefined {
  if (!successPolicy || succeeded.length === 0) return undefined;
  const met = successPolicy.rules.findIndex(({ succeededIndexes, succeededCount }) => {
    if (succeededIndexes === undefined) return succeededCount !== undefined && countOf(succeeded) >= succeededCount;
    const wanted = parseIndexes(succeededIndexes, completions);
    if (wanted.length === 0) return false;
    const count = countCommon(wanted, succeeded);
    return count === countOf(wanted) || (succeededCount !== undefined && count >= succeededCount);
  });
  return met < 0 ? undefined : `Matched rules at index ${met}`;
}
