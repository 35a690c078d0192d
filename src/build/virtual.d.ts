// The modules that are made when the site is built.

declare module 'virtual:tapes' {
  import type { Tape } from '../session/tape.ts';
  /** By the name of a scenario: loads the tape of its run with seed 1. */
  export const tapes: Readonly<Record<string, () => Promise<Tape>>>;
}
