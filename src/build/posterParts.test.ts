import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { hangulRule } from './faces.ts';
import { makePosters, type PosterParts, posterWords } from './posterParts.ts';

describe('makePosters', () => {
  let all: readonly PosterParts[] = [];
  beforeAll(async () => {
    const faceOf = (text: string) => hangulRule(text, 'P');
    all = await makePosters(readFileSync('src/scene/tokens.css', 'utf8'), readFileSync('src/scene/scene.css', 'utf8'), faceOf);
  }, 60_000);

  it('draws every taped scenario in every language, in at most 12 kB and without script', () => {
    expect(all.length).toBeGreaterThan(20);
    for (const svg of all.flatMap(({ svgs }) => Object.values(svgs))) {
      expect(svg.length).toBeLessThanOrEqual(12_000);
      expect(svg).not.toMatch(/<script|\son\w+=|href=/);
    }
  });

  it('shows the cutter, its cookies and the question', () => {
    const { svgs, poster } = all.find(({ scenario }) => scenario === 'cookie-cutter') as PosterParts;
    expect(svgs['en']).toContain('<title>The template changes. What happens to these three pods?</title>');
    expect(poster.questions['en']).toBe('The template changes. What happens to these three pods?');
    // Letters are outlines: those of A and of B begin so.
    expect(poster.drawn.match(/d="M315 0H178L/g)).toHaveLength(3);
    expect(poster.drawn.match(/d="M-250 0V-698H/g)).toHaveLength(1);
  });

  it('brings the letters of a question that a reader may have no typeface for', () => {
    for (const { svgs } of all) {
      expect(svgs['ko']).toMatch(/@font-face\{font-family:P;src:url\(data:font\/woff2;base64,/);
      expect(svgs['en']).not.toContain('@font-face');
    }
  });

  it('knows how each world is called in every language', () => {
    expect(all.find(({ scenario }) => scenario === 'cookie-cutter')?.poster.titles).toEqual({ en: 'Cookie cutter', ko: '쿠키 커터' });
  });
});

describe('posterWords', () => {
  it('marks in each language where the numbers go', () => {
    for (const { run, loads } of Object.values(posterWords)) expect([run, loads].join().match(/#/g)).toHaveLength(2);
    expect(posterWords['en']?.run).toBe('Run it, # seconds');
  });
});
