// A pod's sandbox: its address, its host name and its volumes, made before any container. Models kuberuntime_sandbox.go.
import type { LiveWorker } from './liveWorker.ts';
import { newSandbox } from './shell/sandbox.ts';
import { diskKeyOf, giveToGroup, memoryVolumeBytes, newVolumeDisk } from './volumes.ts';

export function makeSandbox(worker: LiveWorker): void {
  const { life, node, pod, work } = worker;
  const ip = pod.spec.hostNetwork ? node.ip : worker.takePodIP();
  const hostname = pod.spec.hostNetwork ? node.name : (pod.spec.hostname ?? pod.metadata.name);
  const sandbox = newSandbox(hostname, ip);
  life.sandbox = sandbox;
  work.hasSandbox = true;
  const facts = { ...worker.environmentSources(), nowMs: worker.nowMs };
  for (const volume of pod.spec.volumes ?? []) {
    const key = diskKeyOf(pod, volume);
    const claimed = key.startsWith('claim/') ? worker.world.disk(key) : undefined;
    if (claimed) giveToGroup(claimed, pod);
    if (key !== volume.name) continue;
    sandbox.volumes[volume.name] = newVolumeDisk(volume, facts);
    const bytesMax = memoryVolumeBytes(volume);
    if (bytesMax !== undefined) sandbox.memoryVolumes[volume.name] = { bytesMax };
  }
}
