// A stateful part of the control plane or of a node: what it remembers can be saved as plain data and loaded again.
import type { Simulation } from '../sim/simulation.ts';
import type { ApiServer } from './apiServer.ts';
import type { Leases } from './leases.ts';
import type { Recorder } from './recorder.ts';

export interface PartContext {
  readonly sim: Simulation;
  readonly api: ApiServer;
  readonly recorder: Recorder;
  readonly leases: Leases;
}

export interface Part {
  /** Plain data that structuredClone can copy: what this part must remember beside the objects. */
  save(): unknown;
  /** Takes over a copy of what `save` gave; it may keep and change it. */
  load(saved: never): void;
}
