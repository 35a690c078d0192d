// The modules that are made when the site is built.

declare module 'virtual:tapes' {
  import type { Tape } from '../session/tape.ts';
  /** By the name of a scenario: loads the tape of its run with seed 1. */
  export const tapes: Readonly<Record<string, () => Promise<Tape>>>;
}

declare module 'virtual:posters' {
  import type { Poster, PosterWords } from '../embed/poster.ts';
  /** By language; English first. */
  export const words: Readonly<Record<string, PosterWords>>;
  /** By the name of a scenario: loads what its poster shows, with what asks for all that a run in a language needs beside the player. */
  export const posters: Readonly<Record<string, () => Promise<{ readonly poster: Poster; bring(language: string): unknown }>>>;
}

declare module 'virtual:face/*' {
  /** The address of a face with the letters that our own words use, of a script and a weight. */
  const url: string;
  export default url;
}

/** What comes over the wire when a world is run, packed, without its tape; and the engine, where it cannot do without. runSize.ts knows. */
declare const __PLAYER_KB__: number;
declare const __ENGINE_KB__: number;
