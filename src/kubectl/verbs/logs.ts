// kubectl logs: what a container has printed. Models kubectl/pkg/cmd/logs/logs.go.
// Limitation: containers do not run their commands yet, so a container that has started has printed nothing.
import { ApiError } from '../../kube/errors.ts';
import { findKind } from '../../kube/kinds/index.ts';
import type { Container, ContainerStatus, Pod } from '../../kube/kinds/pod.ts';
import type { CommandStep } from '../command.ts';
import { CommandError, usageError } from '../errors.ts';
import { getObject, mustFindKind } from '../resources.ts';
import { selectorFlag, type Verb } from '../verb.ts';

/** What a container has printed: nothing yet. */
const PRINTED: readonly CommandStep[] = [];

export const logs: Verb = {
  name: 'logs',
  usage: '[-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]',
  summary: 'Print the logs for a container in a pod',
  examples: [{ why: 'What a pod has printed', line: 'kubectl logs web' }],
  flags: [
    selectorFlag,
    { name: 'container', short: 'c', type: 'string', help: 'The container, where a pod has several.' },
    { name: 'follow', short: 'f', type: 'bool', help: 'Go on printing.' },
    { name: 'previous', short: 'p', type: 'bool', help: 'The run of the container before this one.' },
    { name: 'all-containers', type: 'bool', help: 'All containers of the pod.' },
    { name: 'tail', type: 'int', default: '-1', help: 'Only the last lines.' },
    { name: 'since', type: 'duration', default: '0s', help: 'Only what is newer than this.' },
    { name: 'timestamps', type: 'bool', help: 'A timestamp before each line.' },
    { name: 'prefix', type: 'bool', help: 'The source before each line.' },
  ],
  complete: (words, snapshot) => (words.length === 0 ? snapshot.list('Pod').map(({ metadata }) => metadata.name) : []),

  *run(args, ctx) {
    if (args.words.length === 0 && !args.has('selector')) {
      throw usageError(
        ctx.path,
        "expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.\nPOD or TYPE/NAME is a required argument for the logs command",
      );
    }
    const [type, name] = (args.words[0] ?? '').includes('/') ? (args.words[0] as string).split('/') : ['pods', args.words[0] ?? ''];
    const kind = mustFindKind(type ?? 'pods');
    if (kind !== findKind('Pod')) throw new CommandError(`name a pod: the logs of ${kind.plural} are not gathered here`);
    const pod = getObject(kind, ctx.namespace, name ?? '', ctx) as Pod;
    const container = containerOf(pod, args.text('container') || args.words[1] || '');
    refuseUnstarted(pod, container, args.isOn('previous'));
    yield* PRINTED;
    return 0;
  },
};

function containerOf({ metadata, spec }: Pod, name: string): Container {
  const all = [...spec.containers, ...(spec.initContainers ?? []), ...(spec.ephemeralContainers ?? [])];
  const found = name ? all.find((container) => container.name === name) : spec.containers[0];
  if (!found) throw new CommandError(`container ${name} is not valid for pod ${metadata.name}`);
  return found;
}

/** Models pkg/registry/core/pod/strategy.go LogLocation and pkg/kubelet/kubelet_pods.go validateContainerLogStatus. */
function refuseUnstarted({ metadata, spec, status }: Pod, { name }: Container, isPrevious: boolean): void {
  if (!spec.nodeName) throw new ApiError('BadRequest', `pod ${metadata.name} does not have a host assigned`);
  const statuses: readonly ContainerStatus[] = [...(status.containerStatuses ?? []), ...(status.initContainerStatuses ?? [])];
  const found = statuses.find((each) => each.name === name);
  const waiting = found?.state.waiting;
  const start = `container "${name}" in pod "${metadata.name}" is waiting to start`;
  if (isPrevious && !found?.lastState.terminated) {
    throw new ApiError('BadRequest', `previous terminated container "${name}" in pod "${metadata.name}" not found`);
  }
  if (!found) throw new ApiError('BadRequest', `${start}: no container status`);
  if (waiting && !found.lastState.terminated) {
    const isPulling = waiting.reason === 'ErrImagePull' || waiting.reason === 'ImagePullBackOff';
    throw new ApiError('BadRequest', `${start}: ${isPulling ? 'trying and failing to pull image' : (waiting.reason ?? '')}`);
  }
}
