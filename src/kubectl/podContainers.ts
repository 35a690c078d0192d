// Which container of a pod a command means. Models kubectl/pkg/cmd/util/podcmd/podcmd.go.
import type { Container, Pod } from '../kube/kinds/pod.ts';
import type { CommandStep } from './command.ts';
import { CommandError } from './errors.ts';
import { err } from './verb.ts';

const DEFAULT_ANNOTATION = 'kubectl.kubernetes.io/default-container';

/** All containers as the lists name them: `app, debugger-x (ephem), setup (init)`. */
function namesOf({ spec }: Pod): string {
  return [
    ...spec.containers.map(({ name }) => name),
    ...(spec.ephemeralContainers ?? []).map(({ name }) => `${name} (ephem)`),
    ...(spec.initContainers ?? []).map(({ name }) => `${name} (init)`),
  ].join(', ');
}

export function allContainers({ spec }: Pod): readonly Container[] {
  return [...(spec.initContainers ?? []), ...spec.containers, ...(spec.ephemeralContainers ?? [])];
}

/** The container of this name; without one the default, which is said where the pod has several. */
export function* chooseContainer(pod: Pod, name: string): Generator<CommandStep, Container, void> {
  const all = allContainers(pod);
  const found = all.find((container) => container.name === name);
  if (found) return found;
  if (name) throw new CommandError(`container ${name} is not valid for pod ${pod.metadata.name} out of: ${namesOf(pod)}`);
  const annotated = all.find((container) => container.name === pod.metadata.annotations?.[DEFAULT_ANNOTATION]);
  if (annotated) return annotated;
  const [first] = pod.spec.containers;
  if (!first) throw new CommandError(`pod ${pod.metadata.name} has no containers`);
  if (all.length > 1) yield err(`Defaulted container "${first.name}" out of: ${namesOf(pod)}`);
  return first;
}
