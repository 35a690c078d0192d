// The truth check for what runs inside pods: every case recorded with a real kubelet and containerd is run here and judged.
// @module-tag long
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseScenario } from '../../scenario/parse.ts';
import { record } from '../../scenario/record.ts';
import { differencesFrom } from './judge.ts';
import { pending } from './pending.ts';
import { type RecordedCase, type Story, storyOf } from './story.ts';

const folder = import.meta.dirname;
const cases = readdirSync(join(folder, 'cases'))
  .map((file) => file.replace(/\.yaml$/, ''))
  .toSorted();

function differencesOf(name: string): string[] {
  const recording = record(parseScenario(readFileSync(join(folder, 'cases', `${name}.yaml`), 'utf8')));
  const expected = JSON.parse(readFileSync(join(folder, 'expected', `${name}.json`), 'utf8')) as Story[];
  return differencesFrom(expected, storyOf(JSON.parse(JSON.stringify(recording)) as RecordedCase));
}

describe('what a real kubelet did', () => {
  test.each(cases.filter((name) => !(name in pending)))('%s', (name) => {
    expect(differencesOf(name)).toEqual([]);
  });
});

describe('what is pending', () => {
  test.each(Object.entries(pending))('%s differs in %i checks at most', (name, most) => {
    const differences = differencesOf(name);
    expect(differences.length, 'the case holds: take it off the list').toBeGreaterThan(0);
    expect(differences.length > most ? differences : []).toEqual([]);
  });
});
