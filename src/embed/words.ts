// What can be said of a world in a document: the attributes of the element and the words of embed.html's query are the same.

export const WORDS = [
  'scenario',
  'lesson',
  'step',
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
  'home',
] as const;

export type Word = (typeof WORDS)[number];

export interface EmbedOptions {
  readonly scenario: string;
  /** A lesson of the course, and the step of it, from 1. */
  readonly lesson: string | undefined;
  readonly step: number;
  /** A manifest itself, or where it is. */
  readonly manifest: string | undefined;
  /** kubectl lines, one a line or between semicolons. */
  readonly run: readonly string[];
  readonly seed: number | undefined;
  /** Moments as they are written; moment.ts reads them. */
  readonly at: string | null;
  readonly from: string | null;
  readonly to: string | null;
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
  /** Where the full page is that it leads to; beside the script unless said. */
  readonly home: string | undefined;
}

/** What is quoted belongs together. */
const LINES = /("[^"]*"|'[^']*'|[^;\n])+/g;

/** Reads the words; what is not understood is as if it had not been said. */
export function readWords(get: (word: Word) => string | null, languages: readonly string[], pageLanguage = ''): EmbedOptions {
  const oneOf = <T extends string>(word: Word, [first, ...others]: readonly [T, ...T[]]): T =>
    others.find((each) => each === get(word)) ?? first;
  const isSaid = (word: Word): boolean => !['false', '0', null].includes(get(word));
  const scenario = get('scenario') ?? '';
  // Every object has a `constructor`: no scenario may be called like that.
  const named = scenario in {} ? '' : scenario;
  const speed = Number(get('speed'));
  const seed = Number(get('seed') ?? Number.NaN);
  const step = Number(get('step') ?? 1);
  return {
    scenario: named || (get('manifest') || get('run') || get('lesson') ? 'empty' : 'cookie-cutter'),
    lesson: get('lesson') || undefined,
    step: Number.isInteger(step) && step >= 1 && step < 100 ? step : 1,
    manifest: get('manifest') || undefined,
    run: ((get('run') ?? '').match(LINES) ?? []).map((line) => line.trim()).filter(Boolean),
    seed: Number.isInteger(seed) && seed >= 0 ? seed : undefined,
    at: get('at'),
    from: get('from'),
    to: get('to'),
    speed: speed === 1 || speed === 10 || speed === 100 ? speed : undefined,
    isAutoplay: isSaid('autoplay'),
    start: oneOf('start', ['click', 'visible', 'now']),
    controls: oneOf('controls', ['min', 'none', 'full']),
    view: oneOf('view', ['embed', 'stage']),
    canMove: isSaid('pan') || isSaid('zoom'),
    isReadOnly: isSaid('readonly'),
    language: [get('lang'), pageLanguage].map((code) => languages.find((known) => code?.startsWith(known))).find(Boolean) ?? 'en',
    theme: oneOf('theme', ['auto', 'light', 'dark']),
    look: oneOf('look', ['card', 'bare']),
    home: get('home') || undefined,
  };
}
