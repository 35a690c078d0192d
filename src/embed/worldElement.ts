// What a page may do with a <podarium-world>: its methods, and the events that it tells.

export interface WorldState {
  readonly scenario: string | undefined;
  /** Where the playhead stands, and how far the world has been run, in milliseconds of the world. */
  readonly atMs: number;
  readonly endMs: number;
  readonly isPlaying: boolean;
  readonly pods: number;
}

/** Its methods load it where it is still a poster. It tells `ready`, `play`, `pause`, `seek`, `time`, `end` and `error`. */
export interface WorldElement extends HTMLElement {
  play(): Promise<void>;
  pause(): void;
  seek(atMs: number): Promise<void>;
  /** Runs a kubectl line. */
  run(line: string): Promise<void>;
  /** Undefined until it is loaded. */
  readonly state: WorldState | undefined;
}

declare global {
  interface HTMLElementTagNameMap {
    'podarium-world': WorldElement;
  }
}
