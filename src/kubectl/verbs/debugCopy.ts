// kubectl debug --copy-to: a copy of a pod to look into, with another image, another command or one container more.
// Models kubectl/pkg/cmd/debug/debug.go (generatePodCopyWithDebugContainer) and its general profile.
import type { Container, Pod } from '../../kube/kinds/pod.ts';
import { CommandError } from '../errors.ts';
import type { Flag, ParsedArgs } from '../parse.ts';

export const copyFlags: readonly Flag[] = [
  { name: 'copy-to', type: 'string', help: 'Make a copy of the pod with this name, and look into that.' },
  { name: 'set-image', type: 'list', help: 'With --copy-to: other images, as name=image; * means every container.' },
  { name: 'share-processes', type: 'bool', default: 'true', help: 'With --copy-to: all containers see all processes.' },
  { name: 'same-node', type: 'bool', help: 'With --copy-to: on the node of the pod itself.' },
  { name: 'replace', type: 'bool', help: 'With --copy-to: the pod itself is deleted.' },
  { name: 'keep-labels', type: 'bool', help: 'With --copy-to: keep the labels of the pod.' },
  { name: 'keep-annotations', type: 'bool', help: 'With --copy-to: keep its annotations.' },
];

/** What the container that is looked at is to be. */
export interface Debugger {
  readonly name: string;
  readonly image: string;
  readonly command: readonly string[];
  readonly isInteractive: boolean;
  readonly isTerminal: boolean;
}

/** Whether the copy only has other images: there is no container to look at. */
export const isOnlyImages = (pod: Pod, { name, image }: Debugger, args: ParsedArgs): boolean =>
  !image && args.texts('set-image').length > 0 && !pod.spec.containers.some((each) => each.name === name);

export function podCopy(pod: Pod, debug: Debugger, args: ParsedArgs): Pod {
  const images = new Map(args.texts('set-image').map((pair) => pair.split('=', 2) as [string, string]));
  const isThere = pod.spec.containers.some(({ name }) => name === debug.name);
  if (!isThere && !debug.image && images.size === 0) throw new CommandError('you must specify image when creating new container');
  const { nodeName, ephemeralContainers: _looking, ...spec } = pod.spec;
  const { labels, annotations, namespace } = pod.metadata;
  const copied = spec.containers.map((container) => {
    const { livenessProbe: _liveness, readinessProbe: _readiness, startupProbe: _startup, ...rest } = container;
    const image = images.get(container.name) ?? images.get('*') ?? container.image;
    const plain = { ...rest, ...(image ? { image } : {}) };
    return container.name === debug.name ? debugged(plain, debug) : plain;
  });
  const added = isThere || !debug.image ? [] : [debugged({ name: debug.name, terminationMessagePolicy: 'FallbackToLogsOnError' }, debug)];
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: args.text('copy-to'),
      ...(namespace ? { namespace } : {}),
      ...(args.isOn('keep-labels') && labels ? { labels } : {}),
      ...(args.isOn('keep-annotations') && annotations ? { annotations } : {}),
    },
    spec: {
      ...spec,
      ...(args.isOn('same-node') && nodeName ? { nodeName } : {}),
      shareProcessNamespace: args.isOn('share-processes'),
      containers: [...copied, ...added],
    },
  } as unknown as Pod;
}

function debugged(container: Partial<Container> & { readonly name: string }, { image, command, isInteractive, isTerminal }: Debugger) {
  const { args, ...rest } = container;
  return {
    ...rest,
    ...(command.length > 0 ? { command } : args ? { args } : {}),
    ...(image ? { image } : {}),
    ...(isInteractive ? { stdin: true } : {}),
    ...(isTerminal ? { tty: true } : {}),
    securityContext: { ...rest.securityContext, capabilities: { add: ['SYS_PTRACE'] } },
  };
}
