// How objects are named in the kubectl lines that the page itself writes.
import type { KubeObject } from '../kube/meta.ts';

const SHORT: Readonly<Record<string, string>> = {
  Deployment: 'deploy',
  ReplicaSet: 'rs',
  ReplicationController: 'rc',
  StatefulSet: 'sts',
  DaemonSet: 'ds',
  CronJob: 'cj',
};

/** `rs/web`: how kubectl users name an object in a line. */
export function shortName({ kind, metadata }: KubeObject): string {
  return `${SHORT[kind] ?? kind.toLowerCase()}/${metadata.name}`;
}

/** A line of the page, which means the default namespace where it names none, as a terminal takes it whose context has another. */
export function inDefaultNamespace(line: string, namespace: string): string {
  const isSaid = namespace === 'default' || / (-A|-n|--namespace|--all-namespaces|config)\b/.test(line);
  return isSaid ? line : line.replace(/^kubectl /, 'kubectl -n default ');
}

/** ` -n ns` where an object is not in the default namespace. */
export function namespaceFlag({ metadata }: { readonly metadata: { readonly namespace?: string | undefined } }): string {
  return metadata.namespace && metadata.namespace !== 'default' ? ` -n ${metadata.namespace}` : '';
}
