// What one can try on a pod from the inside: each is a kubectl line, or a fault that kubectl cannot make, and why it is worth trying.
import type { Fault } from '../../cluster/intents.ts';
import { valueOf } from '../../kube/quantity.ts';
import type { ContainerBox, InsideModel, VolumeBox } from '../../scene/inside/model.ts';
import { namespaceFlag } from '../../session/lines.ts';

export type Trial = 'crash' | 'kill' | 'bind' | 'fill' | 'press' | 'remove' | 'ask' | 'send' | 'delete';

/** What a container takes that is to make its node short of memory. */
const PRESS_BYTES = 2 ** 30;

export interface TrialDeed {
  readonly trial: Trial;
  /** The container, port or file it is about. */
  readonly what: string;
  /** Run as it stands. */
  readonly line?: string;
  readonly fault?: Fault;
}

export function trialsFor(model: InsideModel): readonly TrialDeed[] {
  const { pod, inside, containers, volumes } = model;
  const { name, namespace = 'default' } = pod.pod.metadata;
  const flag = namespaceFlag(pod.pod);
  const running = containers.filter(({ state }) => ['running', 'notReady', 'starting'].includes(state.stage));
  const exec = (container: ContainerBox, command: string) => `kubectl exec ${name}${flag} -c ${container.name} -- ${command}`;
  const crashes = running.map(
    (box): TrialDeed => ({
      trial: 'crash',
      what: box.name,
      fault: { type: 'exitContainer', namespace, pod: name, container: box.name, exitCode: 1 },
    }),
  );
  // Where containers do not run their commands there is nobody to execute anything.
  const inner = inside ? [...outerTrials(running, namespace, name), ...innerTrials(running, volumes, exec)] : [];
  return [...crashes, ...inner, { trial: 'delete', what: name, line: `kubectl delete pod ${name}${flag} --wait=false` }];
}

/** Whether the kubelet starts a container again that this ended; undefined where it ends none. Servers that are told to end do so well. */
export function isStartedAgain({ trial, what }: TrialDeed, { pod: { pod }, containers }: InsideModel): boolean | undefined {
  if (trial !== 'crash' && trial !== 'kill' && trial !== 'fill') return undefined;
  const { restartPolicy = 'Always' } = pod.spec;
  const isSidecar = containers.some(({ name, role }) => name === what && role === 'sidecar');
  return isSidecar || restartPolicy === 'Always' || (restartPolicy === 'OnFailure' && trial !== 'kill');
}

/** What comes from outside the pod, and what its machine feels. */
function outerTrials(running: readonly ContainerBox[], namespace: string, pod: string): readonly TrialDeed[] {
  const port = running.flatMap(({ inside }) => inside?.ports ?? [])[0];
  const free = running.find(({ resources }) => resources.limits?.['memory'] === undefined);
  const limited = running.find(({ resources }) => resources.limits?.['memory'] !== undefined);
  const fill = ({ name: container }: ContainerBox, bytes: number) => ({ type: 'fillMemory', namespace, pod, container, bytes }) as const;
  return [
    ...(port === undefined
      ? []
      : [{ trial: 'send', what: `:${port}`, fault: { type: 'send', namespace, to: `pod/${pod}`, port, path: '/' } } as const]),
    ...(free ? [{ trial: 'press', what: free.name, fault: fill(free, PRESS_BYTES) } as const] : []),
    // Its first process takes it: one that is executed beside it would be killed alone where the machine has cgroups of version 1.
    ...(limited
      ? [{ trial: 'fill', what: limited.name, fault: fill(limited, valueOf(limited.resources.limits?.['memory'])) } as const]
      : []),
  ];
}

function innerTrials(
  running: readonly ContainerBox[],
  volumes: readonly VolumeBox[],
  exec: (container: ContainerBox, command: string) => string,
): readonly TrialDeed[] {
  const trials: TrialDeed[] = [];
  const server = running.find(({ inside }) => (inside?.ports.length ?? 0) > 0);
  const port = server?.inside?.ports[0];
  const neighbour = running.find((box) => box !== server);
  if (server && port !== undefined) {
    trials.push({ trial: 'ask', what: `:${port}`, line: exec(neighbour ?? server, `wget -qO- http://localhost:${port}/`) });
    if (neighbour) trials.push({ trial: 'bind', what: `:${port}`, line: exec(neighbour, `httpd -f -p ${port}`) });
    trials.push({ trial: 'kill', what: server.name, line: exec(server, 'kill 1') });
  }
  const removable = removableFile(running, volumes);
  if (removable) trials.push({ trial: 'remove', what: removable.file, line: exec(removable.container, `rm ${removable.path}`) });
  return trials;
}

/** The first file that some container may write. */
function removableFile(running: readonly ContainerBox[], volumes: readonly VolumeBox[]) {
  for (const container of running)
    for (const mount of container.mounts) {
      const file = mount.isReadOnly || mount.subPath ? undefined : volumes.find(({ name }) => name === mount.volume)?.files[0];
      if (file) return { container, file: file.path, path: `${mount.path.replace(/\/+$/, '')}/${file.path}` };
    }
  return undefined;
}
