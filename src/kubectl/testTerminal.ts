// A terminal for tests: runs kubectl lines over a real cluster, letting virtual time pass while a command waits.
import { Cluster } from '../cluster/cluster.ts';
import { ApiError } from '../kube/errors.ts';
import descriptions from '../kube/schema/descriptions.generated.json' with { type: 'json' };
import type { Client } from './command.ts';
import { firstKubeconfig } from './kubeconfig.ts';
import { startKubectl } from './run.ts';

export interface Answer {
  readonly stdout: string;
  readonly stderr: string;
  /** Undefined for a command that was cut off. */
  readonly exitCode: number | undefined;
}

export interface TestTerminal {
  readonly cluster: Cluster;
  /** Runs a line to its end, or cuts it after `cutMs`. */
  kubectl(line: string, stdin?: string, cutMs?: number): Answer;
}

export function testTerminal({ nodes = 2 }: { readonly nodes?: number } = {}): TestTerminal {
  const machines = Array.from({ length: nodes }, (_, i) => ({ name: `node-${i + 1}`, cpu: '4', memory: '8Gi', pods: 110 }));
  const cluster = new Cluster({ seed: 1, machines, freeze: true });
  const client: Client = {
    kubeconfig: { content: firstKubeconfig },
    get nowMs() {
      return cluster.nowMs;
    },
    snapshot: () => cluster.snapshot(),
    warnings: () => cluster.api.takeWarnings(),
    leaseRenewMs: (nodeName) => cluster.leases.lastRenewMs(nodeName, cluster.nowMs),
    descriptions: () => descriptions,
    request(request) {
      const object = cluster.submit({ type: 'request', request });
      if (!object) throw new ApiError('BadRequest', 'the request concerns no object');
      return object;
    },
  };
  return { cluster, kubectl: (line, stdin, cutMs = 60_000) => run(cluster, client, line, stdin, cluster.nowMs + cutMs) };
}

function run(cluster: Cluster, client: Client, line: string, stdin: string | undefined, endMs: number): Answer {
  const output = { stdout: '', stderr: '' };
  const running = startKubectl(line, stdin, client);
  for (;;) {
    const { done, value } = running.next();
    if (done) return { ...output, exitCode: value };
    if (value.type === 'stdout' || value.type === 'stderr') output[value.type] += value.text;
    if (value.type !== 'wait') continue;
    if (cluster.nowMs >= endMs) return { ...output, exitCode: undefined };
    const untilMs = Math.min(value.untilMs ?? endMs, endMs);
    const dueMs = cluster.sim.nextDueMs;
    if (dueMs !== undefined && dueMs <= untilMs) cluster.step();
    else cluster.runUntil(untilMs);
  }
}
