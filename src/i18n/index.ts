// The languages the interface speaks. To add one: its folder, and its place in this list.
import { english } from './en/index.ts';
import { korean } from './ko/index.ts';
import type { Language } from './language.ts';

/** The first is spoken where none of them is asked for. */
export const languages: readonly [Language, ...Language[]] = [english, korean];

export function findLanguage(code: string): Language | undefined {
  return languages.find((language) => language.code === code);
}
