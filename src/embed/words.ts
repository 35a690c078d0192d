// What can be said of a world in a document: the attributes of the element and the words of embed.html's query are the same.

export const WORDS = [
  'scenario',
  'manifest',
  'run',
  'seed',
  'at',
  'from',
  'to',
  'speed',
  'autoplay',
  'start',
  'controls',
  'view',
  'pan',
  'zoom',
  'readonly',
  'lang',
  'theme',
  'look',
] as const;

export type Word = (typeof WORDS)[number];

export interface EmbedOptions {
  readonly scenario: string;
  /** A manifest itself, or where it is. */
  readonly manifest: string | undefined;
  /** kubectl lines, one a line or between semicolons. */
  readonly run: readonly string[];
  readonly seed: number | undefined;
  readonly atMs: number | undefined;
  readonly fromMs: number | undefined;
  readonly toMs: number | undefined;
  readonly speed: 1 | 10 | 100 | undefined;
  readonly isAutoplay: boolean;
  /** When it loads: on a press, when it is seen, at once. */
  readonly start: 'click' | 'visible' | 'now';
  readonly controls: 'none' | 'min' | 'full';
  /** The owner beside its nodes, or the stage as a page of its own shows it. */
  readonly view: 'embed' | 'stage';
  readonly canMove: boolean;
  readonly isReadOnly: boolean;
  readonly language: string;
  readonly theme: 'light' | 'dark' | 'auto';
  /** With a border, or without. */
  readonly look: 'card' | 'bare';
}

const LANGUAGES = ['en', 'ko'];

/** Reads the words; what is not understood is as if it had not been said. Moments are milliseconds, or `2:56`, or `90s`. */
export function readWords(get: (word: Word) => string | null, pageLanguage = ''): EmbedOptions {
  const oneOf = <T extends string>(word: Word, [first, ...others]: readonly [T, ...T[]]): T =>
    others.find((each) => each === get(word)) ?? first;
  const isSaid = (word: Word): boolean => !['false', '0', null].includes(get(word));
  const speed = Number(get('speed'));
  const seed = Number(get('seed') ?? Number.NaN);
  return {
    scenario: get('scenario') || (get('manifest') || get('run') ? 'empty' : 'cookie-cutter'),
    manifest: get('manifest') || undefined,
    run: (get('run') ?? '')
      .split(/[\n;]/)
      .map((line) => line.trim())
      .filter(Boolean),
    seed: Number.isInteger(seed) && seed >= 0 ? seed : undefined,
    atMs: readMoment(get('at')),
    fromMs: readMoment(get('from')),
    toMs: readMoment(get('to')),
    speed: speed === 1 || speed === 10 || speed === 100 ? speed : undefined,
    isAutoplay: isSaid('autoplay'),
    start: oneOf('start', ['click', 'visible', 'now']),
    controls: oneOf('controls', ['min', 'none', 'full']),
    view: oneOf('view', ['embed', 'stage']),
    canMove: isSaid('pan') || isSaid('zoom'),
    isReadOnly: isSaid('readonly'),
    language: [get('lang'), pageLanguage].map((code) => LANGUAGES.find((known) => code?.startsWith(known))).find(Boolean) ?? 'en',
    theme: oneOf('theme', ['auto', 'light', 'dark']),
    look: oneOf('look', ['card', 'bare']),
  };
}

/** A day: what a document can ask to be run before it shows anything. */
const MOMENT_MAX_MS = 24 * 3_600_000;

export function readMoment(text: string | null): number | undefined {
  if (text === null) return undefined;
  const clock = /^(?:(\d+):)?(\d{1,3}):(\d{2})$/.exec(text);
  const seconds = /^(\d+(?:\.\d+)?)s$/.exec(text);
  const ms = clock
    ? ((Number(clock[1] ?? 0) * 60 + Number(clock[2])) * 60 + Number(clock[3])) * 1000
    : seconds
      ? Number(seconds[1]) * 1000
      : /^\d+$/.test(text)
        ? Number(text)
        : undefined;
  return ms !== undefined && ms <= MOMENT_MAX_MS ? Math.round(ms) : undefined;
}
