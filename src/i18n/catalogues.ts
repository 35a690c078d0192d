// For tests: all that a language says.
import type { Language } from './language.ts';

/** Its catalogues, by the names of what loads them. */
export async function loadAll(language: Language): Promise<Readonly<Record<string, unknown>>> {
  const loaders = Object.entries(language).filter((entry): entry is [string, () => Promise<unknown>] => typeof entry[1] === 'function');
  return Object.fromEntries(await Promise.all(loaders.map(async ([name, load]) => [name, await load()])));
}
