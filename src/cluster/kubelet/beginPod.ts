// A kubelet takes a pod that was bound to its machine, or refuses it. Models pkg/kubelet/kubelet.go HandlePodAdditions.
import { refusalOf, requestsOf } from './admit.ts';
import type { PodWorker } from './podWorker.ts';
import { beginContainers, charge } from './work.ts';

/** Returns whether the pod is taken: neither over, nor being deleted, nor refused. */
export function beginPod(worker: PodWorker): boolean {
  const { work, pod, node } = worker;
  const { phase } = pod.status;
  work.hasBegun = true;
  if (phase === 'Succeeded' || phase === 'Failed') work.phase = phase;
  if (work.phase || pod.metadata.deletionTimestamp) return false;
  const requests = requestsOf(pod);
  const refusal = refusalOf(pod, requests, node, worker.nodeObject());
  work.startTime = worker.now();
  if (refusal) {
    work.phase = 'Failed';
    work.reason = { reason: refusal.reason, message: `Pod was rejected: ${refusal.message}` };
    worker.tell('Warning', refusal.reason, refusal.message);
    worker.report();
    return false;
  }
  charge(work, node, requests);
  beginContainers(pod, work);
  worker.watchDeadline();
  return true;
}
