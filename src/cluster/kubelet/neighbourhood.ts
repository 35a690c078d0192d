// What the pods of all machines have in common: disks that outlive a pod, addresses, and whose turn it is behind each Service.

import type { LiveWorker } from './liveWorker.ts';
import { newMachineDisk } from './machineDisk.ts';
import type { Surroundings } from './podWorld.ts';
import type { Disk } from './shell/disk.ts';
import { knock, serve } from './shell/runtime.ts';
import type { HttpAnswer, HttpRequest, NetworkFault } from './shell/world.ts';
import { newDisk } from './volumes.ts';

/** How the keys of machines' disks begin. */
const MACHINE = 'node/';

export interface SavedNeighbourhood {
  readonly disks: ReadonlyMap<string, Disk>;
  readonly turns: ReadonlyMap<string, number>;
}

export class Neighbourhood implements Surroundings {
  private disks = new Map<string, Disk>();
  private turns = new Map<string, number>();
  private readonly workerAt: (ip: string) => LiveWorker | undefined;

  constructor(workerAt: (ip: string) => LiveWorker | undefined) {
    this.workerAt = workerAt;
  }

  disk(key: string): Disk {
    let disk = this.disks.get(key);
    if (!disk) this.disks.set(key, (disk = key.startsWith(MACHINE) ? newMachineDisk(key.slice(MACHINE.length)) : newDisk(0)));
    return disk;
  }

  /** A claim is gone, and its data with it. */
  dropDisk(key: string): void {
    this.disks.delete(key);
  }

  connect(ip: string, port: number): 'open' | NetworkFault {
    const isOpen = this.workerAt(ip)?.inSandbox((sandbox, world) => knock(sandbox, port, world));
    if (isOpen === undefined) return 'unreachable';
    return isOpen ? 'open' : 'refused';
  }

  request(ip: string, port: number, request: HttpRequest, from: string): HttpAnswer | NetworkFault {
    const worker = this.workerAt(ip);
    const served = worker?.inSandbox((sandbox, world) => serve(sandbox, port, request, world));
    if (!worker || !served) return 'unreachable';
    // Programs see the address that asks; people want to know whose it is.
    worker.life.happened.push(...served.happenings.map((happening) => (happening.type === 'request' ? { ...happening, from } : happening)));
    return served.answer;
  }

  turn(service: string, client?: string): number {
    const kept = client === undefined ? undefined : this.turns.get(`${service} ${client}`);
    if (kept !== undefined) return kept;
    const turn = this.turns.get(service) ?? 0;
    this.turns.set(service, turn + 1);
    if (client !== undefined) this.turns.set(`${service} ${client}`, turn);
    return turn;
  }

  save(): SavedNeighbourhood {
    return { disks: new Map([...this.disks].map(([key, disk]) => [key, new Map(disk)])), turns: new Map(this.turns) };
  }

  load({ disks, turns }: SavedNeighbourhood): void {
    this.disks = new Map(disks);
    this.turns = new Map(turns);
  }
}
