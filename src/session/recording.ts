// A run up to a moment, as it can be written down: the machines, what was done to them and by whom, and a look at any moment of it.
import type { KubeletRuntime, Machine } from '../cluster/intents.ts';
import type { Snapshot } from '../kube/meta.ts';
import type { LibraryStep } from '../scenario/library/library.ts';

export interface Recording {
  readonly machines: readonly Machine[];
  readonly runtime: Partial<KubeletRuntime>;
  /** Where the scenario opens. */
  readonly openAtMs: number;
  readonly endMs: number;
  readonly done: readonly Done[];
  viewAt(atMs: number): Snapshot;
}

export interface Done {
  readonly step: LibraryStep;
  /** Whether a person did it, not the scenario. */
  readonly isDeed: boolean;
  /** The world right before it. */
  readonly before: Snapshot;
}
