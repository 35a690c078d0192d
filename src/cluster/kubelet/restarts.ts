// Whether a container that has ended is run again: by its own policy and rules where it has them, else by its pod's.
// Models pkg/api/v1/pod/util.go ContainerShouldRestart and pkg/kubelet/container/helpers.go ShouldContainerBeRestarted.
import type { Container, Pod } from '../../kube/kinds/pod.ts';
import type { Run } from './podLife.ts';

interface Rule {
  readonly action: string;
  readonly exitCodes?: { readonly operator: 'In' | 'NotIn'; readonly values?: readonly number[] };
}

/** Whether this container, last seen as `newest`, is to be started (again). */
export function isToBeStarted(pod: Pod, container: Container, newest: Run | undefined): boolean {
  if (pod.metadata.deletionTimestamp) return false;
  if (!newest) return true;
  return newest.exit !== undefined && isRestartedAfter(pod, container, newest.exit.exitCode);
}

/** Whether a container that ends with this exit code comes back. */
export function isRestartedAfter(pod: Pod, container: Container, exitCode: number): boolean {
  const { restartPolicyRules = [] } = container as { readonly restartPolicyRules?: readonly Rule[] };
  if (restartPolicyRules.some((rule) => isMatched(rule, exitCode))) return true;
  switch (container.restartPolicy ?? pod.spec.restartPolicy) {
    case 'Never':
      return false;
    case 'OnFailure':
      return exitCode !== 0;
    default:
      return true;
  }
}

function isMatched({ action, exitCodes }: Rule, exitCode: number): boolean {
  if (!action.startsWith('Restart') || !exitCodes) return false;
  return (exitCodes.values ?? []).includes(exitCode) === (exitCodes.operator === 'In');
}
