// The modules that are made when the site is built.

declare module 'virtual:tapes' {
  import type { Tape } from '../session/tape.ts';
  /** By the name of a scenario: loads the tape of its run with seed 1. */
  export const tapes: Readonly<Record<string, () => Promise<Tape>>>;
}

declare module 'virtual:posters' {
  /** By language and scenario: for how many seconds it runs, and what its poster asks where that is a question of its own. */
  export const posters: Readonly<Record<string, Readonly<Record<string, number | readonly [number, string]>>>>;
}

declare module 'virtual:titles' {
  /** By language and scenario. */
  export const titles: Readonly<Record<string, Readonly<Record<string, string>>>>;
}
