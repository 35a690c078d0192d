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

/** ` -n ns` where an object is not in the default namespace. */
export function namespaceFlag({ metadata }: { readonly metadata: { readonly namespace?: string | undefined } }): string {
  return metadata.namespace && metadata.namespace !== 'default' ? ` -n ${metadata.namespace}` : '';
}
