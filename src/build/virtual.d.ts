// The modules that are made when the site is built.

declare module 'virtual:tapes' {
  import type { Tape } from '../session/tape.ts';
  /** By the name of a scenario: loads the tape of its run with seed 1. */
  export const tapes: Readonly<Record<string, () => Promise<Tape>>>;
}

declare module 'virtual:posters' {
  /** By language and scenario: for how many seconds it runs, what its tape weighs, and what its poster asks where that is its own question. */
  export const posters: Readonly<
    Record<string, Readonly<Record<string, readonly [seconds: number, kilobytes: number, question?: string]>>>
  >;
}

declare module 'virtual:titles' {
  /** By language and scenario. */
  export const titles: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

declare module 'virtual:hangul/*' {
  /** The address of a face with the Hangul of our own words, of that weight. */
  const url: string;
  export default url;
}

/** What comes over the wire when a world is run, packed, without its tape; and the engine, where it cannot do without. runSize.ts knows. */
declare const __PLAYER_KB__: number;
declare const __ENGINE_KB__: number;
