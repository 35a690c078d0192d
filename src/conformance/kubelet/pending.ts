// Cases that do not hold in full, how many of their checks may differ, and why: what is left was chance on the real machine too. The
// numbers only go down.
export const pending: Readonly<Record<string, number>> = {
  // `rc 1`, which the shell prints, stands between two lines that its dd printed before: a container's two streams reach its log through
  // two pipes that are read apart from each other, and which is read first is not settled. Here lines keep the order of their writing.
  'rk-evict-storage': 1,
  // The first status of a running container asks its readiness probe at once. Whether the answer comes before that status has left the
  // kubelet is a race of some milliseconds: both pods here were told ready at once as they began, and after a pause when restarted, and
  // all pods of rk-deploy-rollout, begun in the same second on the same machine, after a pause. Here there is always a pause.
  'rk-probes-net': 4,
};
