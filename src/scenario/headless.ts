// A cluster without a page, for programs: kubectl lines in, text and objects out, virtual time as far as it is asked to pass.
import { Cluster } from '../cluster/cluster.ts';
import type { Fault, KubeletRuntime, Machine } from '../cluster/intents.ts';
import { type Change, type KubeObject, listNamed } from '../kube/meta.ts';
import { firstKubeconfig, type KubeconfigFile } from '../kubectl/kubeconfig.ts';
import { putInAll } from './parts/all.ts';
import { type LineOutcome, runLine } from './runLine.ts';

export interface HeadlessOptions {
  /** The same seed and the same calls give the same bytes. */
  readonly seed?: number;
  /** Three machines of two cores and 4 GiB unless said. */
  readonly machines?: readonly Machine[];
  /** How long pods take to start and stop, and whether containers run their commands; they do unless said. */
  readonly runtime?: Partial<KubeletRuntime>;
}

export interface LineLimits {
  readonly stdin?: string;
  /** After so many milliseconds of virtual time a line that waits is cut off. */
  readonly timeoutMs?: number;
}

export interface HeadlessCluster {
  /** Virtual milliseconds since the cluster began. */
  readonly nowMs: number;
  /** Every change so far, with who made it, when, and the change that led to it. */
  readonly changes: readonly Change[];
  /** Runs a kubectl line to its end; time passes while it waits. */
  kubectl(line: string, limits?: LineLimits): LineOutcome;
  /** `kubectl apply -f -`. */
  apply(manifest: string): LineOutcome;
  /** Does what kubectl cannot: silences a node, ends a container. Throws in the server's words. */
  act(fault: Fault): void;
  /** Lets time pass. */
  wait(ms: number): void;
  /** Lets time pass until nothing has changed for `quietMs`, for `maxMs` at most. Returns whether it came to rest. */
  settle(limits?: { readonly quietMs?: number; readonly maxMs?: number }): boolean;
  /** The objects of a kind, oldest first, now or as they stood at a moment. */
  list<T extends KubeObject = KubeObject>(kind: T['kind'], atMs?: number): readonly T[];
  get<T extends KubeObject = KubeObject>(kind: T['kind'], name: string, namespace?: string): T | undefined;
  /** Goes back to a moment and forgets what came after. */
  forkAt(atMs: number): void;
}

const TIMEOUT_MS = 600_000;
const MACHINES: readonly Machine[] = ['node-a', 'node-b', 'node-c'].map((name) => ({ name, cpu: '2', memory: '4Gi' }));

export function createCluster({ seed = 1, machines = MACHINES, runtime }: HeadlessOptions = {}): HeadlessCluster {
  putInAll();
  const cluster = new Cluster({ seed, machines, storage: true, runtime: { scripts: true, ...runtime } });
  const kubeconfig: KubeconfigFile = { content: firstKubeconfig };
  const kubectl = (line: string, { stdin, timeoutMs = TIMEOUT_MS }: LineLimits = {}) =>
    runLine(cluster, line, stdin, { cutMs: cluster.nowMs + timeoutMs, kubeconfig });
  return {
    get nowMs() {
      return cluster.nowMs;
    },
    get changes() {
      return cluster.changes;
    },
    kubectl,
    apply: (manifest) => kubectl('kubectl apply -f -', { stdin: manifest }),
    act: (fault) => void cluster.submit(fault),
    wait: (ms) => void cluster.runUntil(cluster.nowMs + ms),
    settle: (limits) => cluster.settle(limits),
    list: (kind, atMs = cluster.nowMs) => listNamed(cluster.viewAt(atMs), kind) as never,
    get: (kind, name, namespace) => {
      const places = namespace === undefined ? ['default', undefined] : [namespace];
      const named = listNamed(cluster.snapshot(), kind).filter(({ metadata }) => metadata.name === name);
      return named.find(({ metadata }) => places.includes(metadata.namespace)) as never;
    },
    forkAt: (atMs) => cluster.forkAt(atMs),
  };
}
