// What a kubeconfig file for this cluster says: which cluster, as whom and in which namespace commands are meant. One cluster is there;
// others can be written down, and nobody answers at them. Models client-go/tools/clientcmd.
import { CommandError, CommandErrors } from './errors.ts';

export interface Named<T> {
  readonly name: string;
  readonly value: T;
}

export interface Context {
  readonly cluster: string;
  readonly namespace?: string;
  readonly user: string;
}

export type Settings = Readonly<Record<string, string | boolean>>;

export interface Kubeconfig {
  readonly clusters: readonly Named<Settings>[];
  readonly contexts: readonly Named<Context>[];
  readonly users: readonly Named<Settings>[];
  /** Empty where none is chosen. */
  readonly current: string;
}

/** The file, as whoever runs the commands keeps it. */
export interface KubeconfigFile {
  content: Kubeconfig;
}

const SERVER = 'https://127.0.0.1:6443';
const CLUSTER = 'podarium';
const USER = 'admin';
const CONTEXT = `${USER}@${CLUSTER}`;

export const firstKubeconfig: Kubeconfig = {
  clusters: [{ name: CLUSTER, value: { server: SERVER } }],
  contexts: [{ name: CONTEXT, value: { cluster: CLUSTER, user: USER } }],
  users: [{ name: USER, value: {} }],
  current: CONTEXT,
};

/** Who may have such a file. */
interface Holder {
  readonly kubeconfig?: KubeconfigFile;
}

export const kubeconfigOf = ({ kubeconfig }: Holder): Kubeconfig => kubeconfig?.content ?? firstKubeconfig;

export const named = <T>(list: readonly Named<T>[], name: string): T | undefined => list.find((each) => each.name === name)?.value;

/** The list with one value set, in the order of names. */
export function withNamed<T>(list: readonly Named<T>[], name: string, value: T): readonly Named<T>[] {
  return [...withoutNamed(list, name), { name, value }].sort((a, b) => (a.name < b.name ? -1 : 1));
}

export const withoutNamed = <T>(list: readonly Named<T>[], name: string): readonly Named<T>[] => list.filter((each) => each.name !== name);

/** The namespace that the current context names, if it names one. */
export const namespaceOf = ({ contexts, current }: Kubeconfig): string | undefined => named(contexts, current)?.namespace;

/** The namespace of commands that name none. Throws where the context leads to no cluster that answers. */
export function defaultNamespace(client: Holder, contextName: string): string {
  const { clusters, contexts, current } = kubeconfigOf(client);
  const context = named(contexts, contextName || current);
  if (contextName && !context) throw new CommandError(`context "${contextName}" does not exist`);
  if (named(clusters, context?.cluster ?? '')?.['server'] !== SERVER)
    throw new CommandErrors([
      new Error('The connection to the server localhost:8080 was refused - did you specify the right host or port?'),
    ]);
  return context?.namespace ?? 'default';
}

/** The file as it is written; with `isMinified` only what the current context uses. */
export function kubeconfigText({ clusters, contexts, users, current }: Kubeconfig, isMinified: boolean): object {
  const context = named(contexts, current);
  const shown = <T>(list: readonly Named<T>[], used: string | undefined) => (isMinified ? list.filter(({ name }) => name === used) : list);
  return {
    apiVersion: 'v1',
    clusters: shown(clusters, context?.cluster).map(({ name, value }) => ({ cluster: { server: '', ...value }, name })),
    contexts: shown(contexts, current).map(({ name, value }) => ({ context: value, name })),
    'current-context': current,
    kind: 'Config',
    users: shown(users, context?.user).map(({ name, value }) => ({ name, user: value })),
  };
}
