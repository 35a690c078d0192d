import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { makePosters } from './posterParts.ts';

describe('makePosters', () => {
  const all = makePosters(readFileSync('src/scene/tokens.css', 'utf8'), readFileSync('src/scene/scene.css', 'utf8'));

  it('draws every taped scenario in every language, in at most 12 kB and without script', () => {
    expect(all.length).toBeGreaterThan(20);
    for (const { svg } of all) {
      expect(svg.length).toBeLessThanOrEqual(12_000);
      expect(svg).not.toMatch(/<script|\son\w+=|href=/);
    }
  });

  it('shows the cutter, its cookies and the question', () => {
    const cookie = all.find(({ scenario, language }) => scenario === 'cookie-cutter' && language === 'en');
    expect(cookie?.svg).toContain('<title>The template changes. What happens to these three pods?</title>');
    // Letters are outlines: those of A and of B begin so.
    expect(cookie?.svg.match(/d="M315 0H178L/g)).toHaveLength(3);
    expect(cookie?.svg.match(/d="M-250 0V-698H/g)).toHaveLength(1);
  });
});
