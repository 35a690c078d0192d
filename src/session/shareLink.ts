// The words of an address: ?scenario=…&seed=…&at=…&play=0&lang=…&theme=… name an exact moment of an exact run. What was done in it is
// packed by worldLink.ts. What is wrong in an address is told, and the rest of it holds.

import type { Key } from '../kube/meta.ts';
import { readFault } from '../scenario/fault.ts';
import { scenarioNames } from '../scenario/library/names.ts';
import { insideInAddress, insideOfAddress } from './entering.ts';
import type { Deed } from './script.ts';
import { type Session, SPEEDS, type Speed, type Theme } from './session.ts';

export interface LinkProblem {
  readonly name: string;
  readonly value: string;
  /** What is used instead; undefined where that is the scenario's own. */
  readonly instead: string | undefined;
}

export interface Link {
  readonly scenario?: string;
  /** A lesson, and the stage of it, from 0. */
  readonly lesson?: string;
  readonly stage?: number;
  readonly seed?: number;
  readonly atMs?: number;
  readonly isPlaying?: boolean;
  readonly speed?: Speed;
  readonly language?: string;
  readonly theme?: Theme;
  /** The pod that is looked into. */
  readonly inside?: Key;
  readonly deeds?: readonly Deed[];
  readonly dropped?: readonly number[];
  readonly problems: readonly LinkProblem[];
}

/** A day: what a page can be asked to run before it shows anything. */
const AT_MAX_MS = 24 * 3_600_000;
const SEED_MAX = 2 ** 31 - 1;

export function readLink(search: string, languages: readonly string[]): Link {
  const params = new URLSearchParams(search);
  const problems: LinkProblem[] = [];
  const read = <T>(name: string, parse: (value: string) => T | undefined, instead?: string): T | undefined => {
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
  const scenario = read('scenario', oneOf(scenarioNames), scenarioNames[0]);
  const step = read('step', (value) => wholeNumber(value, 99) || undefined, '1');
  return {
    scenario,
    lesson: read('lesson', (value) => (/^[a-z0-9-]{1,40}$/.test(value) ? value : undefined), '-'),
    stage: step === undefined ? undefined : step - 1,
    seed: read('seed', (value) => wholeNumber(value, SEED_MAX), '1'),
    atMs: read('at', (value) => wholeNumber(value, AT_MAX_MS)),
    isPlaying: read('play', oneOf(['0', '1']), '1') === undefined ? undefined : params.get('play') === '1',
    speed: read('speed', (value) => SPEEDS.find((speed) => String(speed) === value)),
    language: read('lang', oneOf(languages), languages[0] ?? 'en'),
    theme: read('theme', oneOf<Theme>(['light', 'dark', 'auto']), 'auto'),
    inside: read('inside', insideOfAddress),
    problems,
  };
}

/** What names the moment shown: scenario, seed, time, and how it is looked at. */
export function wordsOf(session: Session): URLSearchParams {
  const { scenario, lesson, seed, playheadMs, isPlaying, language, theme, inside } = session.store.getState();
  const params = new URLSearchParams();
  if (scenario && !session.objects) params.set('scenario', scenario);
  if (lesson) {
    params.set('lesson', lesson.lesson.id);
    params.set('step', String(lesson.at + 1));
    params.set('lang', language);
    // A step opens on its own world: only what the learner did in it has to be told.
    if (session.deeds.length === 0) return params;
  }
  params.set('seed', String(seed));
  params.set('at', String(playheadMs));
  if (!isPlaying) params.set('play', '0');
  params.set('lang', language);
  if (theme !== 'auto') params.set('theme', theme);
  if (inside) params.set('inside', insideInAddress(inside.key));
  return params;
}

/** A deed as a link holds it; `deedOf` reads it. */
export function rowOf({ atMs, kubectl, stdin, fault, typed }: Deed): readonly unknown[] {
  if (typed !== undefined) return [atMs, { typed }];
  return fault ? [atMs, fault] : stdin === undefined ? [atMs, kubectl] : [atMs, kubectl, stdin];
}

/** A link may come from anyone: only lines, and faults of known shape, get through. */
export function deedOf(row: unknown): Deed | undefined {
  if (!Array.isArray(row)) return undefined;
  const [atMs, deed, stdin] = row as readonly unknown[];
  if (typeof atMs !== 'number' || !Number.isInteger(atMs) || atMs < 0 || atMs > AT_MAX_MS) return undefined;
  if (typeof deed === 'string' && (stdin === undefined || typeof stdin === 'string'))
    return { atMs, kubectl: deed, ...(stdin === undefined ? {} : { stdin }) };
  const { typed } = (deed ?? {}) as { readonly typed?: unknown };
  if (typeof typed === 'string') return { atMs, typed };
  const fault = readFault(deed);
  return fault && { atMs, fault };
}

function wholeNumber(text: string, max: number): number | undefined {
  const value = Number(text);
  return /^\d+$/.test(text) && value <= max ? value : undefined;
}
