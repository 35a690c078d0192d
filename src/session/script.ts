// What is done to a world, with its moments: the scenario's own steps and what a person did. Together with the seed it is the whole
// run, so it is what a link holds. When a piece of history is dropped, what had been done in it is dropped here too.
import type { Fault } from '../cluster/intents.ts';
import type { LibraryStep } from '../scenario/library/library.ts';

/** What a person did: a line with its input, or a fault. */
export type Deed = LibraryStep & { readonly kubectl?: string; readonly fault?: Fault };

export interface Performed {
  readonly step: LibraryStep;
  /** Which step of the scenario it was; undefined for a deed. */
  readonly index: number | undefined;
  readonly place: Place;
}

/** Where in the run something was done: so many intents and changes were before it. */
export interface Place {
  readonly intentIndex: number;
  readonly seq: number;
}

type Pending = Omit<Performed, 'place'>;

export class Script {
  private pending: Pending[];
  private performed: Performed[] = [];
  private readonly droppedSteps: number[];

  constructor(steps: readonly LibraryStep[], deeds: readonly Deed[] = [], dropped: readonly number[] = []) {
    this.droppedSteps = [...dropped];
    const own: Pending[] = steps.map((step, index) => ({ step, index })).filter(({ index }) => !dropped.includes(index));
    const given: Pending[] = deeds.map((step) => ({ step, index: undefined }));
    // The sort is stable: at one moment the scenario comes first, and deeds keep their order.
    this.pending = [...own, ...given].sort((a, b) => a.step.atMs - b.step.atMs);
  }

  get nextAtMs(): number | undefined {
    return this.pending[0]?.step.atMs;
  }

  /** Takes the next step off the list; it counts as performed from here on. */
  take(place: Place): Pending {
    const next = this.pending.shift() as Pending;
    this.performed.push({ ...next, place });
    return next;
  }

  /** Notes what a person has just done. */
  note(deed: Deed, place: Place): void {
    this.performed.push({ step: deed, index: undefined, place });
  }

  /** The cluster went back to where it had this many intents. */
  rewind(intentCount: number): void {
    for (const { index, place } of this.performed)
      if (index !== undefined && place.intentIndex >= intentCount) this.droppedSteps.push(index);
    this.performed = this.performed.filter(({ place }) => place.intentIndex < intentCount);
  }

  /** What was done up to a moment, in order. */
  doneBy(atMs: number): readonly Performed[] {
    return this.performed.filter(({ step }) => step.atMs <= atMs);
  }

  /** The deeds of a person, done and still to come, in order. */
  get deeds(): readonly Deed[] {
    return [...this.performed, ...this.pending].filter(({ index }) => index === undefined).map(({ step }) => step as Deed);
  }

  /** The scenario's steps that will not be done again. */
  get dropped(): readonly number[] {
    return this.droppedSteps;
  }
}
