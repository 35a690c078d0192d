// Placeholder until the kubelets are written.
import type { KubeletRuntime, Machine } from '../intents.ts';
import type { Part, PartContext } from '../part.ts';

export interface Kubelet extends Part {
  /** Registers a machine: creates its Node and starts its heartbeats. */
  addNode(machine: Machine): void;
  failNode(name: string): void;
  recoverNode(name: string): void;
  removeNode(name: string): void;
  setRuntime(runtime: Partial<KubeletRuntime>): void;
  exitContainer(namespace: string, pod: string, container: string | undefined, exitCode: number): void;
}

export function createKubelet(_ctx: PartContext, _runtime: KubeletRuntime): Kubelet {
  throw new Error('not written yet');
}
