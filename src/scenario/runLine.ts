// One kubectl line from its start to its end where nobody looks on: whenever it waits, virtual time passes.
import type { Cluster } from '../cluster/cluster.ts';
import { ApiError } from '../kube/errors.ts';
import type { Descriptions } from '../kube/schema/descriptions.ts';
import type { KubeconfigFile } from '../kubectl/kubeconfig.ts';
import { startKubectl } from '../kubectl/run.ts';

export interface LineOptions {
  /** When it is cut off. */
  readonly cutMs: number;
  readonly kubeconfig?: KubeconfigFile;
  readonly descriptions?: Descriptions | undefined;
  /** Asked before each request: time may pass. */
  readonly beforeRequest?: () => void;
}

export interface LineOutcome {
  readonly stdout: string;
  readonly stderr: string;
  /** Null where it was cut off. */
  readonly exitCode: number | null;
}

export function runLine(cluster: Cluster, line: string, stdin: string | undefined, options: LineOptions): LineOutcome {
  const { cutMs, kubeconfig, descriptions, beforeRequest } = options;
  const output = { stdout: '', stderr: '' };
  const running = startKubectl(line, stdin, {
    get nowMs(): number {
      return cluster.nowMs;
    },
    snapshot: () => cluster.snapshot(),
    warnings: () => cluster.api.takeWarnings(),
    changes: () => cluster.changes,
    descriptions: () => descriptions,
    ...(kubeconfig ? { kubeconfig } : {}),
    leaseRenewMs: (nodeName) => cluster.leases.lastRenewMs(nodeName, cluster.nowMs),
    isAnswering: (nodeName) => cluster.kubelet.isAnswering(nodeName),
    inside: {
      exec: (exec) => cluster.exec(exec, line),
      write: ({ uid, session }, text, isLast) => void cluster.submit({ type: 'input', uid, session, text, isLast }),
    },
    request(request) {
      beforeRequest?.();
      const object = cluster.submit({ type: 'request', request }, line);
      if (!object) throw new ApiError('BadRequest', 'the request concerns no object');
      return object;
    },
  });
  for (;;) {
    const next = running.next();
    if (next.done) return { ...output, exitCode: next.value };
    const step = next.value;
    if (step.type === 'stdout' || step.type === 'stderr') output[step.type] += step.text;
    // `kubectl edit` refuses to run where there is no editor, and there is no terminal.
    if (step.type !== 'wait') continue;
    if (!waitForChange(cluster, Math.min(cutMs, step.untilMs ?? cutMs)) && cluster.nowMs >= cutMs) {
      running.return(1);
      return { ...output, exitCode: null };
    }
  }
}

/** Lets time pass until any object has changed, up to `untilMs`. Returns whether one has. */
function waitForChange(cluster: Cluster, untilMs: number): boolean {
  const { seq } = cluster.api.history;
  while (cluster.api.history.seq === seq) {
    const due = cluster.sim.nextDueMs;
    if (due === undefined || due > untilMs) {
      cluster.runUntil(untilMs);
      return false;
    }
    cluster.step();
  }
  return true;
}
