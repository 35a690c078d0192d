// Whatever language is added to the list: it has every string that English has, of the same form.
import { describe, expect, it } from 'vitest';
import { loadAll } from './catalogues.ts';
import { learnEn } from './en/learn.ts';
import { languages } from './index.ts';
import { learnKo } from './ko/learn.ts';
import type { LearnMessages } from './language.ts';

/** What the second lacks of the first, by path: texts, functions with as many placeholders, lists. */
function missing(english: unknown, other: unknown, path = ''): string[] {
  if (typeof english === 'object' && english !== null && !Array.isArray(english))
    return Object.entries(english).flatMap(([key, each]) =>
      missing(each, (other as Record<string, unknown> | undefined)?.[key], path ? `${path}.${key}` : key),
    );
  const isAlike = typeof english === typeof other && Array.isArray(english) === Array.isArray(other);
  return isAlike && (typeof english !== 'string' || english === '' || other !== '') ? [] : [path];
}

describe.each(languages.map((language) => [language.code, language] as const))('the language %s', (_code, language) => {
  it('leaves nothing out', async () => {
    expect(missing(await loadAll(languages[0]), await loadAll(language))).toEqual([]);
  });
});

describe('a catalogue that lacks a string', () => {
  const { label: _label, ...lacking } = learnKo;

  it('is found', () => {
    expect(missing(learnEn, lacking)).toEqual(['label']);
    expect(missing({ a: 'x', b: { c: (n: number) => `${n}` } }, { a: '', b: { c: 'x' } })).toEqual(['a', 'b.c']);
  });

  it('does not compile', () => {
    // @ts-expect-error The types want every string.
    const catalogue: LearnMessages = lacking;
    expect(catalogue.label).toBeUndefined();
  });
});
