// A mistake in a file of plain data, as data: where it is and what is claimed of the place. Its words are in the catalogues.
import type { mistakesEn } from './en/mistakes.ts';

export type MistakeMessages = typeof mistakesEn;
type Claims = MistakeMessages['claims'];

export type FileType = keyof MistakeMessages['whole'];
export type Claim = keyof Claims;
/** What a claim tells beside itself: what is known there, the bounds. */
export type ClaimParams<C extends Claim> = Claims[C] extends (...params: infer Params extends (string | number)[]) => string ? Params : [];

interface Place {
  readonly line: number | undefined;
  /** `steps[3].wait`; empty for the file as such. */
  readonly field: string;
  readonly file: FileType;
}

export type Mistake =
  | (Place & { readonly type: 'claim'; readonly claim: Claim; readonly params: readonly (string | number)[] })
  /** The text is no YAML; the code is the parser's. */
  | { readonly type: 'yaml'; readonly line: number; readonly code: string };

/** `line 12: steps[3].wait: must be a duration such as 5s`. */
export function wordsOf(mistake: Mistake, { line, whole, claims, yaml }: MistakeMessages): string {
  const place = mistake.line === undefined ? [] : [line(mistake.line)];
  if (mistake.type === 'yaml') return [...place, (yaml as Readonly<Record<string, string>>)[mistake.code] ?? yaml.other].join(': ');
  const claim = claims[mistake.claim] as string | ((...params: readonly (string | number)[]) => string);
  const words = typeof claim === 'string' ? claim : claim(...mistake.params);
  return [...place, mistake.field || whole[mistake.file], words].join(': ');
}
