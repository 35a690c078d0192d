// A session as an address and back: /?scenario=…&seed=…&at=…&play=0&lang=…&theme=… names an exact moment of an exact run.
// What is wrong in an address is told, and the rest of it holds.
import { DEFAULT_SCENARIO, findScenario } from '../scenario/library/index.ts';
import { type SessionState, SPEEDS, type Speed, type Theme } from './session.ts';

export interface LinkProblem {
  readonly name: string;
  readonly value: string;
  readonly instead: string;
}

export interface Link {
  readonly scenario?: string;
  readonly seed?: number;
  readonly atMs?: number;
  readonly isPlaying?: boolean;
  readonly speed?: Speed;
  readonly language?: string;
  readonly theme?: Theme;
  readonly problems: readonly LinkProblem[];
}

/** A day: what a page can be asked to run before it shows anything. */
const AT_MAX_MS = 24 * 3_600_000;
const SEED_MAX = 2 ** 31 - 1;

export function readLink(search: string, languages: readonly string[]): Link {
  const params = new URLSearchParams(search);
  const problems: LinkProblem[] = [];
  const read = <T>(name: string, parse: (value: string) => T | undefined, instead: string): T | undefined => {
    const value = params.get(name);
    if (value === null) return undefined;
    const parsed = parse(value);
    if (parsed === undefined) problems.push({ name, value: value.slice(0, 60), instead });
    return parsed;
  };
  const oneOf =
    <T extends string>(values: readonly T[]) =>
    (value: string) =>
      values.find((each) => each === value);
  const scenario = read('scenario', (value) => findScenario(value)?.name, DEFAULT_SCENARIO.name);
  const opened = findScenario(scenario ?? '') ?? DEFAULT_SCENARIO;
  return {
    scenario,
    seed: read('seed', (value) => wholeNumber(value, SEED_MAX), '1'),
    atMs: read('at', (value) => wholeNumber(value, AT_MAX_MS), String(opened.openAtMs)),
    isPlaying: read('play', oneOf(['0', '1']), '1') === undefined ? undefined : params.get('play') === '1',
    speed: read('speed', (value) => SPEEDS.find((speed) => String(speed) === value), String(opened.openSpeed ?? 1)),
    language: read('lang', oneOf(languages), languages[0] ?? 'en'),
    theme: read('theme', oneOf<Theme>(['light', 'dark', 'auto']), 'auto'),
    problems,
  };
}

export function writeLink({ scenario, seed, playheadMs, isPlaying, language, theme }: SessionState): string {
  const params = new URLSearchParams();
  if (scenario) params.set('scenario', scenario);
  params.set('seed', String(seed));
  params.set('at', String(playheadMs));
  if (!isPlaying) params.set('play', '0');
  params.set('lang', language);
  if (theme !== 'auto') params.set('theme', theme);
  return `?${params}`;
}

function wholeNumber(text: string, max: number): number | undefined {
  const value = Number(text);
  return /^\d+$/.test(text) && value <= max ? value : undefined;
}
