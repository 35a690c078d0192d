// The world as a kubectl command sees it: live, where it may write, or at a moment of the past, where it may not.
import type { Cluster } from '../cluster/cluster.ts';
import type { Snapshot } from '../kube/meta.ts';
import type { Client } from '../kubectl/command.ts';
import type { Kubeconfig, KubeconfigFile } from '../kubectl/kubeconfig.ts';
import { descriptions } from './descriptions.ts';

/** Thrown into a command that would write while the playhead stands in the past. */
export class WriteInThePast extends Error {}

/** The moment a command in the past looks at. */
export interface Moment {
  readonly atMs: () => number;
  readonly snapshot: () => Snapshot;
}

/** A command as it can be given again. */
export interface Told {
  readonly line: string;
  readonly stdin?: string | undefined;
}

interface LiveHooks {
  readonly kubeconfig: KubeconfigFile;
  readonly typed: () => string | undefined;
  /** Right before each write that stays. */
  readonly onWrite: () => void;
  /** Right before a command runs in a container. */
  readonly onExec: () => void;
}

export function liveClient(cluster: Cluster, { line }: Told, { kubeconfig, typed, onWrite, onExec }: LiveHooks): Client {
  return {
    get nowMs() {
      return cluster.nowMs;
    },
    snapshot: () => cluster.snapshot(),
    warnings: () => cluster.api.takeWarnings(),
    changes: () => cluster.changes,
    leaseRenewMs: (nodeName) => cluster.leases.lastRenewMs(nodeName, cluster.nowMs),
    request: (request) => {
      if (!('dryRun' in request && request.dryRun)) onWrite();
      return cluster.submit({ type: 'request', request }, line) as never;
    },
    kubeconfig,
    descriptions,
    hasMetrics: true,
    isAnswering: (nodeName) => cluster.kubelet.isAnswering(nodeName),
    inside: {
      exec: (exec) => {
        onWrite();
        onExec();
        return cluster.exec(exec, line);
      },
      write: ({ uid, session }, text, isLast) => void cluster.submit({ type: 'input', uid, session, text, isLast }),
      typed,
    },
    hasEditor: true,
  };
}

export function pastClient({ leases }: Cluster, { atMs, snapshot }: Moment, content: Kubeconfig): Client {
  const refuse = () => {
    throw new WriteInThePast();
  };
  return {
    get nowMs() {
      return atMs();
    },
    snapshot,
    leaseRenewMs: (nodeName) => leases.lastRenewMs(nodeName, atMs()),
    request: refuse,
    kubeconfig: {
      get content() {
        return content;
      },
      set content(_content) {
        refuse();
      },
    },
    descriptions,
    hasMetrics: true,
    inside: { exec: refuse, write: () => {}, typed: () => undefined },
    hasEditor: true,
  };
}
