// A session as an address and back: /?scenario=…&seed=…&at=…&play=0&lang=…&theme=… names an exact moment of an exact run.
// What is wrong in an address is told, and the rest of it holds.

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
    ...readDeeds(read),
    problems,
  };
}

function readDeeds(
  read: <T>(name: string, parse: (value: string) => T | undefined, instead?: string) => T | undefined,
): Pick<Link, 'deeds' | 'dropped'> {
  const deeds = read('do', decodeDeeds);
  const dropped = read('drop', (value) => (/^\d{1,3}(,\d{1,3})*$/.test(value) ? value.split(',').map(Number) : undefined));
  return { ...(deeds ? { deeds } : {}), ...(dropped ? { dropped } : {}) };
}

/** What browsers, chats and mail programs carry whole. */
const LINK_LENGTH_MAX = 8000;

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

/** The address of the moment shown; `isWhole` says whether what the person did found room in it. */
export function writeLink(session: Session): { readonly link: string; readonly isWhole: boolean } {
  const params = wordsOf(session);
  const short = `?${params}`;
  if (session.dropped.length > 0) params.set('drop', session.dropped.join());
  if (session.deeds.length > 0) params.set('do', encodeDeeds(session.deeds));
  const whole = `?${params}`;
  return whole.length <= LINK_LENGTH_MAX ? { link: whole, isWhole: true } : { link: short, isWhole: false };
}

/** JSON in base64url. */
function encodeDeeds(deeds: readonly Deed[]): string {
  const bytes = new TextEncoder().encode(JSON.stringify(deeds.map(rowOf)));
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

/** A deed as a link holds it; `deedOf` reads it. */
export function rowOf({ atMs, kubectl, stdin, fault, typed }: Deed): readonly unknown[] {
  if (typed !== undefined) return [atMs, { typed }];
  return fault ? [atMs, fault] : stdin === undefined ? [atMs, kubectl] : [atMs, kubectl, stdin];
}

function decodeDeeds(text: string): readonly Deed[] | undefined {
  try {
    const bytes = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));
    const rows: unknown = JSON.parse(new TextDecoder().decode(bytes));
    const deeds = Array.isArray(rows) ? rows.map(deedOf) : [];
    return deeds.length > 0 && deeds.every((deed) => deed !== undefined) ? deeds : undefined;
  } catch {
    return undefined;
  }
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
