// The words inside a pod. The texts come from the language in use; this file says which ones are needed.
import type { ContainerBox, ContainerState, FileBox, InsideModel, PlugBox, ProbeBox, Resize, Role, VolumeBox } from './model.ts';

export interface InsideWords {
  readonly stage: string;
  readonly regions: { readonly network: string; readonly containers: string; readonly storage: string };
  readonly oneIp: string;
  readonly noIpYet: string;
  readonly nodeNetwork: string;
  readonly localhost: string;
  readonly localhostShort: string;
  readonly noDoor: string;
  readonly cpu: string;
  readonly memory: string;
  readonly reads: string;
  readonly writes: string;
  readonly readOnly: string;
  readonly readWrite: string;
  readonly readWriteShort: string;
  readonly alsoVolumes: readonly string[];
  role(role: Role): string;
  /** `running 2:04, 0 restarts`: two lines at most, the second where there is more to say. */
  state(state: ContainerState, restarts: number, atMs: number): string;
  /** `OOMKilled, exit 137`. */
  exit(exitCode: number, reason: string | undefined): string;
  lastRun(exitCode: number, reason: string | undefined): string;
  probe(probe: ProbeBox): string;
  probeResult(probe: ProbeBox, isLong: boolean): string;
  probesShort(probes: readonly ProbeBox[]): string;
  /** `Ready 2/2, age 2:10`. */
  status(ready: number, of: number, age: string): string;
  /** The same for a pod that is something else than ready or getting there. */
  statusOf(state: string, ready: number, of: number): string;
  resize(resize: Resize): string;
  requestsFrom(service: string, port: number, more: number): string;
  requestsShort(service: string, port: number): string;
  doorClosed(service: string): string;
  volumeType(volume: VolumeBox, isLong: boolean): string;
  portTaken(port: number): string;
  readsFile(path: string): string;
  writesFile(path: string): string;
  size(bytes: number): string;
  written(agoMs: number): string;
  moreFiles(count: number): string;
  moreInits(count: number): string;
  moreMounts(count: number): string;
  // For those who listen
  doorName(model: InsideModel): string;
  containerName(box: ContainerBox, state: string): string;
  plugName(plug: PlugBox, container: string): string;
  mountName(path: string, volume: string, container: string, isReadOnly: boolean): string;
  volumeName(volume: VolumeBox, type: string): string;
  fileName(file: FileBox, volume: string, agoMs: number | undefined): string;
  event(
    kind:
      | 'started'
      | 'ended'
      | 'restarted'
      | 'wrote'
      | 'removed'
      | 'answered'
      | 'refused'
      | 'asked'
      | 'ready'
      | 'notReady'
      | 'stopping'
      | 'hook'
      | 'term',
    name: string,
    detail: string,
  ): string;
  eventCount(count: number): string;
}
