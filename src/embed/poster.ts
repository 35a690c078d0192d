// What a poster is made of, beside the words that all have in common. posterParts.ts makes them when the site is built.

/** What all say; `#` stands where the number goes. */
export type PosterWords = Readonly<Record<'run' | 'start' | 'about' | 'loads' | 'failed', string>>;

export interface Poster {
  /** For how long it runs. */
  readonly seconds: number;
  /** Of its tape, packed. */
  readonly kilobytes: number;
  /** How the world is called, and what is asked of it, by language. */
  readonly titles: Readonly<Record<string, string>>;
  readonly questions: Readonly<Record<string, string>>;
  /** The inside of its svg, and the style sheet of that. */
  readonly drawn: string;
  readonly style: string;
}
