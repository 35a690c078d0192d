// The pod that a word means: a pod by its name, or one of the pods of `deploy/web`, `svc/web`, `job/x`.
// Models kubectl/pkg/polymorphichelpers/attachablepodforobject.go and helpers.go GetFirstPod.
import { ApiError } from '../kube/errors.ts';
import type { Node } from '../kube/kinds/node.ts';
import { isPodReady, type Pod } from '../kube/kinds/pod.ts';
import { matchesLabels, matchesSelector } from '../kube/labels.ts';
import { type KubeObject, keyFor, type LabelSelector, type StringMap, tableOf } from '../kube/meta.ts';
import { CommandError } from './errors.ts';
import { getObject, mustFindKind } from './resources.ts';
import type { VerbContext } from './verb.ts';

/** What a word names, and its pods: those that serve best first. */
export function podsOf(word: string, ctx: VerbContext): { readonly object: KubeObject; readonly pods: readonly Pod[] } {
  const [type, name] = word.includes('/') ? (word.split('/') as [string, string]) : ['pods', word];
  const kind = mustFindKind(type, ctx);
  const object = getObject(kind, ctx.namespace, name, ctx);
  if (tableOf(kind) === 'Pod') return { object, pods: [object as Pod] };
  const isChosen = selectorOf(object);
  if (!isChosen) throw new CommandError(`cannot get the logs from ${kind.kind}: no pods belong to it`);
  const pods = (ctx.client.snapshot().list('Pod') as readonly Pod[]).filter(
    (pod) => pod.metadata.namespace === ctx.namespace && isChosen(pod.metadata.labels),
  );
  if (pods.length === 0) throw new CommandError('timed out waiting for the condition');
  return { object, pods: pods.toSorted((a, b) => Number(isPodReady(b)) - Number(isPodReady(a))) };
}

function selectorOf({ kind, spec }: KubeObject): ((labels: StringMap | undefined) => boolean) | undefined {
  const { selector } = (spec ?? {}) as { readonly selector?: unknown };
  if (!selector) return undefined;
  if (kind === 'Service' || kind === 'ReplicationController') return (labels) => matchesLabels(selector as StringMap, labels);
  return (labels) => matchesSelector(selector as LabelSelector, labels);
}

/** Why the kubelet of a machine cannot be asked; undefined where it can. ADDRESS in the text stands for the machine's. */
export function unreachableText(nodeName: string, doing: string, { client }: VerbContext): string | undefined {
  if (client.isAnswering?.(nodeName) ?? true) return undefined;
  const node = client.snapshot().get('Node', keyFor('Node', undefined, nodeName)) as Node | undefined;
  const address = node?.status.addresses?.find(({ type }) => type === 'InternalIP')?.address ?? nodeName;
  return `${doing.replace('ADDRESS', address)}dial tcp ${address}:10250: connect: connection refused`;
}

/** A pod whose kubelet is asked for something: it must be on a machine. */
export function machineOf(pod: Pod): string {
  const { nodeName } = pod.spec;
  if (!nodeName) throw new ApiError('BadRequest', `pod ${pod.metadata.name} does not have a host assigned`);
  return nodeName;
}
