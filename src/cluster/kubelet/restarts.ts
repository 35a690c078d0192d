// Whether a container that has ended is run again, alone or with all others of its pod: by its own policy and rules where it has them,
// else by its pod's. Models pkg/api/v1/pod/util.go ContainerShouldRestart and pkg/kubelet/container/helpers.go.
import type { Container, Pod, RestartRule } from '../../kube/kinds/pod.ts';
import type { Run } from './podLife.ts';

const RESTART = 'Restart';
const RESTART_ALL = 'RestartAllContainers';

/** Whether this container, last seen as `newest`, is to be started (again). */
export function isToBeStarted(pod: Pod, container: Container, newest: Run | undefined): boolean {
  if (pod.metadata.deletionTimestamp) return false;
  if (!newest) return true;
  return newest.exit !== undefined && isRestartedAfter(pod, container, newest.exit.exitCode);
}

/** Whether a container that ends with this exit code comes back. */
export function isRestartedAfter(pod: Pod, container: Container, exitCode: number): boolean {
  if (actionAfter(container, exitCode) === RESTART) return true;
  switch (container.restartPolicy ?? pod.spec.restartPolicy) {
    case 'Never':
      return false;
    case 'OnFailure':
      return exitCode !== 0;
    default:
      return true;
  }
}

/** Whether all containers of the pod are run anew when this one ends with this exit code. */
export function restartsAllAfter(container: Container, exitCode: number): boolean {
  return actionAfter(container, exitCode) === RESTART_ALL;
}

/** Whether any of the pod's containers can have all of them run anew. */
export function mayRestartAll({ spec }: Pod): boolean {
  const may = (container: Container) => (container.restartPolicyRules ?? []).some(({ action }) => action === RESTART_ALL);
  return spec.containers.some(may) || (spec.initContainers ?? []).some(may);
}

/** What the first of its rules that fits says. */
function actionAfter(container: Container, exitCode: number): string | undefined {
  return container.restartPolicyRules?.find((rule) => isMatched(rule, exitCode))?.action;
}

function isMatched({ exitCodes }: RestartRule, exitCode: number): boolean {
  return exitCodes !== undefined && (exitCodes.values ?? []).includes(exitCode) === (exitCodes.operator === 'In');
}
