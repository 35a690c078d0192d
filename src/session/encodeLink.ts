// The link of a run, for programs that know what is to be done in it: a scenario of the menu, a moment, and deeds. readWorld opens it.
import type { Deed } from './script.ts';
import { rowOf } from './shareLink.ts';
import { pack, VERSION } from './worldLink.ts';

export interface LinkedRun {
  /** A scenario of the menu. */
  readonly scenario: string;
  readonly seed?: number;
  /** The moment shown, in milliseconds of the world; the scenario's own unless said. */
  readonly atMs?: number;
  readonly isPlaying?: boolean;
  readonly language?: string;
  readonly theme?: 'light' | 'dark' | 'auto';
  /** What is done beside the scenario's own steps, in the order of its moments. */
  readonly deeds?: readonly LinkedDeed[];
}

/** A kubectl line with what it reads, a line typed into the command that has the terminal, or what happens to a machine. */
export type LinkedDeed = Deed;

/** The fragment of the run's address, from its `#`: short for a scenario alone, packed where something is done in it. */
export async function encodeLink({ scenario, deeds = [], ...words }: LinkedRun): Promise<string> {
  const { seed, atMs, isPlaying, language, theme } = words;
  const said = { scenario, seed, at: atMs, play: isPlaying === undefined ? undefined : Number(isPlaying), lang: language, theme };
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(said)) if (value !== undefined) params.set(name, String(value));
  if (deeds.length === 0) return `#s=${params.toString().replace(/^scenario=/, '')}`;
  return `#w=${VERSION}${await pack(JSON.stringify([params.toString(), deeds.map(rowOf), []]))}`;
}
