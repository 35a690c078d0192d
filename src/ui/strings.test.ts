// Every word that a person sees comes from the catalogues of i18n: no component writes one down.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

/** The names of keys, and the head of ps, read the same in every language. */
const KEYS = /^(Enter|Esc|K|PID|`)$/;
/** Text between tags, and attributes that are read out or shown. */
const JSX_TEXT = />\s*([^<>{}=;()]*[A-Za-z]{2,}[^<>{}=;()]*)\s*<\//g;
const ATTRIBUTES = /\b(?:aria-label|title|placeholder|alt)="([^"]+)"/g;

function wordsIn(text: string): string[] {
  const code = text.replaceAll(/\/\/.*|\/\*[\s\S]*?\*\//g, '');
  return [...code.matchAll(JSX_TEXT), ...code.matchAll(ATTRIBUTES)]
    .map(([, words = '']) => words.trim())
    .filter((words) => !KEYS.test(words));
}

const files = readdirSync('src/ui', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.tsx'));

describe('the components', () => {
  it('are found', () => expect(files.length).toBeGreaterThan(30));

  it.each(files)('%s writes no word down', (file) => {
    expect(wordsIn(readFileSync(`src/ui/${file}`, 'utf8'))).toEqual([]);
  });

  it('would be caught', () => {
    expect(wordsIn('<p>Hello there</p>')).toEqual(['Hello there']);
    expect(wordsIn('<button aria-label="Close it" />')).toEqual(['Close it']);
    expect(wordsIn('<span className="kbd">Enter</span> // <p>no</p>')).toEqual([]);
  });
});
