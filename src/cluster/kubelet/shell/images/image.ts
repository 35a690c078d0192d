// What an image is: what its row in the table says.

/** What an image is built on: which programs it has, and how they word things; `none` has not even folders. */
export type Base = 'none' | 'scratch' | 'busybox' | 'alpine' | 'debian' | 'ubuntu';

export interface Image {
  /** Without registry and tag; `library/` may be left out. */
  readonly names: readonly string[];
  readonly base: Base;
  /** Programs beside those of the base: path to the program's name in the registry. */
  readonly programs?: Readonly<Record<string, string>>;
  /** What is only there when it is asked for comes with its programs. */
  readonly files?: Readonly<Record<string, string>> | (() => Readonly<Record<string, string>>);
  /** Symbolic links: path to target. */
  readonly links?: Readonly<Record<string, string>>;
  /** Users beside those of the base, each with a group of the same name and number. */
  readonly users?: Readonly<Record<string, number>>;
  /** Folders, with all that is in them, that belong to a user of another number than 0. */
  readonly owned?: Readonly<Record<string, number>>;
  readonly entrypoint?: readonly string[];
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly workingDir?: string;
  readonly user?: number;
  /** As the image says whom it runs as, where that is no number: nobody can tell then that it is not root. */
  readonly userName?: string;
  /** What its own server listens on, where nothing more is known of it. */
  readonly ports?: readonly number[];
  /** What containers get when they are to end; TERM unless told. */
  readonly stopSignal?: string;
}

/** How the files of images mark what can be run, and by which program of the registry. */
const EXECUTABLE = '\x7fELF ';

export function executable(program: string): string {
  return `${EXECUTABLE}${program}`;
}

/** The program that a file is; undefined: it is a script, or no program at all. */
export function programIn({ text }: { readonly text: string }): string | undefined {
  return text.startsWith(EXECUTABLE) ? text.slice(EXECUTABLE.length) : undefined;
}
